import type {
  EventStore,
  EventToAppend,
  RecordedEvent,
} from '../../../src/application/ports/eventStore.ts';
import { linkHash, withHash } from '../../../src/infrastructure/events/hashChain.ts';
import { uuidOf } from '../../../src/infrastructure/uuids.ts';
import { appended } from '../../contract/eventStoreTools.ts';

/** Events of one stream, appended together. */
export interface Act {
  readonly stream: string;
  readonly data: readonly string[];
}

interface End {
  readonly revision: bigint;
  readonly hash: string;
}

/** Writes acts as a portal does: one append each, every stream a hash chain. */
export class HistoryWriter {
  private readonly ends = new Map<string, End>();
  private acts = 0;

  constructor(private readonly store: Pick<EventStore, 'append'>) {}

  async write({ stream, data }: Act): Promise<void> {
    let { revision, hash } = this.ends.get(stream) ?? { revision: -1n, hash: '' };
    const expected = revision < 0n ? 'no-stream' : revision;
    const events: EventToAppend[] = [];
    this.acts += 1;
    for (const [index, text] of data.entries()) {
      revision += 1n;
      const id = uuidOf(`${stream}/${revision}/${this.acts}`);
      const body = JSON.stringify({ schemaVersion: 1, commandId: `c-${this.acts}`, index });
      const type = index % 2 === 0 ? 'Happened' : 'Ceased';
      hash = linkHash(hash, { stream, revision, id, type, data: text }, body);
      events.push({ id, type, data: text, metadata: withHash(body, hash) });
    }
    await appended(this.store.append(stream, events, expected));
    this.ends.set(stream, { revision, hash });
  }
}

/** Several streams in turn, some acts of several events, some of the same stream one after the other. */
export const someActs = (count: number): Act[] =>
  Array.from({ length: count }, (_, n) => ({
    stream: `reservation-${[0, 1, 1, 2, 0, 3][n % 6]}`,
    data: Array.from({ length: 1 + (n % 3) }, (_, index) => `{"act":${n},"index":${index}}`),
  }));

/** An event without its position, which is each store's own. */
export const withoutPosition = ({ stream, revision, id, type, data, metadata }: RecordedEvent) => ({
  stream,
  revision,
  id,
  type,
  data,
  metadata,
});
