import { streamOf, type Aggregate } from '../../src/application/aggregate.ts';
import { activities, children, families } from '../../src/application/aggregates.ts';
import type { AppendResult, EventStore } from '../../src/application/ports/eventStore.ts';
import { defineActivity } from '../../src/domain/activity/activity.ts';
import { enrol, registerChild } from '../../src/domain/child/child.ts';
import { registerFamily } from '../../src/domain/family/family.ts';
import type { Actor } from '../../src/domain/kernel/actor.ts';
import { fold, type DomainEvent } from '../../src/domain/kernel/decider.ts';
import type { Instant } from '../../src/domain/kernel/parisTime.ts';
import { isRejection, type Decision } from '../../src/domain/kernel/rejection.ts';
import type { SealingEventCodec } from '../../src/infrastructure/events/eventCodec.ts';
import { uuidV7 } from '../../src/infrastructure/uuids.ts';
import { openedAt, openedOn, type BenchTown } from './benchTown.ts';

/** Events under way at once: several transactions' worth. */
const atOnce = 2_048;
const clerk: Actor = { kind: 'supervisor', id: 'bench-clerk' };

interface Head {
  readonly revision: bigint;
  readonly hash: string;
}

/** Who did it, and when. */
export interface Act {
  readonly actor: Actor;
  readonly at: Instant;
}

/**
 * Writes a history that somebody else decided: past the command handler, through the codec and the store, so that it
 * can be read, folded and verified like any other. It knows the streams that it wrote itself.
 */
export class HistoryWriter {
  /** Events written. */
  written = 0;
  private readonly heads = new Map<string, Head>();
  private pending: Promise<AppendResult>[] = [];

  constructor(
    private readonly store: Pick<EventStore, 'append'>,
    private readonly codec: SealingEventCodec,
  ) {}

  async write<S, E extends DomainEvent>(
    aggregate: Aggregate<S, E>,
    id: string,
    events: readonly E[],
    { actor, at }: Act,
  ): Promise<void> {
    const stream = streamOf(aggregate, id);
    const { revision, hash } = this.heads.get(stream) ?? { revision: -1n, hash: '' };
    const commandId = uuidV7(Date.parse(at));
    const ids = { commandId, correlationId: commandId, causationId: commandId };
    const metadata = { ...ids, actor, occurredAt: at };
    const encoded = await this.codec.encode(
      aggregate,
      { stream, nextRevision: revision + 1n, hash },
      events.map((event, index) => ({ event, metadata, index })),
    );
    const expected = revision < 0n ? 'no-stream' : revision;
    this.pending.push(this.store.append(stream, encoded.records, expected));
    this.heads.set(stream, { revision: revision + BigInt(events.length), hash: encoded.hash });
    this.written += events.length;
    if (this.pending.length >= atOnce) await this.flush();
  }

  /** Forgets a stream that will not be written again. */
  forget(stream: string): void {
    this.heads.delete(stream);
  }

  async flush(): Promise<void> {
    const results = await Promise.all(this.pending);
    this.pending = [];
    if (results.some(({ kind }) => kind !== 'appended')) throw new Error('the history has a fault');
  }

  /** Opens the town's activities and dossiers. */
  async openTown({ activities: defined, families: registered }: BenchTown): Promise<void> {
    const act = { actor: clerk, at: openedAt };
    for (const definition of defined) {
      const events = decided(defineActivity(activities.decider.initial, definition));
      await this.write(activities, definition.activityId, events, act);
    }
    for (const { family, children: theirs } of registered) {
      const events = decided(registerFamily(families.decider.initial, family));
      await this.write(families, family.familyId, events, act);
      for (const { child, enrolments } of theirs) {
        const made = [...decided(registerChild(children.decider.initial, child, openedOn))];
        for (const enrolment of enrolments)
          made.push(...decided(enrol(fold(children.decider, made), enrolment)));
        await this.write(children, child.childId, made, act);
      }
    }
    await this.flush();
  }
}

/** The events of a decision that can't be refused. */
export function decided<E>(decision: Decision<E>): readonly E[] {
  if (isRejection(decision)) throw new Error(`the history has a fault: ${decision.code}`);
  return decision;
}
