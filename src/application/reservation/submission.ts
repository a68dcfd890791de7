import type { FamilyId, ReceiptId } from '../../domain/kernel/ids.ts';
import { isRejection, reject, type Rejection } from '../../domain/kernel/rejection.ts';
import {
  issueReceipt,
  type Outcome,
  type Receipt,
  type ReceiptLine,
} from '../../domain/receipt/receipt.ts';
import type { SessionTermsSource } from '../activity/sessionTermsSource.ts';
import { receipts } from '../aggregates.ts';
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

/** More than this in one sending is refused: two months of four children. */
export const maxLines = 400;

export type IssuedReceipt = Extract<Receipt, { status: 'issued' }>;

export interface Submitted {
  readonly receipt: IssuedReceipt;
  /** Where the last of its events stands: read models that have seen it show the result. */
  readonly position: Position | undefined;
}

/** Sends several days at once: each is decided by its own session, and all outcomes stand on one receipt. */
export class Submissions {
  private readonly underWay = new Map<ReceiptId, Promise<Submitted | Rejection>>();

  constructor(
    private readonly handler: CommandHandler,
    private readonly reservations: ReservationCommands,
    private readonly sessions: SessionTermsSource,
    private readonly ids: Ids,
  ) {}

  /**
   * Decides every day, then issues the receipt. Sent again with the same request id, it answers with the same
   * receipt, also when the portal died half-way. `ACCESS.DENIED`, `RECEIPT.EMPTY`, `SUBMISSION.TOO_LONG`,
   * `REQUEST.KEY_REUSED` (the request id has served for other days: nothing of these is done).
   */
  async submit(submission: Submission, request: Request): Promise<Submitted | Rejection> {
    const { familyId, book, cancel } = submission;
    const denied = deny(request.principal, 'book', familyId);
    if (denied) return denied;
    if (book.length + cancel.length > maxLines)
      return reject('SUBMISSION.TOO_LONG', { max: maxLines });
    const receiptId = this.receiptIdOf(request);
    // The same request sent twice at once: the second waits, and finds the receipt of the first.
    await this.underWay.get(receiptId)?.catch(() => undefined);
    const submitting = this.decideAll(submission, request, receiptId);
    this.underWay.set(receiptId, submitting);
    try {
      return await submitting;
    } finally {
      if (this.underWay.get(receiptId) === submitting) this.underWay.delete(receiptId);
    }
  }

  private async decideAll(
    submission: Submission,
    request: Request,
    receiptId: ReceiptId,
  ): Promise<Submitted | Rejection> {
    const { familyId, book, cancel } = submission;
    const issued = await this.handler.load(receipts, receiptId);
    if (issued.state.status === 'issued')
      return answers(issued.state, submission)
        ? { receipt: issued.state, position: undefined }
        : reject('REQUEST.KEY_REUSED');

    // Places given back come first: a sister may take her brother's.
    const cancelled = await Promise.all(
      cancel.map((asked) => this.line('cancel', asked, familyId, request)),
    );
    const booked = await Promise.all(
      book.map((asked) => this.line('reserve', asked, familyId, request)),
    );
    const lines = [...cancelled, ...booked];
    const context = contextOf(request, this.ids.derive(`${request.requestId}/receipt`));
    const result = await this.handler.execute(receipts, receiptId, context, (state) =>
      issueReceipt(state, { receiptId, familyId, issuedAt: request.now, lines }),
    );
    if (result.kind === 'rejection') return result;
    if (result.kind === 'staleRevision' || result.state.status === 'none')
      throw new Error('a receipt was not issued');
    if (!answers(result.state, submission)) return reject('REQUEST.KEY_REUSED');
    return { receipt: result.state, position: result.position };
  }

  /** A receipt of the family. `RECEIPT.UNKNOWN`, also for another family's. */
  async receipt(receiptId: ReceiptId, request: Request): Promise<IssuedReceipt | Rejection> {
    const { state } = await this.handler.load(receipts, receiptId);
    if (state.status === 'none' || deny(request.principal, 'readReceipt', state.familyId))
      return reject('RECEIPT.UNKNOWN');
    return state;
  }

  /** Another person's request of the same id is another request. */
  private receiptIdOf({ requestId, principal }: Request): ReceiptId {
    return this.ids.derive(`receipt/${principal.actor.id}/${requestId}`) as ReceiptId;
  }

  private async line(
    act: ReceiptLine['act'],
    asked: Submission['book'][number] | Submission['cancel'][number],
    familyId: FamilyId,
    request: Request,
  ): Promise<ReceiptLine> {
    const { childId, activityId, date } = asked;
    const result =
      'acceptsBilling' in asked
        ? await this.reservations.cancel({ ...asked, familyId }, request)
        : await this.reservations.reserve({ ...asked, familyId }, request);
    return { act, childId, activityId, date, result: await this.outcome(result, asked, request) };
  }

  private async outcome(
    result: BookResult,
    { childId, activityId, date }: PlaceRef,
    { now }: Request,
  ): Promise<Outcome> {
    if (result.kind === 'rejection')
      return { outcome: 'refused', code: result.code, values: result.values };
    if (result.kind === 'staleRevision') throw new Error('no revision was expected');
    const made = outcomeOfEvents(result.events, childId);
    if (made) return made;
    const terms = await this.sessions.find(activityId, date, now);
    const groups = isRejection(terms) || terms.status === 'noSession' ? [] : terms.groups;
    return standingOutcome(result.state, groups, childId);
  }
}

const dayOf = ({ childId, activityId, date }: PlaceRef): string =>
  `${childId}/${activityId}/${date}`;

/** Whether a receipt is that of this submission: the same days, given back and asked for in the same order. */
function answers({ familyId, lines }: IssuedReceipt, submission: Submission): boolean {
  const asked = [
    ...submission.cancel.map((day) => `cancel/${dayOf(day)}`),
    ...submission.book.map((day) => `reserve/${dayOf(day)}`),
  ];
  return (
    familyId === submission.familyId &&
    lines.length === asked.length &&
    lines.every((line, index) => `${line.act}/${dayOf(line)}` === asked[index])
  );
}
