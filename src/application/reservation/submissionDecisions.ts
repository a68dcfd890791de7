import { isErased } from '../../domain/kernel/personal.ts';
import { isRejection } from '../../domain/kernel/rejection.ts';
import type { FamilyId } from '../../domain/kernel/ids.ts';
import type { Instant } from '../../domain/kernel/parisTime.ts';
import {
  issueReceipt,
  type AskedDay,
  type KeptSubmission,
  type Outcome,
  type Receipt,
  type ReceiptLine,
} from '../../domain/receipt/receipt.ts';
import type { SessionTermsSource } from '../activity/sessionTermsSource.ts';
import { receipts } from '../aggregates.ts';
import type { CommandHandler } from '../commandHandler.ts';
import type { Position } from '../ports/eventStore.ts';
import type { Ids } from '../ports/ids.ts';
import { contextOf, type Request } from '../request.ts';
import { outcomeOfEvents, standingOutcome } from './outcome.ts';
import type { BookResult, PlaceRef, ReservationCommands } from './reservationCommands.ts';

export type IssuedReceipt = Extract<Receipt, { status: 'issued' }>;

export interface Submitted {
  readonly receipt: IssuedReceipt;
  /** Where the last of its events stands: read models that have seen it show the result. */
  readonly position: Position | undefined;
}

/** Who decides a submission that was kept, on behalf of which request. */
export interface Deciding {
  readonly now: Instant;
  readonly correlationId: string;
  /** Who received it, as it comes; or anybody later, because it seems to be cut off. */
  readonly by: 'firstHand' | 'takenUp';
}

/** In the name of who sent it: the same commands, whoever decides them. */
export const requestOf = (
  { receiptId, familyId, sentBy }: KeptSubmission,
  { now, correlationId }: Deciding,
): Request => ({
  principal: { actor: sentBy, familyId },
  requestId: receiptId,
  correlationId,
  now,
});

/** Decides each day of a submission in its session's book, and issues the receipt. */
export class SubmissionDecisions {
  constructor(
    private readonly handler: CommandHandler,
    private readonly reservations: ReservationCommands,
    private readonly sessions: SessionTermsSource,
    private readonly ids: Ids,
  ) {}

  /**
   * Decides the days of a submission that was kept, then issues its receipt. What is decided already stays so.
   * Undefined when another has taken it up meanwhile.
   */
  async decideAll(submission: KeptSubmission, deciding: Deciding): Promise<Submitted | undefined> {
    const { receiptId, familyId, days } = submission;
    const { now, by } = deciding;
    const request = requestOf(submission, deciding);
    const decide = (act: AskedDay['act']) =>
      Promise.all(
        days.flatMap((day, index) =>
          day.act === act ? [this.line(submission, day, index, request, by)] : [],
        ),
      );
    const lines = [...(await decide('cancel')), ...(await decide('reserve'))];
    const context = contextOf(request, this.ids.derive(`${receiptId}/issued`));
    const result = await this.handler.execute(receipts, receiptId, context, (state) =>
      issueReceipt(state, { receiptId, familyId, issuedAt: now, lines }, by),
    );
    if (result.kind !== 'done') throw new Error('a receipt was not issued');
    return result.state.status === 'issued'
      ? { receipt: result.state, position: result.position }
      : undefined;
  }

  private async line(
    { familyId, receivedAt, notes }: KeptSubmission,
    { act, childId, activityId, date, acceptsBilling = false }: AskedDay,
    index: number,
    request: Request,
    by: Deciding['by'],
  ): Promise<ReceiptLine> {
    const place = { childId, activityId, date };
    const asked = { ...place, familyId, ...(by === 'takenUp' ? { receivedAt } : {}) };
    const note = notes[index];
    const word = note === undefined || isErased(note) ? {} : { note };
    const result =
      act === 'cancel'
        ? await this.reservations.cancel({ ...asked, acceptsBilling }, request)
        : await this.reservations.reserve({ ...asked, ...word }, request);
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
