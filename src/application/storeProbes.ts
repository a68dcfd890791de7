import { asId } from '../domain/kernel/ids.ts';
import type { EventStore } from './ports/eventStore.ts';
import type { KeyVault } from './ports/keyVault.ts';
import type { ReadModelStore } from './ports/readModelStore.ts';

/** Asks each store something small; rejects when it doesn't answer. */
export interface StoreProbes {
  events(): Promise<unknown>;
  readModels(): Promise<unknown>;
  keys(): Promise<unknown>;
}

/** Nobody's key: a vault must look it up, and finds nothing. */
const nobody = asId('child', 'sonde');

/** Probes of the stores that a portal works with. */
export const storeProbes = ({
  events,
  readModels,
  vault,
}: {
  readonly events: Pick<EventStore, 'head'>;
  readonly readModels: Pick<ReadModelStore, 'status'>;
  readonly vault: Pick<KeyVault, 'find'>;
}): StoreProbes => ({
  events: async () => events.head(),
  readModels: async () => readModels.status(),
  keys: async () => vault.find(nobody),
});
