import type { Position } from '../../application/ports/eventStore.ts';
import type {
  Document,
  DocumentWrite,
  FieldValue,
  LoadedDocument,
  ReadModelSpec,
  Stored,
} from '../../application/ports/readModelStore.ts';
import { indexedValue } from '../readModels/checkedQuery.ts';

/**
 * A document as the server keeps it. All of it stands in `kept`, with the position first: servers compare embedded
 * documents field by field in their order, so `$max` of `kept` replaces the whole document if, and only if, the
 * position is later. That is one atomic operation on one document, found by its id alone.
 *
 * The document itself is JSON text. BSON could hold it as an embedded document, but not any JSON object on any server:
 * names with a dot or a leading `$` and arrays of arrays are refused by some. Personal fields are sealed text anyway.
 * What queries need stands beside it in `fields`; a removed document keeps its position, without json or fields.
 */
export interface DocumentRow {
  readonly _id: string;
  readonly kept: {
    readonly position: PositionText;
    readonly fields: Readonly<Record<string, FieldValue>>;
    readonly json: string | null;
  };
}

/** Twenty digits hold any position (64 bits), exactly and in the order of numbers. */
export type PositionText = string;

export const positionText = (position: Position): PositionText =>
  position.toString().padStart(20, '0');

export function rowOf(
  model: ReadModelSpec,
  { id, document, position }: DocumentWrite,
): DocumentRow {
  const fields: Record<string, FieldValue> = {};
  if (document)
    for (const field of model.indexes) {
      const value = indexedValue(document, field);
      if (value !== undefined) fields[field] = value;
    }
  const json = document === undefined ? null : JSON.stringify(document);
  return { _id: id, kept: { position: positionText(position), fields, json } };
}

export const loadedFrom = ({ kept }: DocumentRow): LoadedDocument => ({
  document: kept.json === null ? undefined : (JSON.parse(kept.json) as Document),
  position: BigInt(kept.position),
});

/** What readers see of a row; nothing of a removed document. */
export const storedIn = <D extends Document>(rows: readonly DocumentRow[]): Stored<D>[] =>
  rows.flatMap(({ _id: id, kept }) =>
    kept.json === null ? [] : [{ id, document: JSON.parse(kept.json) as D }],
  );
