import { setTimeout as pause } from 'node:timers/promises';
import type { ProjectionLag } from '../../application/ports/readSide.ts';
import type { Services } from '../../application/services.ts';

/** Positions that a read model may be behind before `/ready` says no. */
export const defaultMaxLag = 10_000n;

/** A probe that hangs is an answer too. */
const patienceMs = 2_000;

/** What keeps the portal from serving; nothing once the event store answers and every read model keeps up. */
export async function missingParts(
  services: Pick<Services, 'events' | 'readSide'>,
  maxLag = defaultMaxLag,
): Promise<string[]> {
  const [store, readSide] = await Promise.allSettled([
    within(services.events.head()),
    within(services.readSide.status()),
  ]);
  const missing = store.status === 'rejected' ? ['event store'] : [];
  if (readSide.status === 'rejected') return [...missing, 'read models'];
  if (readSide.value.length === 0) return [...missing, 'projections'];
  const late = readSide.value.filter((projection) => !keepsUp(projection, maxLag));
  return [...missing, ...late.map(({ projection }) => `projection ${projection}`)];
}

/** A read model that is rebuilt beside goes on serving meanwhile. */
function keepsUp({ state, checkpoint, head }: ProjectionLag, maxLag: bigint): boolean {
  if (state !== 'running' && state !== 'rebuilding') return false;
  return head === undefined || (checkpoint !== undefined && head - checkpoint <= maxLag);
}

async function within<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), patienceMs);
  });
  return Promise.race([answer, timeout]).finally(() => clearTimeout(timer));
}

/** Asks every few milliseconds until nothing is missing; false when that takes longer than `withinMs`. */
export async function becomesReady(
  services: Pick<Services, 'events' | 'readSide'>,
  withinMs: number,
): Promise<boolean> {
  const end = performance.now() + withinMs;
  while ((await missingParts(services)).length > 0) {
    if (performance.now() > end) return false;
    await pause(10);
  }
  return true;
}
