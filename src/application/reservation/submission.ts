import { birthDateOf } from '../../domain/child/child.ts';
import type { FamilyId, ReceiptId } from '../../domain/kernel/ids.ts';
import { localDateAt, type Instant } from '../../domain/kernel/parisTime.ts';
import { isErased } from '../../domain/kernel/personal.ts';
import { isRejection, reject, type Rejection } from '../../domain/kernel/rejection.ts';
import { answers } from '../../domain/receipt/answers.ts';
import {
  issueReceipt,
  receiveSubmission,
  type AskedDay,
  type KeptSubmission,
  type Outcome,
  type Receipt,
  type ReceiptLine,
} from '../../domain/receipt/receipt.ts';
import type { SessionTermsSource } from '../activity/sessionTermsSource.ts';
import { children, receipts } from '../aggregates.ts';
import type { CommandHandler } from '../commandHandler.ts';
import type { Position } from '../ports/eventStore.ts';
import type { Ids } from '../ports/ids.ts';
import { deny } from '../principal.ts';
import { contextOf, type Request } from '../request.ts';
import { outcomeOfEvents, standingOutcome } from './outcome.ts';
import type { BookResult, PlaceRef, ReservationCommands } from './reservationCommands.ts';

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

export type IssuedReceipt = Extract<Receipt, { status: 'issued' }>;

export interface Submitted {
  readonly receipt: IssuedReceipt;
  /** Where the last of its events stands: read models that have seen it show the result. */
  readonly position: Position | undefined;
}

/**
 * Sends several days at once: what was sent is kept first, then each day is decided by its own session, and all outcomes
 * stand on one receipt. Cut off in between, it is finished from what was kept: the days and their receipt don't part.
 */
export class Submissions {
  private readonly underWay = new Map<ReceiptId, Promise<unknown>>();

  constructor(
    private readonly handler: CommandHandler,
    private readonly reservations: ReservationCommands,
    private readonly sessions: SessionTermsSource,
    private readonly ids: Ids,
  ) {}

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
      return received.status === 'issued'
        ? { receipt: received, position: undefined }
        : this.decideAll(received.submission, request.now, request.correlationId);
    });
  }

  /** Finishes a submission that was cut off; false when there was nothing left to do. */
  async finish(receiptId: ReceiptId, now: Instant): Promise<boolean> {
    return this.alone(receiptId, async () => {
      const { state } = await this.handler.load(receipts, receiptId);
      if (state.status !== 'received') return false;
      await this.decideAll(state.submission, now, receiptId);
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
  ): Promise<Exclude<Receipt, { status: 'none' }> | Rejection> {
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
    const result = await this.handler.execute(
      receipts,
      receiptId,
      contextOf(request, this.ids.derive(`${receiptId}/received`)),
      (before) => receiveSubmission(before, submission),
      { usuallyFirst: true },
    );
    if (result.kind === 'rejection') return result;
    if (result.kind === 'staleRevision') throw new Error('no revision was expected');
    const { state } = result;
    if (state.status === 'none') throw new Error('a submission was not kept');
    return answers(state, submission) ? state : reject('REQUEST.KEY_REUSED');
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

  /** Decides the days of a submission that was kept, then issues its receipt. What is decided already stays so. */
  private async decideAll(
    submission: KeptSubmission,
    now: Instant,
    correlationId: string,
  ): Promise<Submitted> {
    const { receiptId, familyId, days, sentBy } = submission;
    const request = {
      principal: { actor: sentBy, familyId },
      requestId: receiptId,
      correlationId,
      now,
    };
    const decide = (act: AskedDay['act']) =>
      Promise.all(
        days.flatMap((day, index) =>
          day.act === act ? [this.line(submission, day, index, request)] : [],
        ),
      );
    const lines = [...(await decide('cancel')), ...(await decide('reserve'))];
    const context = contextOf(request, this.ids.derive(`${receiptId}/issued`));
    const result = await this.handler.execute(receipts, receiptId, context, (state) =>
      issueReceipt(state, { receiptId, familyId, issuedAt: now, lines }),
    );
    if (result.kind !== 'done' || result.state.status !== 'issued')
      throw new Error('a receipt was not issued');
    return { receipt: result.state, position: result.position };
  }

  private async line(
    { familyId, receivedAt, notes }: KeptSubmission,
    { act, childId, activityId, date, acceptsBilling = false }: AskedDay,
    index: number,
    { now, ...rest }: Request,
  ): Promise<ReceiptLine> {
    const place = { childId, activityId, date };
    // A family that was in time stays so, however late its request is finished; but no place is taken in the past.
    const inTime = act === 'cancel' || date > localDateAt(now);
    const request = { ...rest, now: inTime ? receivedAt : now };
    const note = notes[index];
    const word = note === undefined || isErased(note) ? {} : { note };
    const result =
      act === 'cancel'
        ? await this.reservations.cancel({ ...place, familyId, acceptsBilling }, request)
        : await this.reservations.reserve({ ...place, familyId, ...word }, request);
    return { act, ...place, result: await this.outcome(result, place, familyId, request) };
  }

  private async outcome(
    result: BookResult,
    { childId, activityId, date }: PlaceRef,
    familyId: FamilyId,
    { now }: Request,
  ): Promise<Outcome> {
    if (result.kind === 'rejection')
      return { outcome: 'refused', code: result.code, values: result.values };
    if (result.kind === 'staleRevision') throw new Error('no revision was expected');
    const made = outcomeOfEvents(result.events, childId);
    if (made) return made;
    const terms = await this.sessions.find(activityId, date, now);
    const groups = isRejection(terms) || terms.status === 'noSession' ? [] : terms.groups;
    return standingOutcome(result.state, groups, childId, familyId);
  }
}

const dayOf = (
  act: AskedDay['act'],
  { childId, activityId, date }: PlaceRef,
): Omit<AskedDay, 'acceptsBilling'> => ({ act, childId, activityId, date });

const consentOf = ({ acceptsBilling }: { readonly acceptsBilling: boolean }) =>
  acceptsBilling ? { acceptsBilling } : {};
