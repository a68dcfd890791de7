import type { ChildId, FamilyId, ReceiptId } from '../../domain/kernel/ids.ts';
import type { LocalDate } from '../../domain/kernel/localDate.ts';
import type { Instant } from '../../domain/kernel/parisTime.ts';
import type { Outcome, ReceiptEvent } from '../../domain/receipt/receipt.ts';
import type { Projection } from './projection.ts';

/** A receipt as a list of them names it. No word of the family: these stay in the receipt's own stream. */
export interface ReceiptCard {
  readonly receiptId: ReceiptId;
  readonly familyId: FamilyId;
  readonly issuedAt: Instant;
  /** How many days had each outcome. */
  readonly outcomes: Readonly<Partial<Record<Outcome['outcome'], number>>>;
  readonly childIds: readonly ChildId[];
  /** The first and the last of its days. */
  readonly from: LocalDate;
  readonly to: LocalDate;
}

type Event = Extract<ReceiptEvent, { type: 'ReceiptIssued' }>;

/**
 * Receipts, a small document each, written once: a document that grew with every sending would cost more at each. Their
 * ids begin with the instant, so that a family's come in the order of time, page by page, from one index.
 */
export const receiptCards: Projection<ReceiptCard, Event> = {
  name: 'receipt_cards',
  version: 1,
  indexes: ['familyId'],
  handles: ['ReceiptIssued'],
  route: ({ issuedAt, receiptId }) => [`${issuedAt}_${receiptId}`],
  apply(_before, { receiptId, familyId, issuedAt, lines }) {
    const outcomes: Partial<Record<Outcome['outcome'], number>> = {};
    const childIds = new Set<ChildId>();
    let [from, to] = [lines[0]?.date, lines[0]?.date];
    for (const { result, childId, date } of lines) {
      outcomes[result.outcome] = (outcomes[result.outcome] ?? 0) + 1;
      childIds.add(childId);
      if (from === undefined || date < from) from = date;
      if (to === undefined || date > to) to = date;
    }
    if (from === undefined || to === undefined) return undefined;
    return { receiptId, familyId, issuedAt, outcomes, childIds: [...childIds], from, to };
  },
};
