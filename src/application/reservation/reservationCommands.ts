import { ageOn, type LocalDate } from '../../domain/kernel/localDate.ts';
import { birthDateOf, isEnrolledOn } from '../../domain/child/child.ts';
import type { ActivityId, ChildId, FamilyId, ReservationId } from '../../domain/kernel/ids.ts';
import type { Instant } from '../../domain/kernel/parisTime.ts';
import { isRejection, reject, type Decision } from '../../domain/kernel/rejection.ts';
import { cancel } from '../../domain/reservation/cancel.ts';
import { closeSession } from '../../domain/reservation/closeSession.ts';
import {
  withTrace,
  type AskedPlace,
  type AskedThen,
} from '../../domain/reservation/lateRequest.ts';
import { promoteWaiting } from '../../domain/reservation/promote.ts';
import type { ReservationEvent } from '../../domain/reservation/reservationEvents.ts';
import { reserve, type ReserveFacts } from '../../domain/reservation/reserve.ts';
import { refuse, validate } from '../../domain/reservation/review.ts';
import { lastReservationOf, type SessionBook } from '../../domain/reservation/sessionBook.ts';
import { noSession } from '../../domain/reservation/whyNoPlace.ts';
import { whyTooManyWords } from '../../domain/kernel/words.ts';
import type { SessionTermsSource } from '../activity/sessionTermsSource.ts';
import { children, sessionBooks, sessionId } from '../aggregates.ts';
import type { CommandHandler, CommandOptions, CommandResult } from '../commandHandler.ts';
import type { Ids } from '../ports/ids.ts';
import { deny } from '../principal.ts';
import { commandIdOf, contextOf, type Request } from '../request.ts';

export interface SessionRef {
  readonly activityId: ActivityId;
  readonly date: LocalDate;
}

export interface PlaceRef extends SessionRef {
  readonly childId: ChildId;
}

interface FamilyAsked extends PlaceRef {
  readonly familyId: FamilyId;
  /** When it came, where it was cut off and is taken up again: every decision then leaves a trace in the book. */
  readonly receivedAt?: Instant;
}

export interface BookingAsked extends FamilyAsked {
  readonly note?: string;
}

export interface CancellationAsked extends FamilyAsked {
  readonly acceptsBilling: boolean;
}

export type BookResult = CommandResult<SessionBook, ReservationEvent>;

const placeOf = (
  act: AskedPlace['act'],
  { activityId, date, childId, familyId }: FamilyAsked,
): AskedPlace => ({ act, activityId, date, childId, familyId });

/** What families and staff may ask of the book of a session. */
export class ReservationCommands {
  constructor(
    private readonly handler: CommandHandler,
    private readonly sessions: SessionTermsSource,
    private readonly ids: Ids,
  ) {}

  /** Books one place. Rejections: `ACCESS.DENIED`, `ACTIVITY.UNKNOWN`, and those of the domain's `reserve`. */
  async reserve(asked: BookingAsked, request: Request): Promise<BookResult> {
    const { activityId, date, childId, familyId, note } = asked;
    const terms = await this.sessions.find(activityId, date, request.now);
    const denied = deny(request.principal, 'book', familyId);
    if (denied) return denied;
    if (isRejection(terms)) return terms;
    const child = await this.childFacts(asked);
    const then = await this.askedThen(asked);
    const reservationId = this.ids.next() as ReservationId;
    const booking =
      note === undefined
        ? { reservationId, childId, familyId }
        : { reservationId, childId, familyId, note };
    const facts = { now: request.now, terms, asked: then, child };
    return this.execute(asked, request, `reserve/${childId}`, (book) => {
      const decision = reserve(book, booking, facts);
      return then ? withTrace(decision, placeOf('reserve', asked)) : decision;
    });
  }

  /** Gives back the place that a child holds. Rejections: `ACCESS.DENIED`, and those of the domain's `cancel`. */
  async cancel(asked: CancellationAsked, request: Request): Promise<BookResult> {
    const { childId, familyId, acceptsBilling } = asked;
    const { principal, now } = request;
    const terms = await this.sessions.find(asked.activityId, asked.date, now);
    const denied = deny(principal, 'book', familyId);
    if (denied) return denied;
    if (isRejection(terms)) return terms;
    const then = await this.askedThen(asked);
    const decide = (book: SessionBook): Decision<ReservationEvent> => {
      const last = lastReservationOf(book, childId);
      if (!last) return reject('RESERVATION.UNKNOWN');
      const { reservationId } = last.ref;
      return cancel(book, { reservationId, familyId, acceptsBilling }, { now, terms, asked: then });
    };
    return this.execute(asked, request, `cancel/${childId}`, (book) =>
      then ? withTrace(decide(book), placeOf('cancel', asked)) : decide(book),
    );
  }

  /**
   * Staff accept a booking. `ACCESS.DENIED`, `ACTIVITY.UNKNOWN`, `RESERVATION.UNKNOWN`, `.NOT_AWAITING`, `.NO_SESSION`
   * or `.AGE` when the place is there no more, and `.TOO_LATE_TO_ACCEPT`.
   */
  async validate(
    session: SessionRef,
    reservationId: ReservationId,
    request: Request,
    options: CommandOptions = {},
  ): Promise<BookResult> {
    const denied = deny(request.principal, 'decideBooking');
    if (denied) return denied;
    const terms = await this.sessions.find(session.activityId, session.date, request.now);
    if (isRejection(terms)) return terms;
    const decide = (book: SessionBook) =>
      validate(book, reservationId, { now: request.now, terms });
    return this.execute(session, request, `validate/${reservationId}`, decide, options);
  }

  /** Staff refuse a booking with a reason. As `validate`, and `RESERVATION.REASON_MISSING`, `.REASON_TOO_LONG`. */
  async refuse(
    session: SessionRef,
    reservationId: ReservationId,
    reason: string,
    request: Request,
    options: CommandOptions = {},
  ): Promise<BookResult> {
    const refused = deny(request.principal, 'decideBooking') ?? whyTooManyWords('refusal', reason);
    if (refused) return refused;
    const { now } = request;
    const terms = await this.sessions.find(session.activityId, session.date, now);
    if (isRejection(terms)) return terms;
    const decide = (book: SessionBook) => refuse(book, reservationId, reason, { now, terms });
    return this.execute(session, request, `refuse/${reservationId}`, decide, options);
  }

  /** Gives free places to those who wait, in their order. `ACCESS.DENIED`, `ACTIVITY.UNKNOWN`. */
  async promote(session: SessionRef, request: Request): Promise<BookResult> {
    const denied = deny(request.principal, 'promoteWaiting');
    if (denied) return denied;
    const terms = await this.sessions.find(session.activityId, session.date, request.now);
    if (isRejection(terms)) return terms;
    if (terms.status === 'noSession') return noSession(terms);
    const decide = (book: SessionBook) => promoteWaiting(book, terms, request.now);
    return this.execute(session, request, 'promote', decide);
  }

  /**
   * The town closes a session. `ACCESS.DENIED`, `ACTIVITY.UNKNOWN`, `SESSION.REASON_TOO_LONG`, and those of the
   * domain's `closeSession`.
   */
  async close(
    session: SessionRef,
    reason: string,
    request: Request,
    options: CommandOptions = {},
  ): Promise<BookResult> {
    const refused = deny(request.principal, 'closeSession') ?? whyTooManyWords('closure', reason);
    if (refused) return refused;
    const terms = await this.sessions.find(session.activityId, session.date, request.now);
    if (isRejection(terms)) return terms;
    const facts = { now: request.now, terms };
    const decide = (book: SessionBook) => closeSession(book, session, reason, facts);
    return this.execute(session, request, 'close', decide, options);
  }

  /** What held when a request came that was cut off; undefined for one that is decided as it comes. */
  private async askedThen({
    activityId,
    date,
    receivedAt,
  }: FamilyAsked): Promise<AskedThen | undefined> {
    if (receivedAt === undefined) return undefined;
    const terms = await this.sessions.find(activityId, date, receivedAt);
    return isRejection(terms) ? undefined : { at: receivedAt, terms };
  }

  private async childFacts({
    childId,
    familyId,
    activityId,
    date,
  }: BookingAsked): Promise<ReserveFacts['child']> {
    const { state: child } = await this.handler.load(children, childId);
    if (child.status === 'unregistered') return { inFamily: false, enrolled: false };
    const birthDate = birthDateOf(child);
    return {
      inFamily: child.familyIds.includes(familyId),
      enrolled: isEnrolledOn(child, activityId, date),
      ...(birthDate === undefined ? {} : { age: ageOn(birthDate, date) }),
    };
  }

  /** One request may touch many sessions: each gets a command of its own, with an id that a retry finds again. */
  private execute(
    { activityId, date }: SessionRef,
    request: Request,
    act: string,
    decide: Parameters<typeof this.handler.execute<SessionBook, ReservationEvent>>[3],
    options: CommandOptions = {},
  ): Promise<BookResult> {
    const id = sessionId(activityId, date);
    const commandId = this.ids.derive(commandIdOf(request, `${id}/${act}`));
    const context = contextOf(request, commandId);
    return this.handler.execute(sessionBooks, id, context, decide, options);
  }
}
