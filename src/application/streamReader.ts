import type { DomainEvent } from '../domain/kernel/decider.ts';
import type { Aggregate } from './aggregate.ts';
import type { EventCodec } from './ports/eventCodec.ts';
import type { EventStore, Position, Revision } from './ports/eventStore.ts';

/** Events of a command that the stream already holds: how many, up to which revision. */
export interface Trace {
  readonly last: Revision;
  readonly count: number;
  readonly requestDigest?: string | undefined;
}

/** The stream as last stored. */
export interface Snapshot<S> {
  readonly state: S;
  /** Of the last event; -1 when there is none. */
  readonly revision: Revision;
  readonly hash: string;
  readonly commands: Map<string, Trace>;
}

/** Reads one stream as its aggregate folds it. */
export class StreamReader<S, E extends DomainEvent> {
  constructor(
    private readonly aggregate: Aggregate<S, E>,
    private readonly stream: string,
    private readonly store: EventStore,
    private readonly codec: EventCodec,
  ) {}

  /** A stream without events. */
  nothing(): Snapshot<S> {
    const { initial: state } = this.aggregate.decider;
    return { state, revision: -1n, hash: '', commands: new Map() };
  }

  /** Reads what was stored after a snapshot; the whole stream when there is none. */
  async read(known = this.nothing()): Promise<Snapshot<S>> {
    const { decider } = this.aggregate;
    let { state, revision, hash } = known;
    const { commands } = known;
    for await (const records of this.store.readStream(this.stream, { from: revision + 1n })) {
      for (const { event, metadata } of await this.codec.decode(this.aggregate, records)) {
        state = decider.evolve(state, event, metadata.occurredAt);
        revision += 1n;
        hash = metadata.hash;
        const { commandId, requestDigest } = metadata;
        const count = (commands.get(commandId)?.count ?? 0) + 1;
        commands.set(commandId, { last: revision, count, requestDigest });
      }
    }
    return { state, revision, hash, commands };
  }

  /** The events that a command made, with their personal data, and the position of the last. */
  async eventsOf({ last, count }: Trace): Promise<{
    readonly events: readonly E[];
    readonly position: Position | undefined;
  }> {
    // The first answer held personal data in clear: so does this one, where their key is still there.
    const opening = { ...this.aggregate, opensPersonal: true };
    const events: E[] = [];
    let position: Position | undefined;
    const asked = { from: last - BigInt(count) + 1n, limit: count };
    for await (const records of this.store.readStream(this.stream, asked)) {
      for (const { event } of await this.codec.decode(opening, records)) events.push(event);
      position = records.at(-1)?.position;
    }
    return { events, position };
  }
}
