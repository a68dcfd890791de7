import { declarations } from '../../application/aggregates.ts';
import type { StoredData } from '../../application/eventCatalogue.ts';
import type { EventMetadata } from '../../application/eventMetadata.ts';
import { UnreadableEventError } from '../../application/ports/eventCodec.ts';
import type { RecordedEvent } from '../../application/ports/eventStore.ts';
import type { SealedRecord } from '../../application/projections/projection.ts';

/**
 * The one decode path: parses a stored event and brings it to today's version. Personal data stay sealed.
 * Throws UnreadableEventError, without the data in its message.
 */
export function decodeSealed(record: RecordedEvent): SealedRecord {
  const { type, stream, revision } = record;
  const where = `${type} at ${stream}@${revision}`;
  const declaration = declarations.get(type);
  if (!declaration) throw new UnreadableEventError(`unknown event ${where}`);
  let data: StoredData | null;
  let metadata: EventMetadata | null;
  try {
    data = JSON.parse(record.data) as StoredData | null;
    metadata = JSON.parse(record.metadata) as EventMetadata | null;
  } catch {
    throw new UnreadableEventError(`not JSON: ${where}`);
  }
  if (!data || !metadata || !Number.isInteger(metadata.schemaVersion))
    throw new UnreadableEventError(`not an event of this portal: ${where}`);
  const { schemaVersion } = metadata;
  if (schemaVersion > declaration.schemaVersion)
    throw new UnreadableEventError(`version ${schemaVersion} is newer than this portal: ${where}`);
  for (let version = schemaVersion; version < declaration.schemaVersion; version += 1) {
    const upcast = declaration.upcasts?.[version - 1];
    if (!upcast) throw new UnreadableEventError(`no upcast from version ${version}: ${where}`);
    data = upcast(data);
  }
  return { event: { ...data, type }, metadata };
}
