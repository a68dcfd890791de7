import { setTimeout as pause } from 'node:timers/promises';
import type { ProjectionLag } from '../../application/ports/readSide.ts';
import { eventsBehind } from '../../application/projections/eventsBehind.ts';
import type { Services } from '../../application/services.ts';
import { within } from '../../application/within.ts';
import type { MissingPart } from './refusal.ts';

/** Events that a read model may be behind before `/ready` says no. */
export const defaultMaxLag = 10_000n;

/** Each check by itself, side by side. */
const patienceMs = 1_000;

type Asked = Pick<Services, 'events' | 'readSide' | 'probes'>;

const stores = ['events', 'readModels', 'keys'] as const;
export type Store = (typeof stores)[number];

const titles: Readonly<Record<MissingPart['code'], string>> = {
  events: 'Le journal des événements ne répond pas',
  readModels: 'Le magasin des lectures ne répond pas',
  keys: 'Le magasin des clés ne répond pas',
  projections: 'Des lectures sont arrêtées, ou trop en retard',
};

/** Whether each store answers, in a second at the most. Nothing of why not: that is for the log. */
export async function storesThatAnswer(
  { events, readSide, probes }: Asked,
  withinMs = patienceMs,
): Promise<Readonly<Record<Store, boolean>>> {
  const asked = probes ?? {
    events: async () => events.head(),
    readModels: async () => readSide.status(),
    keys: async () => undefined,
  };
  const answers = await Promise.all(
    stores.map((store) =>
      within(asked[store](), withinMs).then(
        () => true,
        () => false,
      ),
    ),
  );
  return {
    events: answers[0] ?? false,
    readModels: answers[1] ?? false,
    keys: answers[2] ?? false,
  };
}

/** What keeps the portal from serving; nothing once every store answers and every read model keeps up. */
export async function missingParts(
  services: Asked,
  maxLag = defaultMaxLag,
  withinMs = patienceMs,
): Promise<MissingPart[]> {
  const [answering, late] = await Promise.all([
    storesThatAnswer(services, withinMs),
    within(lateProjections(services, maxLag), withinMs).catch(() => 'unknown' as const),
  ]);
  const missing: MissingPart[] = stores
    .filter((store) => !answering[store])
    .map((code) => ({ code, title: titles[code] }));
  // How far the projections are can't be told without both.
  if (!answering.events || !answering.readModels || late === undefined) return missing;
  const names = late === 'unknown' ? {} : { projections: late };
  const behind: MissingPart = { code: 'projections', title: titles.projections, ...names };
  return [...missing, behind];
}

/** Names of the projections that don't keep up; undefined when all do, `unknown` when none is told of. */
async function lateProjections(
  { events, readSide }: Asked,
  maxLag: bigint,
): Promise<readonly string[] | 'unknown' | undefined> {
  const status = await readSide.status();
  if (status.length === 0) return 'unknown';
  const keeping = await Promise.all(status.map(async (one) => keepsUp(events, one, maxLag)));
  const late = status.filter((_one, index) => !keeping[index]);
  return late.length === 0 ? undefined : late.map(({ projection }) => projection);
}

/** A read model that is rebuilt beside, or goes from one process to another, goes on serving meanwhile. */
async function keepsUp(
  events: Asked['events'],
  { projection, state, checkpoint, head, handedOver }: ProjectionLag,
  maxLag: bigint,
): Promise<boolean> {
  if (state !== 'running' && state !== 'rebuilding' && handedOver !== true) return false;
  if (head === undefined) return true;
  if (checkpoint === undefined) return false;
  // Never fewer positions than events: what is near is near in events too, and counting is for the others.
  if (head - checkpoint <= maxLag) return true;
  const lag = await eventsBehind(events, { projection, checkpoint, head }, Number(maxLag));
  return BigInt(lag) <= maxLag;
}

/** Asks every few milliseconds until nothing is missing; false when that takes longer than `withinMs`. */
export async function becomesReady(services: Asked, withinMs: number): Promise<boolean> {
  const end = performance.now() + withinMs;
  while ((await missingParts(services)).length > 0) {
    if (performance.now() > end) return false;
    await pause(10);
  }
  return true;
}
