import type { EventStore } from '../../application/ports/eventStore.ts';
import type { Metrics } from '../../application/ports/metrics.ts';

/** The same event store, whose appends are counted and timed, from asking to durable. */
export const measuredEventStore = (
  store: EventStore,
  metrics: Pick<Metrics, 'appendEnded'>,
): EventStore => ({
  async append(stream, events, expected) {
    const start = performance.now();
    const seconds = (): number => (performance.now() - start) / 1_000;
    try {
      const result = await store.append(stream, events, expected);
      metrics.appendEnded(result.kind, seconds());
      return result;
    } catch (error) {
      metrics.appendEnded('failed', seconds());
      throw error;
    }
  },
  readStream: (stream, options) => store.readStream(stream, options),
  readAll: (options) => store.readAll(options),
  subscribe: (options) => store.subscribe(options),
  head: async () => store.head(),
  close: async () => store.close(),
});
