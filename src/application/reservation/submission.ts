import { birthDateOf } from '../../domain/child/child.ts';
import type { FamilyId, ReceiptId } from '../../domain/kernel/ids.ts';
import type { Instant } from '../../domain/kernel/parisTime.ts';
import { isRejection, reject, type Rejection } from '../../domain/kernel/rejection.ts';
import { answers } from '../../domain/receipt/answers.ts';
import {
  receiveSubmission,
  takeUpSubmission,
  type AskedDay,
  type KeptSubmission,
  type Receipt,
} from '../../domain/receipt/receipt.ts';
import type { SessionTermsSource } from '../activity/sessionTermsSource.ts';
import { children, receipts } from '../aggregates.ts';
import type { CommandHandler } from '../commandHandler.ts';
import type { Ids } from '../ports/ids.ts';
import { deny } from '../principal.ts';
import { contextOf, type Request } from '../request.ts';
import type { PlaceRef, ReservationCommands } from './reservationCommands.ts';
import {
  requestOf,
  SubmissionDecisions,
  type IssuedReceipt,
  type Submitted,
} from './submissionDecisions.ts';

export type { IssuedReceipt, Submitted } from './submissionDecisions.ts';

/** Days asked for and given back in one sending. */
export interface Submission {
  readonly familyId: FamilyId;
  readonly book: readonly (PlaceRef & { readonly note?: string })[];
  readonly cancel: readonly (PlaceRef & { readonly acceptsBilling: boolean })[];
}

/** The receipt of a submission. Another person's request of the same id is another request. */
export const receiptIdOf = (
  ids: Pick<Ids, 'derive'>,
  { requestId, principal }: Pick<Request, 'requestId' | 'principal'>,
): ReceiptId => ids.derive(`receipt/${principal.actor.id}/${requestId}`) as ReceiptId;

/** More than this in one sending is refused: two months of four children. */
export const maxLines = 400;

/** `SUBMISSION.TOO_LONG`, when so many days are more than one submission takes. */
export const whyTooLong = (lines: number): Rejection | undefined =>
  lines > maxLines ? reject('SUBMISSION.TOO_LONG', { max: maxLines }) : undefined;

/**
 * Sends several days at once: what was sent is kept first, then each day is decided by its own session, and all outcomes
 * stand on one receipt. Cut off in between, it is finished from what was kept: the days and their receipt don't part,
 * whichever processes have it in hand. Who received it decides it without more ado. Who takes it up says so on its
 * stream first, from when on no receipt comes from who received it; and leaves each decision in its session's book,
 * refusals too, where all who still decide it find the same.
 */
export class Submissions {
  private readonly underWay = new Map<ReceiptId, Promise<unknown>>();
  private readonly decisions: SubmissionDecisions;

  constructor(
    private readonly handler: CommandHandler,
    reservations: ReservationCommands,
    sessions: SessionTermsSource,
    private readonly ids: Ids,
  ) {
    this.decisions = new SubmissionDecisions(handler, reservations, sessions, ids);
  }

  /**
   * Decides every day, then issues the receipt. Sent again with the same request id, it answers with the same
   * receipt, also when the portal died half-way. `ACCESS.DENIED`, `RECEIPT.EMPTY`, `SUBMISSION.TOO_LONG`,
   * `REQUEST.KEY_REUSED` (the request id has served for other days, consents or words: nothing of these is done).
   */
  async submit(submission: Submission, request: Request): Promise<Submitted | Rejection> {
    const { familyId, book, cancel } = submission;
    const denied = deny(request.principal, 'book', familyId);
    if (denied) return denied;
    const tooLong = whyTooLong(book.length + cancel.length);
    if (tooLong) return tooLong;
    const receiptId = receiptIdOf(this.ids, request);
    return this.alone(receiptId, async () => {
      const received = await this.receive(receiptId, submission, request);
      if (isRejection(received)) return received;
      const { state, isNew } = received;
      if (state.status === 'issued') return { receipt: state, position: undefined };
      const { now, correlationId } = request;
      const decided = isNew
        ? await this.decisions.decideAll(state.submission, { now, correlationId, by: 'firstHand' })
        : undefined;
      return decided ?? this.takeUp(state.submission, now, correlationId);
    });
  }

  /** Finishes a submission that was cut off; false when there was nothing left to do. */
  async finish(receiptId: ReceiptId, now: Instant): Promise<boolean> {
    return this.alone(receiptId, async () => {
      const { state } = await this.handler.load(receipts, receiptId);
      if (state.status !== 'received') return false;
      await this.takeUp(state.submission, now, receiptId);
      return true;
    });
  }

  /** A receipt of the family. `RECEIPT.UNKNOWN`, also for another family's. */
  async receipt(receiptId: ReceiptId, request: Request): Promise<IssuedReceipt | Rejection> {
    const { state } = await this.handler.load(receipts, receiptId);
    if (state.status !== 'issued' || deny(request.principal, 'readReceipt', state.familyId))
      return reject('RECEIPT.UNKNOWN');
    return state;
  }

  /** The same submission sent twice at once: the second waits, and finds the receipt of the first. */
  private async alone<T>(receiptId: ReceiptId, work: () => Promise<T>): Promise<T> {
    const before = this.underWay.get(receiptId)?.catch(() => undefined);
    const working = before ? before.then(work) : work();
    this.underWay.set(receiptId, working);
    try {
      return await working;
    } finally {
      if (this.underWay.get(receiptId) === working) this.underWay.delete(receiptId);
    }
  }

  /** Keeps what was sent, unless it was kept before; another submission under the same id is refused. */
  private async receive(
    receiptId: ReceiptId,
    { familyId, book, cancel }: Submission,
    request: Request,
  ): Promise<Received | Rejection> {
    const submission: KeptSubmission = {
      receiptId,
      familyId,
      receivedAt: request.now,
      sentBy: request.principal.actor,
      // Places given back come first: a sister may take her brother's.
      days: [
        ...cancel.map((place) => ({ ...dayOf('cancel', place), ...consentOf(place) })),
        ...book.map((place) => dayOf('reserve', place)),
      ],
      notes: await this.notesOf(familyId, book, cancel.length),
    };
    const receptionId = this.ids.next();
    const result = await this.handler.execute(
      receipts,
      receiptId,
      contextOf(request, this.ids.derive(`${receiptId}/received`)),
      (before) => receiveSubmission(before, submission, receptionId),
      { usuallyFirst: true },
    );
    if (result.kind === 'rejection') return result;
    if (result.kind === 'staleRevision') throw new Error('no revision was expected');
    const { state, events, repeated } = result;
    if (state.status === 'none') throw new Error('a submission was not kept');
    if (!answers(state, submission)) return reject('REQUEST.KEY_REUSED');
    return { state, isNew: !repeated && events.length > 0 };
  }

  /** The words about children of the family, by day. A word about another child would be sealed under a stranger's key. */
  private async notesOf(
    familyId: FamilyId,
    book: Submission['book'],
    from: number,
  ): Promise<KeptSubmission['notes']> {
    const notes: Record<number, string> = {};
    for (const [index, { childId, note }] of book.entries()) {
      if (note === undefined) continue;
      const { state: child } = await this.handler.load(children, childId);
      const known = child.status === 'registered' && birthDateOf(child) !== undefined;
      if (known && child.familyIds.includes(familyId)) notes[from + index] = note;
    }
    return notes;
  }

  /** Decides a submission that another had in hand, and may still have. */
  private async takeUp(
    submission: KeptSubmission,
    now: Instant,
    correlationId: string,
  ): Promise<Submitted> {
    const { receiptId } = submission;
    const deciding = { now, correlationId, by: 'takenUp' } as const;
    const context = contextOf(
      requestOf(submission, deciding),
      this.ids.derive(`${receiptId}/taken-up`),
    );
    const result = await this.handler.execute(receipts, receiptId, context, (state) =>
      takeUpSubmission(state, submission, now),
    );
    if (result.kind === 'done' && result.state.status === 'issued')
      return { receipt: result.state, position: undefined };
    const decided = await this.decisions.decideAll(submission, deciding);
    if (!decided) throw new Error('a receipt was not issued');
    return decided;
  }
}

/** What was kept, and whether this very call did so. */
interface Received {
  readonly state: Exclude<Receipt, { status: 'none' }>;
  readonly isNew: boolean;
}

const dayOf = (
  act: AskedDay['act'],
  { childId, activityId, date }: PlaceRef,
): Omit<AskedDay, 'acceptsBilling'> => ({ act, childId, activityId, date });

const consentOf = ({ acceptsBilling }: { readonly acceptsBilling: boolean }) =>
  acceptsBilling ? { acceptsBilling } : {};
