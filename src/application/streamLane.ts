import type { DomainEvent } from '../domain/kernel/decider.ts';
import { isRejection, type Decision } from '../domain/kernel/rejection.ts';
import type { Aggregate } from './aggregate.ts';
import type { CommandContext } from './commandContext.ts';
import type { CommandResult, Loaded } from './commandHandler.ts';
import type { EventCodec, EventToEncode } from './ports/eventCodec.ts';
import {
  StoreUnavailableError,
  type EventStore,
  type Position,
  type Revision,
} from './ports/eventStore.ts';

/** What every lane works with. */
export interface LaneSurroundings {
  readonly store: EventStore;
  readonly codec: EventCodec;
  /** Conflicts with other processes that are re-decided before giving up. */
  readonly maxAttempts: number;
  readonly onAppended: () => void;
}

export interface Lane {
  readonly idle: boolean;
}

interface Task<S, E> {
  readonly context: CommandContext;
  readonly decide: (state: S) => Decision<E>;
  readonly expectedRevision: Revision | undefined;
  readonly resolve: (result: CommandResult<S, E>) => void;
  readonly reject: (error: unknown) => void;
}

/** Events of a command that the stream already holds: from which revision, how many. */
interface Trace {
  readonly from: Revision;
  readonly count: number;
}

/** The stream as last stored. */
interface Snapshot<S> {
  readonly state: S;
  readonly revision: Revision;
  readonly hash: string;
  readonly commands: Map<string, Trace>;
}

type Answer<S, E> = (position: Position | undefined) => CommandResult<S, E>;

interface Decided<S, E extends DomainEvent> {
  readonly state: S;
  readonly events: readonly EventToEncode<E>[];
  readonly traces: ReadonlyMap<string, Trace>;
  /** What to answer each task once the events are durable. */
  readonly answers: ReadonlyMap<Task<S, E>, Answer<S, E>>;
}

/** Commands decided together: a bound on what one append carries. */
const maxTogether = 128;

/** The queue of one stream, and its state as last stored. */
export class StreamLane<S, E extends DomainEvent> implements Lane {
  private snapshot: Promise<Snapshot<S>> | undefined;
  private tasks: Task<S, E>[] = [];
  private working = false;

  constructor(
    private readonly aggregate: Aggregate<S, E>,
    private readonly stream: string,
    private readonly surroundings: LaneSurroundings,
  ) {}

  get idle(): boolean {
    return !this.working;
  }

  async current(): Promise<Loaded<S>> {
    return this.read();
  }

  run(
    context: CommandContext,
    decide: (state: S) => Decision<E>,
    expectedRevision: Revision | undefined,
  ): Promise<CommandResult<S, E>> {
    return new Promise((resolve, reject) => {
      this.tasks.push({ context, decide, expectedRevision, resolve, reject });
      if (!this.working) void this.work();
    });
  }

  private async work(): Promise<void> {
    this.working = true;
    while (this.tasks.length > 0) {
      const together = this.tasks.splice(0, maxTogether);
      const error = await this.attempt(together);
      if (error === undefined) continue;
      const alone = !(error instanceof StoreUnavailableError) && together.length > 1;
      // Something in one command can't be stored: each is tried by itself, so that only that one fails.
      for (const task of together) {
        const failure = alone ? await this.attempt([task]) : error;
        if (failure !== undefined) task.reject(failure);
      }
    }
    this.working = false;
  }

  private async attempt(tasks: readonly Task<S, E>[]): Promise<unknown> {
    try {
      await this.commit(tasks);
      return undefined;
    } catch (error) {
      // What the store holds now is not known: the next command reads it again.
      this.snapshot = undefined;
      return error ?? new Error('unknown failure');
    }
  }

  private async commit(tasks: readonly Task<S, E>[]): Promise<void> {
    const { store, codec, maxAttempts, onAppended } = this.surroundings;
    for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
      const remembered = this.snapshot !== undefined;
      const before = await this.read();
      const open = await this.answerRepeated(tasks, before);
      const { state, events, traces, answers } = this.decideAll(open, before);
      if (events.length === 0) {
        // No append will tell whether another process wrote meanwhile: an answer must be true of what is stored.
        if (remembered && (await this.catchUp(before)).revision > before.revision) continue;
        for (const [task, answer] of answers) task.resolve(answer(undefined));
        return;
      }
      const { stream } = this;
      const head = { stream, nextRevision: before.revision + 1n, hash: before.hash };
      const { records, hash } = await codec.encode(this.aggregate, head, events);
      const expected = before.revision < 0n ? 'no-stream' : before.revision;
      const result = await store.append(stream, records, expected);
      if (result.kind === 'appended') {
        for (const [commandId, trace] of traces) before.commands.set(commandId, trace);
        const { revision, position } = result;
        this.snapshot = Promise.resolve({ state, revision, hash, commands: before.commands });
        for (const [task, answer] of answers) task.resolve(answer(position));
        onAppended();
        return;
      }
      await this.catchUp(before);
    }
    throw new StoreUnavailableError(`too many conflicts on ${this.stream}`);
  }

  /** Decides each task on what the earlier ones leave; a rejection or a throw concerns its own task alone. */
  private decideAll(tasks: readonly Task<S, E>[], before: Snapshot<S>): Decided<S, E> {
    let { state, revision } = before;
    const events: EventToEncode<E>[] = [];
    const traces = new Map<string, Trace>();
    const answers = new Map<Task<S, E>, Answer<S, E>>();
    const byCommand = new Map<string, Answer<S, E>>();
    for (const task of tasks) {
      const { context, expectedRevision } = task;
      const twin = byCommand.get(context.commandId);
      if (twin) {
        answers.set(task, twin);
        continue;
      }
      const at = revision;
      if (expectedRevision !== undefined && expectedRevision !== at) {
        answers.set(task, () => ({ kind: 'staleRevision', revision: at }));
        continue;
      }
      let decision: Decision<E>;
      try {
        decision = task.decide(state);
        if (!isRejection(decision)) state = decision.reduce(this.aggregate.decider.evolve, state);
      } catch (error) {
        task.reject(error);
        continue;
      }
      if (isRejection(decision)) {
        const rejection = decision;
        answers.set(task, () => rejection);
        continue;
      }
      const made = decision;
      const { commandId, correlationId, causationId, actor, now: occurredAt } = context;
      const metadata = { commandId, correlationId, causationId, actor, occurredAt };
      for (const [index, event] of made.entries()) events.push({ event, metadata, index });
      if (made.length > 0) traces.set(commandId, { from: revision + 1n, count: made.length });
      revision += BigInt(made.length);
      const after = { state, revision };
      const answer: Answer<S, E> = (position) => ({
        kind: 'done',
        events: made,
        ...after,
        position: made.length > 0 ? position : undefined,
        repeated: false,
      });
      byCommand.set(commandId, answer);
      answers.set(task, answer);
    }
    return { state, events, traces, answers };
  }

  /** Answers the tasks whose command the stream already holds with the events it made then; returns the others. */
  private async answerRepeated(
    tasks: readonly Task<S, E>[],
    { state, revision, commands }: Snapshot<S>,
  ): Promise<readonly Task<S, E>[]> {
    const repeated = tasks.filter(({ context }) => commands.has(context.commandId));
    if (repeated.length === 0) return tasks;
    const { store, codec } = this.surroundings;
    // The first answer held personal data in clear: so does this one, where their key is still there.
    const opening = { ...this.aggregate, opensPersonal: true };
    for (const task of repeated) {
      const trace = commands.get(task.context.commandId);
      if (!trace) continue;
      const events: E[] = [];
      let position: Position | undefined;
      const { from, count: limit } = trace;
      for await (const records of store.readStream(this.stream, { from, limit })) {
        for (const { event } of await codec.decode(opening, records)) events.push(event);
        position = records.at(-1)?.position;
      }
      task.resolve({ kind: 'done', events, state, revision, position, repeated: true });
    }
    return tasks.filter((task) => !repeated.includes(task));
  }

  private read(): Promise<Snapshot<S>> {
    return this.snapshot ?? this.catchUp();
  }

  /** Reads what was stored after a snapshot; the whole stream when there is none. */
  private catchUp(known?: Snapshot<S>): Promise<Snapshot<S>> {
    const reading = this.replay(known).catch((error: unknown) => {
      if (this.snapshot === reading) this.snapshot = undefined;
      throw error;
    });
    this.snapshot = reading;
    return reading;
  }

  private async replay(known?: Snapshot<S>): Promise<Snapshot<S>> {
    const { store, codec } = this.surroundings;
    let { state, revision, hash } = known ?? {
      state: this.aggregate.decider.initial,
      revision: -1n,
      hash: '',
    };
    const commands = known?.commands ?? new Map<string, Trace>();
    for await (const records of store.readStream(this.stream, { from: revision + 1n })) {
      for (const { event, metadata } of await codec.decode(this.aggregate, records)) {
        state = this.aggregate.decider.evolve(state, event);
        revision += 1n;
        hash = metadata.hash;
        const trace = commands.get(metadata.commandId);
        commands.set(metadata.commandId, {
          from: trace?.from ?? revision,
          count: (trace?.count ?? 0) + 1,
        });
      }
    }
    return { state, revision, hash, commands };
  }
}
