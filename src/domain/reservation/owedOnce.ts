import type { ChildId, FamilyId } from '../kernel/ids.ts';
import { asCents, type Cents } from '../kernel/money.ts';

/** What a place costs a household, given what it owes for that child's session already. */
export interface Charge {
  /** What the place adds to the bill. */
  readonly priceCents: Cents;
  /** What a late cancellation has left due; absent when nothing is. */
  readonly alreadyDueCents?: Cents;
}

/**
 * A household owes a child's session at most once: who books again after a late cancellation takes over what that has
 * left due, and pays no more than the place costs beyond it.
 */
export const chargeFor = (priceCents: Cents, dueCents: Cents = asCents(0)): Charge =>
  dueCents === 0
    ? { priceCents }
    : { priceCents: asCents(Math.max(0, priceCents - dueCents)), alreadyDueCents: dueCents };

/** What late cancellations of one session have left due, by child and household. */
export type Dues = Readonly<Record<string, Cents>>;

interface Debtor {
  readonly childId: ChildId;
  readonly familyId: FamilyId;
}

const keyOf = ({ childId, familyId }: Debtor): string => `${childId}/${familyId}`;

/** What a household owes for a child already; undefined when nothing. */
export const dueOf = (dues: Dues, debtor: Debtor): Cents | undefined => dues[keyOf(debtor)];

/** The dues once a cancellation has left so much more due. Late ones are few: a copy costs little. */
export const dueMore = (dues: Dues, debtor: Debtor, cents: Cents): Dues =>
  cents === 0 ? dues : { ...dues, [keyOf(debtor)]: asCents((dueOf(dues, debtor) ?? 0) + cents) };

/** The dues once this household owes nothing more for that child. */
export const dueNothing = (dues: Dues, debtor: Debtor): Dues =>
  Object.fromEntries(Object.entries(dues).filter(([key]) => key !== keyOf(debtor)));
