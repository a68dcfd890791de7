import type { EventStore } from '../ports/eventStore.ts';
import type { ProjectionLag, ReadSide } from '../ports/readSide.ts';
import { within } from '../within.ts';
import { projections } from './all.ts';

/** Events counted at the most: one more says that there are more. */
export const countedAtMost = 1_000;

export interface ProjectionBehind extends ProjectionLag {
  /** Events that it has still to show; `countedAtMost + 1` when more. Undefined when they could not be counted. */
  readonly behind: number | undefined;
}

/**
 * Events of the projection's own types after its checkpoint, counted up to `atMost`, and one more when there are more.
 * Positions are no count: a store may skip numbers, and some hold events of their own.
 */
export async function eventsBehind(
  events: Pick<EventStore, 'readAll'>,
  { projection, checkpoint, head }: Pick<ProjectionLag, 'projection' | 'checkpoint' | 'head'>,
  atMost: number,
): Promise<number> {
  if (head === undefined || (checkpoint !== undefined && checkpoint >= head)) return 0;
  const handles = projections.find(({ name }) => name === projection)?.handles;
  let count = 0;
  const after = events.readAll({
    limit: atMost + 1,
    ...(checkpoint !== undefined && { from: checkpoint }),
    ...(handles && { filter: { eventTypes: handles } }),
  });
  for await (const batch of after) count += batch.length;
  return count;
}

/** Every projection, with how many events it is behind. Takes `patienceMs` at the most; throws when it isn't told. */
export async function projectionsBehind(
  {
    events,
    readSide,
  }: {
    readonly events: Pick<EventStore, 'readAll'>;
    readonly readSide: Pick<ReadSide, 'status'>;
  },
  patienceMs = 1_000,
): Promise<readonly ProjectionBehind[]> {
  const end = performance.now() + patienceMs;
  const status = await within(readSide.status(), patienceMs);
  return Promise.all(
    status.map(async (one) => {
      const counting = eventsBehind(events, one, countedAtMost);
      const behind = await within(counting, end - performance.now()).catch(() => undefined);
      return { ...one, behind };
    }),
  );
}
