import {
  AppendTooLargeError,
  EventTooLargeError,
  MAX_APPEND_BYTES,
  MAX_EVENT_BYTES,
  type EventToAppend,
} from '../../application/ports/eventStore.ts';

/** A UTF-16 unit takes three bytes at the most, so most events need no exact count. */
const MAX_BYTES_PER_UNIT = 3;
/** As EventStoreDB counts what an append holds. */
const BYTES_OF_TYPE_UNIT = 2;

/**
 * Refuses what no store keeps, before anything is written: an append of no event (RangeError), an event whose data
 * and metadata are together larger than MAX_EVENT_BYTES (EventTooLargeError), events that are together larger than
 * MAX_APPEND_BYTES (AppendTooLargeError). Answers the size in UTF-16 units.
 */
export function refuseUnstorable(events: readonly EventToAppend[]): number {
  if (events.length === 0) throw new RangeError('an append needs at least one event');
  let total = 0;
  let most = 0;
  for (const { type, data, metadata } of events) {
    const units = data.length + metadata.length;
    if (units * MAX_BYTES_PER_UNIT > MAX_EVENT_BYTES) {
      const bytes = Buffer.byteLength(data) + Buffer.byteLength(metadata);
      if (bytes > MAX_EVENT_BYTES) throw new EventTooLargeError(type, bytes);
    }
    total += units;
    most += units * MAX_BYTES_PER_UNIT + type.length * BYTES_OF_TYPE_UNIT;
  }
  if (most > MAX_APPEND_BYTES) refuseTooMuch(events);
  return total;
}

function refuseTooMuch(events: readonly EventToAppend[]): void {
  let bytes = 0;
  for (const event of events) bytes += bytesInAppend(event);
  if (bytes > MAX_APPEND_BYTES) throw new AppendTooLargeError(bytes);
}

/** What an event takes of MAX_APPEND_BYTES. */
export const bytesInAppend = ({ type, data, metadata }: EventToAppend): number =>
  Buffer.byteLength(data) + Buffer.byteLength(metadata) + BYTES_OF_TYPE_UNIT * type.length;
