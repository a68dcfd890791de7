import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type {
  Position,
  ReadAllOptions,
  ReadStreamOptions,
  RecordedEvent,
} from '../../application/ports/eventStore.ts';
import type { Pages } from './pages.ts';
import {
  at,
  isSystemEvent,
  logRequest,
  recordedEvent,
  streamRequest,
  type LogPosition,
} from './readMessages.ts';

/** Events of one call: a reader holds no more, and keeps no call open while its consumer works. */
const PAGE = 500;
/** The server's largest revision. */
const LAST = 2n ** 63n - 1n;

export interface Deadlines {
  /** Milliseconds for a read of known size, all its attempts together. */
  readonly read: number;
  /** Milliseconds between two events that pass a filter: the server says nothing while it looks for them. */
  readonly scan: number;
}

/** Reads streams and the log, page by page. */
export class LogReader {
  constructor(
    private readonly pages: Pages,
    private readonly deadlines: Deadlines,
  ) {}

  async *stream(
    stream: string,
    { direction, from, limit = Infinity }: ReadStreamOptions,
    leaving?: AbortSignal,
  ): AsyncGenerator<readonly RecordedEvent[]> {
    const backwards = direction === 'backwards';
    let next = from !== undefined && from > LAST ? LAST : from;
    for (let left = limit; left > 0;) {
      const count = Math.min(left, PAGE);
      const request = streamRequest(stream, next, { backwards, count });
      const messages = await this.pages.read(request, this.deadlines.read, leaving);
      const events = eventsOf(messages);
      const last = events.at(-1);
      if (last) yield events;
      if (!last || events.length < count || (backwards && last.revision === 0n)) return;
      next = last.revision + (backwards ? -1n : 1n);
      left -= count;
    }
  }

  async *all(
    { direction, from, limit = Infinity, filter }: ReadAllOptions,
    leaving?: AbortSignal,
  ): AsyncGenerator<readonly RecordedEvent[]> {
    const backwards = direction === 'backwards';
    const page = async (after: Position | undefined, wanted: number) => {
      // Forwards the server includes the position itself.
      const twice = backwards || after === undefined ? 0 : 1;
      const count = Math.min(wanted, PAGE) + twice;
      const place = after === undefined ? undefined : at(after);
      const request = logRequest(place, { backwards, count }, filter);
      const read = eventsOf(await this.pages.read(request, this.deadlines.scan, leaving));
      const events = read.filter((event) => event.position !== after && !isSystemEvent(event));
      const last = read.length < count ? undefined : read.at(-1);
      return { events: events.slice(0, wanted), last: last?.position };
    };
    let left = limit;
    let next = left > 0 ? page(from, left) : undefined;
    while (next) {
      const { events, last } = await next;
      left -= events.length;
      next = last === undefined || left <= 0 ? undefined : page(last, left);
      // It is read while the consumer works on this one, who may also leave.
      next?.catch(() => undefined);
      if (events.length > 0) yield events;
    }
  }

  /**
   * Position of the last event of the log, before a place or of all. It may be one of the server's own: checkpoints
   * move past those too, and never stand beyond it.
   */
  async last(before?: LogPosition, leaving?: AbortSignal): Promise<Position | undefined> {
    const request = logRequest(before, { backwards: true, count: 1 }, 'none');
    const [event] = eventsOf(await this.pages.read(request, this.deadlines.read, leaving));
    return event?.position;
  }
}

const eventsOf = (messages: readonly ReadResp[]): RecordedEvent[] =>
  messages.flatMap((message) => recordedEvent(message) ?? []);
