import type { DomainEvent } from '../domain/kernel/decider.ts';
import type { Decision, Rejection } from '../domain/kernel/rejection.ts';
import { streamOf, type Aggregate } from './aggregate.ts';
import type { CommandContext } from './commandContext.ts';
import { measureCommand } from './commandMetrics.ts';
import type { EventCodec } from './ports/eventCodec.ts';
import type { EventStore, Position, Revision } from './ports/eventStore.ts';
import { noMetrics, type Metrics } from './ports/metrics.ts';
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
  /** This command usually makes the stream: decide before reading it, and read it only if the store knows better. */
  readonly usuallyFirst?: boolean;
}

export interface CommandHandlerOptions {
  /** Streams whose state is kept in memory. */
  readonly cachedStreams?: number;
  /** Conflicts with other processes that are re-decided before giving up. */
  readonly maxAttempts?: number;
  /** Told after each append, so that the read side looks at once. */
  readonly onAppended?: () => void;
  /** Told how each command ends; nobody unless given. */
  readonly metrics?: Metrics;
  /**
   * Where several processes write: whether what they append to a stream is told here (`noticed`) now. A stream that is
   * not is read again each time it is loaded. All streams are unless told: this process alone writes.
   */
  readonly isFollowed?: (stream: string) => boolean;
}

/**
 * The one way to run a command: load, fold, decide, append at the revision read. One queue per stream, so that callers
 * on one book don't conflict: those who wait are decided together and appended at once. Nothing is answered before
 * it is durable.
 */
export class CommandHandler {
  /** Streams used of late, and those last used before them: half of what is kept each. */
  private recent = new Map<string, Lane>();
  private earlier = new Map<string, Lane>();
  private readonly recentAtMost: number;
  private readonly surroundings: LaneSurroundings;
  private readonly metrics: Metrics;

  constructor(store: EventStore, codec: EventCodec, options: CommandHandlerOptions = {}) {
    const { cachedStreams = 20_000, maxAttempts = 10, onAppended = () => {} } = options;
    const { isFollowed = () => true, metrics = noMetrics } = options;
    this.metrics = metrics;
    this.recentAtMost = cachedStreams / 2;
    this.surroundings = { store, codec, maxAttempts, onAppended, isFollowed };
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
    const running = this.lane(aggregate, id).run(context, decide, options);
    if (this.metrics !== noMetrics) measureCommand(this.metrics, aggregate.category, running);
    return running;
  }

  /** The aggregate as last stored. */
  load<S, E extends DomainEvent>(aggregate: Aggregate<S, E>, id: string): Promise<Loaded<S>> {
    return this.lane(aggregate, id).current();
  }

  /** Some process appended to a stream: what is remembered of it is older. */
  noticed(stream: string, revision: Revision): void {
    (this.recent.get(stream) ?? this.earlier.get(stream))?.noticed(revision);
  }

  private lane<S, E extends DomainEvent>(aggregate: Aggregate<S, E>, id: string): StreamLane<S, E> {
    const stream = streamOf(aggregate, id);
    // A stream's name starts with its category, so its lane is always of this aggregate's type.
    const recent = this.recent.get(stream) as StreamLane<S, E> | undefined;
    if (recent) return recent;
    const earlier = this.earlier.get(stream) as StreamLane<S, E> | undefined;
    const lane = earlier ?? new StreamLane(aggregate, stream, this.surroundings);
    if (this.recent.size >= this.recentAtMost) this.forgetEarlier();
    this.recent.set(stream, lane);
    return lane;
  }

  /** Drops the states used longest ago; a lane at work stays, so that each stream has one. */
  private forgetEarlier(): void {
    const used = this.recent;
    this.recent = new Map();
    for (const [stream, lane] of this.earlier)
      if (!lane.idle && !used.has(stream)) this.recent.set(stream, lane);
    this.earlier = used;
  }
}
