import type { Schema } from '../schema/schema.ts';
import { record, reference } from '../schema/structures.ts';
import { cents, words } from '../schema/values.ts';
import { anyPrice, type Price } from './price.ts';

/** Cells by the words of an axis. */
export interface Branch {
  readonly [key: string]: Cell;
}
/** What stands in a grid: an amount, a price, or a choice by the next axis. */
export type Cell = number | Price | Branch;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
/** A price says its type in a word, and no cell is a word. */
const looksPriced = (value: unknown): boolean =>
  isObject(value) && 'type' in value && typeof value.type === 'string';

export const isBranch = (cell: Cell): cell is Branch => isObject(cell) && !looksPriced(cell);

const branch: Schema<Branch> = record(
  words(64),
  reference('grid_cell', () => gridCell),
);
const price = anyPrice();
export const gridCell: Schema<Cell> = {
  json: () => ({ anyOf: [cents.json(), price.json(), branch.json()] }),
  check(value, at, report) {
    const schema: Schema<Cell> = looksPriced(value) ? price : isObject(value) ? branch : cents;
    schema.check(value, at, report);
  },
};
