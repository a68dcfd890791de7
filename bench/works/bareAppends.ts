import { EventStoreDBClient, jsonEvent, NO_STREAM } from '@eventstore/db-client';
import type {
  EventStore,
  Position,
  RecordedEvent,
} from '../../src/application/ports/eventStore.ts';
import { townStreams } from '../town/verifyChains.ts';
import { byCallers, perSecond } from '../rounds.ts';

type Given = Record<string, unknown>;
const noStream: typeof NO_STREAM = NO_STREAM;

/** What the town's streams hold after a position: the events that the floor is given to write. */
export async function storedAfter(store: EventStore, from: Position): Promise<RecordedEvent[]> {
  const stored: RecordedEvent[] = [];
  for await (const records of store.readAll({ from, filter: townStreams }))
    for (const record of records) stored.push(record);
  return stored;
}

/** The client's own appendToStream, and nothing else: nothing is loaded, decided, sealed or chained. */
export class BareAppends {
  private readonly client: EventStoreDBClient;

  constructor(connectionString: string) {
    this.client = EventStoreDBClient.connectionString(connectionString);
  }

  /**
   * Appends a second: the same events to streams of another name, in the same order, each at the revision that it has.
   * The client writes JSON itself, so what it is given is parsed before.
   */
  write(records: readonly RecordedEvent[], callers: number): Promise<number> {
    const appends = records.map(({ stream, revision, id, type, data, metadata }) => ({
      stream: `bare-${stream}`,
      event: jsonEvent({
        id,
        type,
        data: JSON.parse(data) as Given,
        metadata: JSON.parse(metadata) as Given,
      }),
      expectedRevision: revision === 0n ? noStream : revision - 1n,
    }));
    return perSecond(appends.length, () =>
      byCallers(callers, appends.length, async (n) => {
        const append = appends[n];
        if (!append) return;
        const { stream, event, expectedRevision } = append;
        await this.client.appendToStream(stream, event, { expectedRevision });
      }),
    );
  }

  /** Throws unless the copies hold the very bytes of the originals, in streams as long. */
  static async compare(store: EventStore): Promise<void> {
    const bytes = async (prefix: string): Promise<Map<string, string>> => {
      const found = new Map<string, string>();
      const filter = { streamPrefixes: [`${prefix}reservation-`] };
      for await (const records of store.readAll({ filter }))
        for (const { stream, revision, type, data, metadata } of records)
          found.set(`${stream.slice(prefix.length)}@${revision}`, `${type}${data}${metadata}`);
      return found;
    };
    const [ours, bare] = [await bytes(''), await bytes('bare-')];
    if (ours.size !== bare.size || [...ours].some(([place, text]) => bare.get(place) !== text))
      throw new Error('the floor wrote other bytes');
  }

  close(): Promise<void> {
    return this.client.dispose();
  }
}
