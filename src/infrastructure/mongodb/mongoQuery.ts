import type { Filter, Sort } from 'mongodb';
import type { ReadModelSpec } from '../../application/ports/readModelStore.ts';
import type { CheckedQuery, Condition } from '../readModels/checkedQuery.ts';
import type { DocumentRow } from './storedDocument.ts';

/** Where a field stands in a row; field names were checked to be plain words (checkedQuery.ts). */
const pathOf = (field: string): string => `kept.fields.${field}`;

/** Comparisons stay within a type on every server: text is never found by a range of numbers. */
export function filterOf(conditions: readonly Condition[]): Filter<DocumentRow> {
  // Removed documents have no fields: a condition on a field leaves them out already.
  if (conditions.length === 0) return { 'kept.json': { $ne: null } };
  return Object.fromEntries(
    conditions.map((one) => [
      pathOf(one.field),
      one.kind === 'equal'
        ? one.value
        : {
            ...(one.from !== undefined && { $gte: one.from }),
            ...(one.before !== undefined && { $lt: one.before }),
          },
    ]),
  );
}

/** Nothing before numbers before text, text by its UTF-8 bytes: the servers' own order. Ties go by id. */
export function sortOf({ sortBy, descending }: CheckedQuery): Sort {
  const direction = descending ? -1 : 1;
  return { ...(sortBy !== undefined && { [pathOf(sortBy)]: direction }), _id: direction };
}

/** One index for each declared field; with the id, so that a sorted page comes from the index in its order. */
export const indexesOf = (model: ReadModelSpec) =>
  model.indexes.map((field) => ({ key: { [pathOf(field)]: 1, _id: 1 }, name: `by_${field}` }));
