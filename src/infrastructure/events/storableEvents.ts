import {
  EventTooLargeError,
  MAX_EVENT_BYTES,
  type EventToAppend,
} from '../../application/ports/eventStore.ts';

/** A UTF-16 unit takes three bytes at the most, so most events need no exact count. */
const MAX_BYTES_PER_UNIT = 3;

/**
 * Refuses what no store keeps, before anything is written: an append of no event (RangeError), an event whose data
 * and metadata are together larger than MAX_EVENT_BYTES (EventTooLargeError). Answers the size in UTF-16 units.
 */
export function refuseUnstorable(events: readonly EventToAppend[]): number {
  if (events.length === 0) throw new RangeError('an append needs at least one event');
  let total = 0;
  for (const { type, data, metadata } of events) {
    const units = data.length + metadata.length;
    if (units * MAX_BYTES_PER_UNIT > MAX_EVENT_BYTES) {
      const bytes = Buffer.byteLength(data) + Buffer.byteLength(metadata);
      if (bytes > MAX_EVENT_BYTES) throw new EventTooLargeError(type, bytes);
    }
    total += units;
  }
  return total;
}
