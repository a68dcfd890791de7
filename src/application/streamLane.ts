import type { DomainEvent } from '../domain/kernel/decider.ts';
import { instantOf, type Instant } from '../domain/kernel/parisTime.ts';
import { isRejection, reject, type Decision, type Rejection } from '../domain/kernel/rejection.ts';
import type { Aggregate } from './aggregate.ts';
import type { CommandContext } from './commandContext.ts';
import type { CommandOptions, CommandResult, Done, Loaded } from './commandHandler.ts';
import type { EventCodec, EventToEncode } from './ports/eventCodec.ts';
import {
  StoreUnavailableError,
  type EventStore,
  type Position,
  type Revision,
} from './ports/eventStore.ts';
import { StreamReader, type Snapshot, type Trace } from './streamReader.ts';

/** What every lane works with. */
export interface LaneSurroundings {
  readonly store: EventStore;
  readonly codec: EventCodec;
  /** Conflicts with other processes that are re-decided before giving up. */
  readonly maxAttempts: number;
  readonly onAppended: () => void;
  /** Whether what other processes append to a stream is told to it (`noticed`): only then is it read from memory. */
  readonly isFollowed: (stream: string) => boolean;
}

export interface Lane {
  readonly idle: boolean;
  /** The stream is known to reach this revision. */
  noticed(revision: Revision): void;
}

interface Task<S, E> {
  readonly context: CommandContext;
  readonly decide: (state: S) => Decision<E>;
  readonly options: CommandOptions;
  readonly resolve: (result: CommandResult<S, E>) => void;
  readonly reject: (error: unknown) => void;
}

interface Decided<S, E extends DomainEvent> {
  readonly state: S;
  readonly revision: Revision;
  readonly events: readonly EventToEncode<E>[];
  /** What to answer each task once the events are durable, but for their position. */
  readonly answers: readonly { readonly task: Task<S, E>; readonly result: CommandResult<S, E> }[];
}

/** Context of a look at the stream: it makes no event, so that none of this is ever stored. */
const looking: CommandContext = {
  commandId: '',
  correlationId: '',
  causationId: '',
  actor: { kind: 'system', id: 'looking' },
  now: instantOf(0),
};

/** Commands decided together: a bound on what one append carries. */
const maxTogether = 128;

/** The queue of one stream, and its state as last stored. */
export class StreamLane<S, E extends DomainEvent> implements Lane {
  private readonly reader: StreamReader<S, E>;
  private snapshot: Promise<Snapshot<S>> | undefined;
  /** Where the stream is known to reach, also by what others appended. */
  private known: Revision = -1n;
  private tasks: Task<S, E>[] = [];
  private working = false;
  /** Tasks whose decision threw: their callers were told, so that nothing of theirs is stored any more. */
  private readonly failed = new WeakSet<Task<S, E>>();

  constructor(
    private readonly aggregate: Aggregate<S, E>,
    private readonly stream: string,
    private readonly surroundings: LaneSurroundings,
  ) {
    this.reader = new StreamReader(aggregate, stream, surroundings.store, surroundings.codec);
  }

  get idle(): boolean {
    return !this.working;
  }

  noticed(revision: Revision): void {
    if (revision > this.known) this.known = revision;
  }

  /** The stream as stored: as remembered, where that is known to be the same. */
  async current(): Promise<Loaded<S>> {
    const remembered = await this.read();
    const { isFollowed } = this.surroundings;
    if (remembered.revision >= this.known && isFollowed(this.stream)) return remembered;
    // In its turn, since commands at work write what is remembered.
    const seen = await this.run(looking, () => [], {});
    if (seen.kind !== 'done') throw new Error(`${this.stream} could not be looked at`);
    return seen;
  }

  run(
    context: CommandContext,
    decide: (state: S) => Decision<E>,
    options: CommandOptions,
  ): Promise<CommandResult<S, E>> {
    return new Promise((resolve, reject) => {
      this.tasks.push({ context, decide, options, resolve, reject });
      if (!this.working) void this.work();
    });
  }

  private async work(): Promise<void> {
    this.working = true;
    while (this.tasks.length > 0) await this.settle(this.tasks.splice(0, maxTogether));
    this.working = false;
  }

  /** Answers every task, with what it led to or why it failed. */
  private async settle(tasks: readonly Task<S, E>[]): Promise<void> {
    try {
      await this.commit(tasks);
    } catch (error) {
      // What the store holds now is not known: the next command reads it again.
      this.snapshot = undefined;
      // Who came meanwhile has waited for the same store: a wait of their own would only be longer.
      if (error instanceof StoreUnavailableError)
        for (const task of [...tasks, ...this.tasks.splice(0)]) task.reject(error);
      else if (tasks.length === 1) for (const task of tasks) task.reject(error);
      // Something in one command can't be stored: each is tried by itself, so that only that one fails.
      else for (const task of tasks) await this.settle([task]);
    }
  }

  private async commit(tasks: readonly Task<S, E>[]): Promise<void> {
    const { store, codec, maxAttempts, onAppended } = this.surroundings;
    for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
      const unread = !this.snapshot && tasks.every(({ options }) => options.usuallyFirst);
      const remembered = unread || this.snapshot !== undefined;
      const before = unread ? this.reader.nothing() : await this.read();
      const unanswered = await this.answerRepeated(tasks, before);
      const open = unanswered.filter((task) => !this.failed.has(task));
      const decided = this.decideAll(open, before);
      if (decided.events.length === 0) {
        // No append will tell whether another process wrote meanwhile: an answer must be true of what is stored.
        if (remembered && (await this.catchUp(before)).revision > before.revision) continue;
        for (const { task, result } of decided.answers) task.resolve(result);
        return;
      }
      const { stream } = this;
      const head = { stream, nextRevision: before.revision + 1n, hash: before.hash };
      const { records, hash } = await codec.encode(this.aggregate, head, decided.events);
      const expected = before.revision < 0n ? 'no-stream' : before.revision;
      const appended = await store.append(stream, records, expected);
      if (appended.kind === 'appended') {
        const { state, revision } = decided;
        this.snapshot = Promise.resolve({ state, revision, hash, commands: before.commands });
        answerAll(decided, before.commands, appended.position);
        onAppended();
        return;
      }
      await this.catchUp(before);
    }
    const tooMany = new StoreUnavailableError(`too many conflicts on ${this.stream}`);
    for (const task of tasks) task.reject(tooMany);
  }

  /** Decides each task on what the earlier ones leave; a rejection or a throw concerns its own task alone. */
  private decideAll(tasks: readonly Task<S, E>[], before: Snapshot<S>): Decided<S, E> {
    let { state, revision } = before;
    const events: EventToEncode<E>[] = [];
    const done = new Map<string, { readonly task: Task<S, E>; readonly result: Done<S, E> }>();
    const answers: { task: Task<S, E>; result: CommandResult<S, E> }[] = [];
    for (const task of tasks) {
      const { commandId, correlationId, causationId, actor, requestDigest } = task.context;
      const twin = done.get(commandId);
      if (twin) {
        const { context } = twin.task;
        answers.push({ task, result: reusedKey(context, task.context) ?? twin.result });
        continue;
      }
      const { expectedRevision } = task.options;
      if (expectedRevision !== undefined && expectedRevision !== revision) {
        answers.push({ task, result: { kind: 'staleRevision', revision } });
        continue;
      }
      let decision: Decision<E>;
      try {
        decision = task.decide(state);
        if (!isRejection(decision)) state = this.after(state, decision, task.context.now);
      } catch (error) {
        this.failed.add(task);
        task.reject(error);
        continue;
      }
      if (isRejection(decision)) {
        answers.push({ task, result: decision });
        continue;
      }
      const occurredAt = task.context.now;
      const metadata = { commandId, correlationId, causationId, actor, occurredAt, requestDigest };
      decision.forEach((event, index) => events.push({ event, metadata, index }));
      revision += BigInt(decision.length);
      const result: Done<S, E> = {
        kind: 'done',
        events: decision,
        state,
        revision,
        position: undefined,
        repeated: false,
      };
      done.set(commandId, { task, result });
      answers.push({ task, result });
    }
    return { state, revision, events, answers };
  }

  private after(state: S, events: readonly E[], occurredAt: Instant): S {
    const { evolve } = this.aggregate.decider;
    return events.reduce((before, event) => evolve(before, event, occurredAt), state);
  }

  /** Answers the tasks whose command the stream already holds with the events it made then; returns the others. */
  private async answerRepeated(
    tasks: readonly Task<S, E>[],
    { state, revision, commands }: Snapshot<S>,
  ): Promise<readonly Task<S, E>[]> {
    const isNew = ({ context }: Task<S, E>): boolean => !commands.has(context.commandId);
    if (tasks.every(isNew)) return tasks;
    for (const { context, resolve } of tasks) {
      const trace = commands.get(context.commandId);
      if (!trace) continue;
      const reused = reusedKey(trace, context);
      if (reused) {
        resolve(reused);
        continue;
      }
      const { events, position } = await this.reader.eventsOf(trace);
      resolve({ kind: 'done', events, state, revision, position, repeated: true });
    }
    return tasks.filter(isNew);
  }

  private read(): Promise<Snapshot<S>> {
    return this.snapshot ?? this.catchUp();
  }

  /** Reads what was stored after a snapshot; the whole stream when there is none. */
  private catchUp(known?: Snapshot<S>): Promise<Snapshot<S>> {
    const reading = this.reader.read(known).catch((error: unknown) => {
      if (this.snapshot === reading) this.snapshot = undefined;
      throw error;
    });
    this.snapshot = reading;
    return reading;
  }
}

type Digested = Pick<CommandContext, 'requestDigest'>;

/** A command met again answers as the first time; with another request it would hide that nothing was done. */
const reusedKey = (first: Digested, again: Digested): Rejection | undefined =>
  first.requestDigest !== undefined &&
  again.requestDigest !== undefined &&
  first.requestDigest !== again.requestDigest
    ? reject('REQUEST.KEY_REUSED')
    : undefined;

/** Tells each task what it led to, now that it is durable, and keeps a trace of the commands that made events. */
function answerAll<S, E extends DomainEvent>(
  { answers }: Decided<S, E>,
  commands: Map<string, Trace>,
  position: Position,
): void {
  for (const { task, result } of answers)
    if (result.kind === 'done' && result.events.length > 0) {
      const { events, revision } = result;
      const { commandId, requestDigest } = task.context;
      commands.set(commandId, { last: revision, count: events.length, requestDigest });
      task.resolve({ ...result, position });
    } else task.resolve(result);
}
