import type { DomainEvent } from '../domain/kernel/decider.ts';
import type { Decision, Rejection } from '../domain/kernel/rejection.ts';
import { streamOf, type Aggregate } from './aggregate.ts';
import type { CommandContext } from './commandContext.ts';
import type { EventCodec } from './ports/eventCodec.ts';
import type { EventStore, Position, Revision } from './ports/eventStore.ts';
import { StreamLane, type Lane, type LaneSurroundings } from './streamLane.ts';

/** The command took effect, now or when it first came (`repeated`). */
export interface Done<S, E> {
  readonly kind: 'done';
  /** What this command made happen; empty when it changed nothing. */
  readonly events: readonly E[];
  /** The aggregate after it. */
  readonly state: S;
  /** Last revision of the stream; -1 when it has no event. */
  readonly revision: Revision;
  /** Where its events stand in the global order; undefined when it changed nothing. */
  readonly position: Position | undefined;
  readonly repeated: boolean;
}

/** The client wrote `If-Match` with a revision that is no longer the last. */
export interface StaleRevision {
  readonly kind: 'staleRevision';
  readonly revision: Revision;
}

export type CommandResult<S, E> = Done<S, E> | Rejection | StaleRevision;

export interface Loaded<S> {
  readonly state: S;
  readonly revision: Revision;
}

export interface CommandOptions {
  /** Decide only if the stream's last revision is this one (-1: no event yet). */
  readonly expectedRevision?: Revision;
}

export interface CommandHandlerOptions {
  /** Streams whose state is kept in memory. */
  readonly cachedStreams?: number;
  /** Conflicts with other processes that are re-decided before giving up. */
  readonly maxAttempts?: number;
  /** Told after each append, so that the read side looks at once. */
  readonly onAppended?: () => void;
}

/**
 * The one way to run a command: load, fold, decide, append at the revision read. One queue per stream, so that callers
 * on one book don't conflict: those who wait are decided together and appended at once. Nothing is answered before
 * it is durable.
 */
export class CommandHandler {
  private readonly lanes = new Map<string, Lane>();
  private readonly cachedStreams: number;
  private readonly surroundings: LaneSurroundings;

  constructor(
    store: EventStore,
    codec: EventCodec,
    { cachedStreams = 20_000, maxAttempts = 10, onAppended = () => {} }: CommandHandlerOptions = {},
  ) {
    this.cachedStreams = cachedStreams;
    this.surroundings = { store, codec, maxAttempts, onAppended };
  }

  /**
   * Runs one command on one aggregate. `decide` is pure; it may be called again after a conflict.
   * Throws StoreUnavailableError, EventTooLargeError, SubjectErasedError; nothing is then half done.
   */
  execute<S, E extends DomainEvent>(
    aggregate: Aggregate<S, E>,
    id: string,
    context: CommandContext,
    decide: (state: S) => Decision<E>,
    options: CommandOptions = {},
  ): Promise<CommandResult<S, E>> {
    return this.lane(aggregate, id).run(context, decide, options.expectedRevision);
  }

  /** The aggregate as last stored. */
  load<S, E extends DomainEvent>(aggregate: Aggregate<S, E>, id: string): Promise<Loaded<S>> {
    return this.lane(aggregate, id).current();
  }

  private lane<S, E extends DomainEvent>(aggregate: Aggregate<S, E>, id: string): StreamLane<S, E> {
    const stream = streamOf(aggregate, id);
    // A stream's name starts with its category, so its lane is always of this aggregate's type.
    let lane = this.lanes.get(stream) as StreamLane<S, E> | undefined;
    if (lane) this.lanes.delete(stream);
    else lane = new StreamLane(aggregate, stream, this.surroundings);
    this.lanes.set(stream, lane);
    if (this.lanes.size > this.cachedStreams) this.forgetOldest(stream);
    return lane;
  }

  /** Drops the states used longest ago; a lane at work stays, and so does the one asked for. */
  private forgetOldest(asked: string): void {
    for (const [stream, lane] of this.lanes) {
      if (this.lanes.size <= this.cachedStreams) return;
      if (lane.idle && stream !== asked) this.lanes.delete(stream);
    }
  }
}
