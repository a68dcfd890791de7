import { ageOn } from '../../../domain/kernel/localDate.ts';
import { fold } from '../../../domain/kernel/decider.ts';
import type { ReservationId } from '../../../domain/kernel/ids.ts';
import { instantOf } from '../../../domain/kernel/parisTime.ts';
import { isRejection, type Decision } from '../../../domain/kernel/rejection.ts';
import { cancel } from '../../../domain/reservation/cancel.ts';
import type { ReservationEvent } from '../../../domain/reservation/reservationEvents.ts';
import { reserve } from '../../../domain/reservation/reserve.ts';
import { refuse, validate } from '../../../domain/reservation/review.ts';
import {
  isActive,
  sessionBook,
  type SessionBook,
} from '../../../domain/reservation/sessionBook.ts';
import { DemoPlanError, type BookAct } from './demoActs.ts';
import type { DemoSetting } from './demoSetting.ts';
import type { PlaceRequest } from './placeRequests.ts';
import { stayedFull } from './refusalWords.ts';
import { hour, type Moment } from './townDays.ts';
import type { DemoSession } from './townSessions.ts';

interface Step {
  readonly at: Moment;
  readonly run: () => void;
}

/**
 * Plays one session of a leisure centre through the domain's own book, so that the plan knows who gets a place, who
 * waits and who is promoted, and asks for nothing that would be refused. Staff answer on the next working day.
 */
export class Rehearsal {
  book: SessionBook = sessionBook.initial;
  readonly acts: BookAct[] = [];
  private readonly steps: Step[] = [];
  private readonly requests = new Map<ReservationId, PlaceRequest>();

  constructor(
    private readonly setting: DemoSetting,
    private readonly session: DemoSession,
    requests: readonly PlaceRequest[],
    /** Nothing happens in the book from then on. */
    end: Moment,
  ) {
    for (const request of requests) this.plan(request.at, () => this.ask(request));
    const goodbye = Date.parse(session.terms.promotion.at) + 2 * hour;
    this.plan(goodbye, () => this.dismissWaiting(goodbye));
    for (let step = this.steps.shift(); step && step.at < end; step = this.steps.shift())
      step.run();
  }

  /** Keeps the steps in order of time; those of one moment in order of planning. */
  private plan(at: Moment, run: () => void): void {
    let place = this.steps.length;
    while (place > 0 && (this.steps[place - 1]?.at ?? 0) > at) place -= 1;
    this.steps.splice(place, 0, { at, run });
  }

  private ask(request: PlaceRequest): void {
    const { child, by, at, note, fate, sent } = request;
    const { terms, date, activity } = this.session;
    const { childId, identity } = child;
    const reservationId = childId as string as ReservationId;
    this.requests.set(reservationId, request);
    const facts = { inFamily: true, enrolled: true, age: ageOn(identity.birthDate, date) };
    const asked = { reservationId, childId, familyId: by.familyId };
    this.decide(at, reserve(this.book, asked, { now: instantOf(at), terms, child: facts }));
    const place = { at, by, activityId: activity.activityId, date, childId };
    if (!sent)
      this.acts.push({ kind: 'reserve', ...place, ...(note === undefined ? {} : { note }) });
    if (fate.kind === 'cancelled') this.plan(fate.at, () => this.giveBack(request, fate.at));
  }

  private giveBack({ child, by, sent }: PlaceRequest, at: Moment): void {
    const { terms, date, activity } = this.session;
    const { childId } = child;
    const reservationId = childId as string as ReservationId;
    const held = this.book.reservations.get(reservationId);
    if (!held || !isActive(held.status)) return;
    const asked = { reservationId, familyId: by.familyId, acceptsBilling: true };
    this.decide(at, cancel(this.book, asked, { now: instantOf(at), terms }));
    const place = { activityId: activity.activityId, date, childId };
    if (!sent) this.acts.push({ kind: 'cancel', at, by, ...place });
  }

  private answer(reservationId: ReservationId, at: Moment): void {
    const request = this.requests.get(reservationId);
    if (!request || this.book.reservations.get(reservationId)?.status !== 'awaitingValidation')
      return;
    const { fate, child } = request;
    const { date, activity, terms } = this.session;
    const place = { at, activityId: activity.activityId, date, childId: child.childId };
    if (fate.kind === 'refused') {
      const { reason } = fate;
      this.decide(at, refuse(this.book, reservationId, reason, { now: instantOf(at), terms }));
      this.acts.push({ kind: 'refuse', ...place, reason });
    } else {
      this.decide(at, validate(this.book, reservationId, { now: instantOf(at), terms }));
      this.acts.push({ kind: 'validate', ...place });
    }
  }

  private dismissWaiting(at: Moment): void {
    const { terms, date, activity } = this.session;
    for (const reservationId of this.book.waiting) {
      const request = this.requests.get(reservationId);
      if (!request) continue;
      this.decide(at, refuse(this.book, reservationId, stayedFull, { now: instantOf(at), terms }));
      const place = { activityId: activity.activityId, date, childId: request.child.childId };
      this.acts.push({ kind: 'refuse', at, ...place, reason: stayedFull });
    }
  }

  /** Writes what was decided; who now holds a place that awaits validation gets an answer. */
  private decide(at: Moment, decision: Decision<ReservationEvent>): void {
    const { date, activity } = this.session;
    if (isRejection(decision) || decision.length === 0) {
      const why = isRejection(decision) ? decision.code : 'nothing new';
      throw new DemoPlanError(`${activity.activityId} ${date}: ${why}`);
    }
    this.book = fold(sessionBook, decision, this.book);
    for (const event of decision) {
      const awaits =
        event.type === 'ReservationSubmitted' ||
        (event.type === 'ReservationPromoted' && event.to === 'awaitingValidation');
      if (!awaits || this.requests.get(event.reservationId)?.fate.kind === 'unanswered') continue;
      const answeredAt = this.answerAfter(at);
      this.plan(answeredAt, () => this.answer(event.reservationId, answeredAt));
    }
  }

  /** In the morning of the next working day, or a little later; always before the session starts. */
  private answerAfter(at: Moment): Moment {
    const { days, dice } = this.setting;
    const day = days.workingAfter(days.dayAt(at));
    const next = days.at(day, 9 * 60 + dice('answer')(this.session.day, day) * 330);
    return Math.min(next, Math.max(at, Date.parse(this.session.terms.startsAt) - hour));
  }
}
