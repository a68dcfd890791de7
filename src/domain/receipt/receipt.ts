import type { Actor } from '../kernel/actor.ts';
import { assertNever, type Decider } from '../kernel/decider.ts';
import type { ActivityId, ChildId, FamilyId, ReceiptId, ReservationId } from '../kernel/ids.ts';
import type { LocalDate } from '../kernel/localDate.ts';
import type { Cents } from '../kernel/money.ts';
import type { Instant } from '../kernel/parisTime.ts';
import { isErased, type Personal } from '../kernel/personal.ts';
import { reject, type Decision, type RejectionValues } from '../kernel/rejection.ts';
import { whyTooManyWords } from '../kernel/words.ts';

/** What became of one day that was asked for. A refusal is kept like the rest: nothing is dropped in silence. */
export type Outcome =
  | {
      readonly outcome: 'accepted' | 'awaitingValidation';
      readonly reservationId: ReservationId;
      /** What the place costs, beyond what is due already. */
      readonly priceCents: Cents;
      /** Taken over: due already for that session, since a place was given back too late. */
      readonly alreadyDueCents?: Cents;
      /** Version of the rules that decided; older receipts have none. */
      readonly ruleVersion?: number;
    }
  | {
      readonly outcome: 'waitlisted';
      readonly reservationId: ReservationId;
      /** From 1; absent when its age group is no more. */
      readonly rank?: number;
      readonly priceCents: Cents;
      readonly alreadyDueCents?: Cents;
      readonly ruleVersion?: number;
    }
  | {
      readonly outcome: 'cancelled';
      readonly reservationId: ReservationId;
      readonly timing: 'inTime' | 'late';
      readonly billedCents: Cents;
      /** What an earlier late cancellation had left due: it stays so. */
      readonly alreadyDueCents?: Cents;
      /** The limit that decided; absent when the town had cancelled the session itself. */
      readonly limit?: Instant;
      readonly ruleVersion?: number;
    }
  /** The child's other household has booked the day, and will be invoiced: neither its price nor its id is told. */
  | { readonly outcome: 'heldByOtherHousehold' }
  | { readonly outcome: 'refused'; readonly code: string; readonly values: RejectionValues };

export interface ReceiptDay {
  readonly act: 'reserve' | 'cancel';
  readonly childId: ChildId;
  readonly activityId: ActivityId;
  readonly date: LocalDate;
}

/** One day as it was asked for or given back. */
export interface AskedDay extends ReceiptDay {
  /** The person has accepted that a late cancellation stays billed. */
  readonly acceptsBilling?: boolean;
}

export interface ReceiptLine extends ReceiptDay {
  readonly result: Outcome;
}

/** What a family, or an agent for it, has sent. */
export interface ReceivedSubmission {
  readonly receiptId: ReceiptId;
  readonly familyId: FamilyId;
  readonly receivedAt: Instant;
  readonly sentBy: Actor;
  readonly days: readonly AskedDay[];
}

/** The same word about one child, for some of the days: their places among the days asked. */
interface SubmissionNote {
  readonly childId: ChildId;
  readonly about: readonly number[];
  readonly personal: Personal<{ readonly note: string }>;
}

interface IssuedReceipt {
  readonly receiptId: ReceiptId;
  readonly familyId: FamilyId;
  readonly issuedAt: Instant;
  readonly lines: readonly ReceiptLine[];
}

export type ReceiptEvent =
  /** Kept before any day is decided: a submission cut off half-way is finished from here. */
  | ({
      readonly type: 'SubmissionReceived';
      /**
       * Of this very reception. The same submission received by two processes at one instant makes two different
       * events, of which its stream takes one: who received the other knows.
       */
      readonly receptionId?: string;
    } & ReceivedSubmission)
  /** Its child's own event, so that it goes when the child is erased. */
  | ({ readonly type: 'SubmissionNoteReceived' } & SubmissionNote)
  /**
   * Another than who received it decides it from now on: it was cut off, or seemed so. Who received it issues no
   * receipt any more.
   */
  | {
      readonly type: 'SubmissionTakenUp';
      readonly receiptId: ReceiptId;
      readonly takenUpAt: Instant;
    }
  /** Accusé de réception (CRPA L112-11): given at once for each submission, with the outcome of each day. */
  | ({ readonly type: 'ReceiptIssued' } & IssuedReceipt);

/** A submission as its stream keeps it, with the word about each day that has one. */
export interface KeptSubmission extends ReceivedSubmission {
  readonly notes: Readonly<Record<number, Personal<string>>>;
}

export type Receipt =
  | { readonly status: 'none' }
  | {
      readonly status: 'received';
      readonly submission: KeptSubmission;
      /** Its receipt is left to those who take it up: what each finds in the books is the same. */
      readonly takenUp: boolean;
    }
  /** Receipts of before submissions were kept have none. */
  | ({ readonly status: 'issued'; readonly submission?: KeptSubmission } & IssuedReceipt);

export const receipt: Decider<Receipt, ReceiptEvent> = {
  initial: { status: 'none' },
  evolve(state, event) {
    switch (event.type) {
      case 'SubmissionReceived': {
        const { receiptId, familyId, receivedAt, sentBy, days } = event;
        const submission = { receiptId, familyId, receivedAt, sentBy, days, notes: {} };
        return { status: 'received', submission, takenUp: false };
      }
      case 'SubmissionNoteReceived': {
        if (state.status !== 'received') return state;
        const { submission } = state;
        const { personal } = event;
        const note = isErased(personal) ? personal : personal.note;
        const added = Object.fromEntries(event.about.map((index) => [index, note]));
        return {
          ...state,
          submission: { ...submission, notes: { ...submission.notes, ...added } },
        };
      }
      case 'SubmissionTakenUp':
        return state.status === 'received' ? { ...state, takenUp: true } : state;
      case 'ReceiptIssued': {
        const { receiptId, familyId, issuedAt, lines } = event;
        const issued = { status: 'issued', receiptId, familyId, issuedAt, lines } as const;
        return state.status === 'received' ? { ...issued, submission: state.submission } : issued;
      }
      default:
        return assertNever(event);
    }
  },
};

/** Keeps what was sent, once. `RECEIPT.EMPTY`, `SUBMISSION.NOTE_TOO_LONG`. */
export function receiveSubmission(
  state: Receipt,
  { notes, ...submission }: KeptSubmission,
  receptionId?: string,
): Decision<ReceiptEvent> {
  if (state.status !== 'none') return [];
  if (submission.days.length === 0) return reject('RECEIPT.EMPTY');
  for (const note of Object.values(notes)) {
    const tooLong = whyTooManyWords('note', note);
    if (tooLong) return tooLong;
  }
  const reception = receptionId === undefined ? {} : { receptionId };
  return [
    { type: 'SubmissionReceived', ...submission, ...reception },
    ...noteEvents(submission.days, notes),
  ];
}

function noteEvents(days: readonly AskedDay[], notes: KeptSubmission['notes']): ReceiptEvent[] {
  const said = new Map<string, SubmissionNote & { readonly about: number[] }>();
  days.forEach(({ childId }, index) => {
    const note = notes[index];
    if (note === undefined) return;
    const key = `${childId}/${note}`;
    const known = said.get(key);
    if (known) known.about.push(index);
    else said.set(key, { childId, about: [index], personal: { note } });
  });
  return [...said.values()].map((note) => ({ type: 'SubmissionNoteReceived', ...note }));
}

/** Takes up a submission that seems to be cut off. Nothing new when that was done before, or its receipt is issued. */
export const takeUpSubmission = (
  state: Receipt,
  { receiptId }: KeptSubmission,
  takenUpAt: Instant,
): readonly ReceiptEvent[] =>
  state.status === 'received' && !state.takenUp
    ? [{ type: 'SubmissionTakenUp', receiptId, takenUpAt }]
    : [];

/**
 * Issues a receipt, once: a receipt never changes. Nothing new either from who received the submission (`firstHand`),
 * once it was taken up by another: what the days led to may be another by then. `RECEIPT.EMPTY`.
 */
export function issueReceipt(
  state: Receipt,
  issued: IssuedReceipt,
  by: 'firstHand' | 'takenUp' = 'firstHand',
): Decision<ReceiptEvent> {
  if (state.status === 'issued') return [];
  if (by === 'firstHand' && state.status === 'received' && state.takenUp) return [];
  if (issued.lines.length === 0) return reject('RECEIPT.EMPTY');
  return [{ type: 'ReceiptIssued', ...issued }];
}

/** The number that a person reads out on the phone: `4F2A-91C0-77DE`, from the end of the receipt's id. */
export const receiptNumber = (receiptId: ReceiptId): string =>
  (receiptId.replaceAll('-', '').slice(-12).toUpperCase().match(/.{4}/g) ?? []).join('-');
