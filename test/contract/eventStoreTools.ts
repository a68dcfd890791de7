import { randomUUID } from 'node:crypto';
import type {
  AppendResult,
  EventStore,
  EventToAppend,
  RecordedEvent,
  SubscribeOptions,
  SubscriptionBatch,
} from '../../src/application/ports/eventStore.ts';

/** Milliseconds that anything awaited in these tests may take. */
export const PATIENCE = 15_000;

/** A name that no other test uses: a store may be shared by many. */
export const freshName = (word: string): string => `${word}-${randomUUID()}`;

/** An event of some content; `content` goes into its data. */
export const anEvent = (content: unknown = {}, type = 'TestHappened'): EventToAppend => ({
  id: randomUUID(),
  type,
  data: JSON.stringify({ content }),
  metadata: JSON.stringify({ commandId: randomUUID() }),
});

export const someEvents = (count: number, type?: string): EventToAppend[] =>
  Array.from({ length: count }, (_, index) => anEvent(index, type));

/** All events of batches, as one list. */
export async function all(
  batches: AsyncIterable<readonly RecordedEvent[]>,
): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const batch of batches) events.push(...batch);
  return events;
}

export const idsOf = (events: readonly { readonly id: string }[]): string[] =>
  events.map(({ id }) => id);

/** The answer of an append that must succeed. */
export async function appended(
  answer: Promise<AppendResult>,
): Promise<Extract<AppendResult, { kind: 'appended' }>> {
  const result = await answer;
  if (result.kind !== 'appended') throw new Error(`conflict with ${String(result.actual)}`);
  return result;
}

/** Reads a subscription until `enough` holds for the batches so far, then leaves it. */
export async function followUntil(
  store: EventStore,
  options: Omit<SubscribeOptions, 'signal'>,
  enough: (batches: readonly SubscriptionBatch[]) => boolean,
): Promise<SubscriptionBatch[]> {
  const signal = AbortSignal.timeout(PATIENCE);
  const batches: SubscriptionBatch[] = [];
  for await (const batch of store.subscribe({ ...options, signal })) {
    batches.push(batch);
    if (enough(batches)) return batches;
  }
  throw new Error(`not there within ${PATIENCE} ms: ${batches.length} batches`);
}

export const eventsOf = (batches: readonly SubscriptionBatch[]): RecordedEvent[] =>
  batches.flatMap(({ events }) => events);

/** What a promise rejects with; fails when it resolves. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('resolved, but a failure was expected');
}
