import { exactOf } from '../../../kernel/exact.ts';
import { formatPrice } from '../../../kernel/french/money.ts';
import type { Infer, Path, Report } from '../schema/schema.ts';
import { list, object, optional, reference } from '../schema/structures.ts';
import { literal, oneOf } from '../schema/values.ts';
import { dearest } from './dearest.ts';
import { axes, axisFaults, chooser, inOrder, keyWords, toldQf, type Axis } from './gridAxes.ts';
import { gridCell, isBranch, type Branch, type Cell } from './gridCell.ts';
import { compilePrice, priceFaults, priceLines, type Price } from './price.ts';
import { rankMeanings, ruleName, type PriceContext } from './priceRule.ts';
import type { PriceRule, PriceShape } from './priceRule.ts';
import { sumOfUnits, withinUnit } from './units.ts';
import { labelled } from './words.ts';

const schema = object({
  type: literal('grid'),
  axes: list(oneOf(...axes), 1),
  /** What `sibling_rank` counts; only with that axis, and then always. */
  rankBy: optional(oneOf(...rankMeanings)),
  /** The keys of the first axis, in each those of the second…; QF and ranks are lower bounds. */
  cells: reference('grid_cell', () => gridCell),
});
/** A table with several entries: an amount, or a price, where all of them meet. Several units taken add up. */
export interface Grid extends Infer<typeof schema> {}

/** What stays the same all over one grid. */
interface Around extends Grid {
  readonly context: PriceContext;
}
const rankOf = ({ rankBy = 'enrolled_children' }: Grid) => rankBy;

export const grid: PriceShape<Grid> = {
  schema,
  faults(price, at, context, report) {
    axesFaults(price, at, report);
    const names = price.axes.map((_, depth) => keysAt(price.cells, depth));
    cellFaults({ ...price, context }, price.cells, 0, [...at, 'cells'], names, report);
  },
  lines: (price, context) => cellLines({ ...price, context }, price.cells, 0),
  compile(price, at, context) {
    const whole = (within: PriceContext): PriceRule =>
      compileCell({ ...price, context: within }, price.cells, 0, [...at, 'cells'], {});
    if (!price.axes.includes('unit')) return whole(context);
    const units = Object.keys(context.units);
    const rules = units.map((unit) => [unit, whole(withinUnit(unit, context))] as const);
    return sumOfUnits(new Map(rules), context);
  },
  parts: ({ cells }) => pricesIn(cells),
  hasBands: ({ axes: own }) => own.includes('qf'),
};

function axesFaults({ axes: own, rankBy }: Grid, at: Path, report: Report): void {
  own.forEach((axis, index) => {
    if (own.indexOf(axis) < index) report([...at, 'axes', index], `« ${axis} » y est déjà.`);
  });
  if (own.includes('sibling_rank') !== (rankBy !== undefined))
    report(
      [...at, 'rankBy'],
      rankBy === undefined
        ? 'Il manque : ce que compte le rang de l’enfant.'
        : 'Cette grille ne distingue pas le rang de l’enfant.',
    );
}

/** All keys that stand at a depth, whatever the branch. */
function keysAt(cell: Cell, depth: number): string[] {
  if (!isBranch(cell)) return [];
  if (depth === 0) return Object.keys(cell);
  return [...new Set(Object.values(cell).flatMap((one) => keysAt(one, depth - 1)))];
}

function cellFaults(
  grid: Around,
  cell: Cell,
  depth: number,
  at: Path,
  names: readonly (readonly string[])[],
  report: Report,
): void {
  const axis = grid.axes[depth];
  if (axis === undefined) {
    if (isBranch(cell))
      report(at, 'Tous les axes sont passés : un montant ou un tarif est attendu.');
    else if (typeof cell !== 'number') priceFaults(cell, at, grid.context, report);
  } else if (!isBranch(cell)) report(at, `Il manque ici le choix par « ${axis} ».`);
  else {
    axisFaults(axis, Object.keys(cell), names[depth] ?? [], at, grid.context, report);
    for (const [key, one] of Object.entries(cell)) {
      const within = axis === 'unit' ? withinUnit(key, grid.context) : grid.context;
      cellFaults({ ...grid, context: within }, one, depth + 1, [...at, key], names, report);
    }
  }
}

const keysOf = (axis: Axis, branch: Branch, { units }: PriceContext): string[] =>
  axis === 'unit' ? Object.keys(units) : inOrder(axis, Object.keys(branch));

function cellLines(grid: Around, cell: Cell, depth: number): readonly string[] {
  const { context } = grid;
  const axis = grid.axes[depth];
  if (axis === undefined || !isBranch(cell)) return leafLines(cell, context);
  const keys = keysOf(axis, cell, context);
  return keys.flatMap((key, index) => {
    const within = axis === 'unit' ? withinUnit(key, context) : context;
    const lines = cellLines({ ...grid, context: within }, cell[key] ?? 0, depth + 1);
    const words =
      context.unit === key && axis === 'unit'
        ? ''
        : keyWords(axis, keys, index, rankOf(grid), context);
    return words ? labelled(words, lines) : lines;
  });
}

const leafLines = (cell: Cell, context: PriceContext): readonly string[] =>
  typeof cell === 'number' ? [formatPrice(cell)] : isBranch(cell) ? [] : priceLines(cell, context);

type Keys = Readonly<Record<string, string>>;

function compileCell(grid: Around, cell: Cell, depth: number, at: Path, chosen: Keys): PriceRule {
  const { context } = grid;
  const axis = grid.axes[depth];
  if (typeof cell === 'number') return leaf(cell, at, chosen);
  if (!isBranch(cell)) return compilePrice(cell, at, context);
  if (axis === undefined) return () => ({ unpriced: 'reasonable' });
  const below = (key: string, one: Cell): PriceRule =>
    compileCell(grid, one, depth + 1, [...at, key], { ...chosen, [axis]: key });
  if (axis === 'unit') {
    const { unit = '' } = context;
    const one = cell[unit];
    return one === undefined ? () => ({ unpriced: 'unit', value: unit }) : below(unit, one);
  }
  const keys = inOrder(axis, Object.keys(cell));
  const rules = keys.map((key) => below(key, cell[key] ?? 0));
  const choose = chooser(axis, keys, rankOf(grid), context);
  const highest = dearest(rules);
  return (facts, trace) => {
    const choice = choose(facts);
    if (typeof choice === 'object') return choice;
    const rule = choice === 'highest' ? highest : (rules[choice] ?? highest);
    return rule(facts, trace);
  };
}

function leaf(cents: number, at: Path, { qf: from, ...chosen }: Keys): PriceRule {
  const amount = exactOf(cents);
  const rule = ruleName(at);
  return (facts, trace) => {
    trace?.push({
      rule,
      shape: 'grid',
      adds: amount,
      values: from === undefined ? chosen : { ...chosen, qf: toldQf(facts), from },
    });
    return amount;
  };
}

function pricesIn(cell: Cell): Price[] {
  if (typeof cell === 'number') return [];
  return isBranch(cell) ? Object.values(cell).flatMap(pricesIn) : [cell];
}
