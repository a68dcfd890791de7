import type { Aggregate } from '../../src/application/aggregate.ts';
import { streamOf } from '../../src/application/aggregate.ts';
import type { RecordedEvent } from '../../src/application/ports/eventStore.ts';
import type { DomainEvent } from '../../src/domain/kernel/decider.ts';
import type { SealingEventCodec } from '../../src/infrastructure/events/eventCodec.ts';
import { monday } from './sessionFacts.ts';

/** A stream as a store would hand it back: each event encoded by a command of its own. */
export async function recorded<S, E extends DomainEvent>(
  codec: SealingEventCodec,
  aggregate: Aggregate<S, E>,
  id: string,
  events: readonly E[],
): Promise<RecordedEvent[]> {
  const stream = streamOf(aggregate, id);
  const records: RecordedEvent[] = [];
  let hash = '';
  for (const [index, event] of events.entries()) {
    const revision = BigInt(index);
    const metadata = {
      commandId: `command-${index}`,
      correlationId: 'request',
      causationId: 'request',
      actor: { kind: 'agent', id: 'a-1' },
      occurredAt: monday,
    } as const;
    const encoded = await codec.encode(aggregate, { stream, nextRevision: revision, hash }, [
      { event, metadata, index: 0 },
    ]);
    hash = encoded.hash;
    for (const record of encoded.records)
      records.push({ ...record, stream, revision, position: revision + 1n });
  }
  return records;
}
