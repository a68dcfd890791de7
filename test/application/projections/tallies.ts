import type {
  EventStore,
  Position,
  RecordedEvent,
} from '../../../src/application/ports/eventStore.ts';
import type {
  ProjectionState,
  ReadModelStore,
} from '../../../src/application/ports/readModelStore.ts';
import type { EventMetadata } from '../../../src/application/eventMetadata.ts';
import type {
  AnyProjection,
  Projection,
  SealedRecord,
} from '../../../src/application/projections/projection.ts';
import {
  createProjectionRunner,
  type ProjectionRunner,
  type ProjectionRunnerOptions,
} from '../../../src/application/projections/projectionRunner.ts';

/** A small town's votes: simple events to try projections with. */
export type Vote =
  | { readonly type: 'Voted'; readonly boxes: readonly string[]; readonly voice: number }
  | { readonly type: 'BoxEmptied'; readonly boxes: readonly string[] }
  | { readonly type: 'Chatted' };

export interface Tally {
  readonly votes: number;
  /** In order: a vote taken in twice, or out of turn, shows. */
  readonly voices: readonly number[];
}

/** A document per box; emptying a box removes its document. */
export const tallies: Projection<Tally, Exclude<Vote, { type: 'Chatted' }>> = {
  name: 'tallies',
  version: 1,
  indexes: ['votes'],
  handles: ['Voted', 'BoxEmptied'],
  route: ({ boxes }) => boxes,
  apply(before, event) {
    if (event.type === 'BoxEmptied') return undefined;
    const voices = [...(before?.voices ?? []), event.voice];
    return { votes: voices.length, voices };
  },
};

export const voted = (voice: number, ...boxes: string[]): Vote => ({ type: 'Voted', boxes, voice });
export const emptied = (...boxes: string[]): Vote => ({ type: 'BoxEmptied', boxes });
export const chatted: Vote = { type: 'Chatted' };

const metadata: EventMetadata = {
  schemaVersion: 1,
  commandId: 'command',
  correlationId: 'correlation',
  causationId: 'cause',
  actor: { kind: 'system', id: 'test' },
  occurredAt: '2026-10-05T08:00:00.000Z' as EventMetadata['occurredAt'],
  hash: '',
};

export const decode = ({ data }: RecordedEvent): SealedRecord => ({
  event: JSON.parse(data) as Vote,
  metadata,
});

let appended = 0;
/** Appends votes to the log; answers the position of the last. */
export async function append(store: EventStore, ...votes: readonly Vote[]): Promise<Position> {
  const events = votes.map((vote) => {
    appended += 1;
    const id = `00000000-0000-4000-8000-${String(appended).padStart(12, '0')}`;
    return { id, type: vote.type, data: JSON.stringify(vote), metadata: '{}' };
  });
  const result = await store.append('votes', events, 'any');
  if (result.kind === 'conflict') throw new Error('conflict');
  return result.position;
}

/** What the documents must be: the events folded one after the other. */
export function tallied(votes: readonly Vote[]): Record<string, Tally> {
  const documents: Record<string, Tally> = {};
  for (const vote of votes) {
    if (vote.type === 'Chatted') continue;
    for (const box of new Set(vote.boxes)) {
      const after = tallies.apply(documents[box], vote, metadata, box);
      if (after) documents[box] = after;
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
      else delete documents[box];
    }
  }
  return documents;
}

export async function documentsOf(
  readModels: ReadModelStore,
  model: AnyProjection = tallies,
): Promise<Record<string, object>> {
  const found = await readModels.find(model, {});
  return Object.fromEntries(found.map(({ id, document }) => [id, document]));
}

export interface RunningProjections extends ProjectionRunner {
  readonly errors: readonly unknown[];
  readonly states: readonly string[];
  /** Resolves once readers see the log up to this position. */
  reached(position: Position, projection?: string): Promise<void>;
  /** Resolves once the projection shows this state. */
  shows(state: ProjectionState, projection?: string): Promise<void>;
}

export type Stores = Pick<ProjectionRunnerOptions, 'store' | 'readModels'> &
  Partial<ProjectionRunnerOptions>;

/** Starts projections (the tallies unless told), and lets tests wait for what happens. */
export function startProjections(options: Stores): RunningProjections {
  const running = prepareProjections(options);
  running.start();
  return running;
}

export function prepareProjections(options: Stores): RunningProjections {
  const positions = new Map<string, Position>();
  const current = new Map<string, ProjectionState>();
  const states: string[] = [];
  const errors: unknown[] = [];
  const waiting = new Set<() => void>();
  const changed = (): void => waiting.forEach((look) => look());
  const until = async (holds: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!holds()) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });

  const runner = createProjectionRunner({
    projections: [tallies],
    decode,
    now: () => '2026-10-05T08:00:00.000Z',
    batchSize: 10,
    retryAfterMs: 1,
    ...options,
    onProgress(projection, position) {
      positions.set(projection, position);
      options.onProgress?.(projection, position);
      changed();
    },
    onState(projection, state) {
      current.set(projection, state);
      states.push(`${projection} ${state}`);
      changed();
    },
    onError(_projection, error) {
      errors.push(error);
      changed();
    },
  });
  return {
    ...runner,
    errors,
    states,
    reached: async (position, projection = 'tallies') =>
      until(() => (positions.get(projection) ?? -1n) >= position),
    shows: async (state, projection = 'tallies') => until(() => current.get(projection) === state),
  };
}
