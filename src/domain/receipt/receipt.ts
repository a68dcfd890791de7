import type { Decider } from '../kernel/decider.ts';
import type { ActivityId, ChildId, FamilyId, ReceiptId, ReservationId } from '../kernel/ids.ts';
import type { LocalDate } from '../kernel/localDate.ts';
import type { Cents } from '../kernel/money.ts';
import type { Instant } from '../kernel/parisTime.ts';
import { reject, type Decision, type RejectionValues } from '../kernel/rejection.ts';

/** What became of one day that was asked for. A refusal is kept like the rest: nothing is dropped in silence. */
export type Outcome =
  | {
      readonly outcome: 'accepted' | 'awaitingValidation';
      readonly reservationId: ReservationId;
      readonly priceCents: Cents;
    }
  | {
      readonly outcome: 'waitlisted';
      readonly reservationId: ReservationId;
      readonly rank: number;
      readonly priceCents: Cents;
    }
  | {
      readonly outcome: 'cancelled';
      readonly reservationId: ReservationId;
      readonly timing: 'inTime' | 'late';
      readonly billedCents: Cents;
      /** The limit that decided; absent when the town had cancelled the session itself. */
      readonly limit?: Instant;
    }
  | { readonly outcome: 'refused'; readonly code: string; readonly values: RejectionValues };

export interface ReceiptLine {
  readonly act: 'reserve' | 'cancel';
  readonly childId: ChildId;
  readonly activityId: ActivityId;
  readonly date: LocalDate;
  readonly result: Outcome;
}

/** Accusé de réception (CRPA L112-11): given at once for each submission, with the outcome of each day. */
export interface ReceiptEvent {
  readonly type: 'ReceiptIssued';
  readonly receiptId: ReceiptId;
  readonly familyId: FamilyId;
  readonly issuedAt: Instant;
  readonly lines: readonly ReceiptLine[];
}

export type Receipt =
  { readonly status: 'none' } | ({ readonly status: 'issued' } & Omit<ReceiptEvent, 'type'>);

export const receipt: Decider<Receipt, ReceiptEvent> = {
  initial: { status: 'none' },
  evolve(_state, { receiptId, familyId, issuedAt, lines }) {
    return { status: 'issued', receiptId, familyId, issuedAt, lines };
  },
};

/** Issues a receipt, once: a receipt never changes. `RECEIPT.EMPTY`. */
export function issueReceipt(
  state: Receipt,
  issued: Omit<ReceiptEvent, 'type'>,
): Decision<ReceiptEvent> {
  if (state.status === 'issued') return [];
  if (issued.lines.length === 0) return reject('RECEIPT.EMPTY');
  return [{ type: 'ReceiptIssued', ...issued }];
}

/** The number that a person reads out on the phone: `4F2A-91C0-77DE`, from the end of the receipt's id. */
export const receiptNumber = (receiptId: ReceiptId): string =>
  (receiptId.replaceAll('-', '').slice(-12).toUpperCase().match(/.{4}/g) ?? []).join('-');
