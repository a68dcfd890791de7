import {
  MAX_APPEND_BYTES,
  type EventStore,
  type Position,
  type RecordedEvent,
} from '../../application/ports/eventStore.ts';
import { bytesInAppend } from '../events/storableEvents.ts';
import { MigrationError, placeOf } from './migrationError.ts';

/**
 * Appends what the source has after a position to the target, one append after the other, so that the global order is
 * the same and whatever instant it is killed at leaves a beginning of the source. Consecutive events of one stream go
 * together, up to MAX_APPEND_BYTES. Throws MigrationError where the target's stream is not as it was left.
 */
export async function copyEvents(
  source: Pick<EventStore, 'readAll'>,
  target: Pick<EventStore, 'append'>,
  after: Position | undefined,
  onCopied: (events: number) => void,
): Promise<void> {
  let run: RecordedEvent[] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    const [first] = run;
    if (!first) return;
    const expected = first.revision === 0n ? 'no-stream' : first.revision - 1n;
    const { kind } = await target.append(first.stream, run.map(asGiven), expected);
    if (kind === 'conflict') throw new MigrationError('MIGRATION.TARGET_CHANGED', placeOf(first));
    onCopied(run.length);
    run = [];
    bytes = 0;
  };
  for await (const batch of source.readAll(after === undefined ? {} : { from: after }))
    for (const event of batch) {
      const size = bytesInAppend(event);
      if (event.stream !== run[0]?.stream || bytes + size > MAX_APPEND_BYTES) await flush();
      run.push(event);
      bytes += size;
    }
  await flush();
}

const asGiven = ({ id, type, data, metadata }: RecordedEvent) => ({ id, type, data, metadata });
