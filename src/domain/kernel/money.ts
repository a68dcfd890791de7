declare const cents: unique symbol;

/** An amount in whole euro cents. Never a float, never euros. */
export type Cents = number & { readonly [cents]: true };

/** Brands a whole number of cents. Throws a RangeError for a fraction or an unsafe number. */
export function asCents(amount: number): Cents {
  if (!Number.isSafeInteger(amount)) throw new RangeError('an amount is a whole number of cents');
  return amount as Cents;
}
