import type { AdjustmentRule } from '../adjustment/adjustmentRule.ts';
import type { Price } from '../price/price.ts';
import { isUnpriced, type Amount, type PriceContext } from '../price/priceRule.ts';
import type { Path, Report, Schema } from '../schema/schema.ts';
import { reference, variants } from '../schema/structures.ts';
import { cap, type Cap } from './cap.ts';
import { membership, type Membership } from './membership.ts';
import type { ModifierContext, ModifierShape } from './modifierRule.ts';
import { ownMeal, type OwnMeal } from './ownMeal.ts';
import { residency, type Residency } from './residency.ts';
import { sibling, type Sibling } from './sibling.ts';
import { siblingDefinitions } from './siblingEffect.ts';

/** Why a price changes for some: the reasons seen in real regulations, each in a file of its own. */
export type Modifier = Sibling | Residency | OwnMeal | Membership | Cap;

type Shapes = { readonly [T in Modifier['type']]: ModifierShape<Extract<Modifier, { type: T }>> };
const shapes: Shapes = { sibling, residency, own_meal: ownMeal, membership, cap };

const schema: Schema<Modifier> = variants<Modifier>('type', () =>
  Object.fromEntries(Object.entries(shapes).map(([type, shape]) => [type, shape.schema])),
);
/** Any modifier, where a rule holds one. */
export const anyModifier: Schema<Modifier> = reference('modifier', () => schema);
/** What the published schema refers to. */
export const modifierDefinitions: Readonly<Record<string, Schema<unknown>>> = {
  modifier: schema,
  ...siblingDefinitions,
};

const shapeOf = (modifier: Modifier): ModifierShape<Modifier> =>
  shapes[modifier.type] as unknown as ModifierShape<Modifier>;

/** The price that modifiers change, where it stands, and what is around it. */
export interface ModifiedPrice {
  readonly price: Price;
  readonly priceAt: Path;
  readonly context: PriceContext;
}
const contextOf = (
  { price, priceAt, context }: ModifiedPrice,
  modifiers: readonly Modifier[],
  index: number,
): ModifierContext => ({ ...context, price, priceAt, earlier: modifiers.slice(0, index) });

/** The faults of a list of modifiers; `at` is the list's place. */
export const modifierFaults = (
  modifiers: readonly Modifier[],
  at: Path,
  base: ModifiedPrice,
  report: Report,
): void =>
  modifiers.forEach((one, index) =>
    shapeOf(one).faults(one, [...at, index], contextOf(base, modifiers, index), report),
  );

export const modifierLines = (
  modifiers: readonly Modifier[],
  context: PriceContext,
): readonly string[] => modifiers.flatMap((one) => shapeOf(one).lines(one, context));

/** A list of modifiers as one: each changes what the one before left. */
export function compileModifiers(
  modifiers: readonly Modifier[],
  at: Path,
  base: ModifiedPrice,
): AdjustmentRule {
  const rules = modifiers.map((one, index) =>
    shapeOf(one).compile(one, [...at, index], contextOf(base, modifiers, index)),
  );
  return (before, facts, trace) => {
    let amount: Amount = before;
    for (const rule of rules) {
      if (isUnpriced(amount)) return amount;
      amount = rule(amount, facts, trace);
    }
    return amount;
  };
}
