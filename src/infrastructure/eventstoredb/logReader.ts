import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type {
  Position,
  ReadAllOptions,
  ReadStreamOptions,
  RecordedEvent,
} from '../../application/ports/eventStore.ts';
import type { Pages } from './pages.ts';
import { FinalStoreError } from './storeFailure.ts';
import {
  at,
  isSystemEvent,
  LAST,
  logRequest,
  passes,
  recordedEvent,
  streamRequest,
  type LogPosition,
} from './readMessages.ts';

/** Events of one call: a reader holds no more, and keeps no call open while its consumer works. */
const PAGE = 500;
export interface Deadlines {
  /** Milliseconds for a read of known size, all its attempts together. */
  readonly read: number;
  /**
   * Milliseconds that the server may look for the next event that passes a filter: it says nothing while it does. Then
   * we look ourselves, page by page, so that no log is too long for a filter that passes little.
   */
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
      if (last && last.position > LAST)
        throw new FinalStoreError('EventStoreDB tells no positions: 22.6 or later is needed');
      if (last) yield events;
      if (!last || events.length < count || (backwards && last.revision === 0n)) return;
      next = last.revision + (backwards ? -1n : 1n);
      left -= count;
    }
  }

  async *all(
    { limit = Infinity, ...wanted }: ReadAllOptions,
    leaving?: AbortSignal,
  ): AsyncGenerator<readonly RecordedEvent[]> {
    const page = (from: Place | undefined, left: number): Promise<Page> =>
      from?.looking
        ? this.look(wanted, from, left, leaving)
        : this.scan(wanted, from, left, leaving);
    let left = limit;
    const start = wanted.from === undefined ? undefined : { after: wanted.from, looking: false };
    let next = left > 0 ? page(start, left) : undefined;
    while (next) {
      const { events, rest } = await next;
      left -= events.length;
      next = rest === undefined || left <= 0 ? undefined : page(rest, left);
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

  /** The server looks for the events that pass. */
  private async scan(
    { direction, filter }: Wanted,
    from: Place | undefined,
    wanted: number,
    leaving?: AbortSignal,
  ): Promise<Page> {
    const backwards = direction === 'backwards';
    // Forwards the server includes the position itself.
    const twice = backwards || from?.after === undefined ? 0 : 1;
    const count = Math.min(wanted, PAGE) + twice;
    const request = logRequest(placed(from?.after), { backwards, count }, filter);
    const { messages, whole } = await this.pages.scan(request, this.deadlines.scan, leaving);
    const read = eventsOf(messages);
    const fresh = read.filter(({ position }) => position !== from?.after);
    const after = fresh.at(-1)?.position ?? from?.after;
    const ended = whole && read.length < count;
    const looking = !whole && fresh.length === 0;
    return {
      events: fresh.filter((event) => !isSystemEvent(event)).slice(0, wanted),
      rest: ended ? undefined : { after, looking },
    };
  }

  /** We look for the events that pass ourselves, through a page of whatever comes next. */
  private async look(
    { direction, filter }: Wanted,
    { after }: Place,
    wanted: number,
    leaving?: AbortSignal,
  ): Promise<Page> {
    const request = logRequest(
      placed(after),
      { backwards: direction === 'backwards', count: PAGE },
      'none',
    );
    const read = eventsOf(await this.pages.read(request, this.deadlines.read, leaving));
    const events = read.filter((event) => event.position !== after && passes(event, filter));
    const last = read.length < PAGE ? undefined : read.at(-1);
    return {
      events: events.slice(0, wanted),
      rest: last && { after: last.position, looking: events.length === 0 },
    };
  }
}

type Wanted = Pick<ReadAllOptions, 'direction' | 'filter'>;

/** Where to go on in the log. */
interface Place {
  /** From the beginning, or backwards from the end, when undefined. */
  readonly after: Position | undefined;
  /** The server took too long to find the next event that passes, so we look for it. */
  readonly looking: boolean;
}

interface Page {
  readonly events: readonly RecordedEvent[];
  /** Undefined at the end of the log. */
  readonly rest: Place | undefined;
}

const placed = (position: Position | undefined): LogPosition | undefined =>
  position === undefined ? undefined : at(position);

const eventsOf = (messages: readonly ReadResp[]): RecordedEvent[] =>
  messages.flatMap((message) => recordedEvent(message) ?? []);
