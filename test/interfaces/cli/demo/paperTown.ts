import { fold } from '../../../../src/domain/kernel/decider.ts';
import type { ChildId, FamilyId, ReservationId } from '../../../../src/domain/kernel/ids.ts';
import { ageOn, type LocalDate } from '../../../../src/domain/kernel/localDate.ts';
import { instantOf } from '../../../../src/domain/kernel/parisTime.ts';
import { isRejection, type Decision } from '../../../../src/domain/kernel/rejection.ts';
import { cancel } from '../../../../src/domain/reservation/cancel.ts';
import { closeSession } from '../../../../src/domain/reservation/closeSession.ts';
import type { ReservationEvent } from '../../../../src/domain/reservation/reservationEvents.ts';
import { reserve } from '../../../../src/domain/reservation/reserve.ts';
import { refuse, validate } from '../../../../src/domain/reservation/review.ts';
import {
  lastReservationOf,
  sessionBook,
  type SessionBook,
} from '../../../../src/domain/reservation/sessionBook.ts';
import type { DefineActivity } from '../../../../src/domain/activity/activity.ts';
import type { Enrolment, RegisterChild } from '../../../../src/domain/child/child.ts';
import type { BookAct } from '../../../../src/interfaces/cli/demo/demoActs.ts';
import type { DemoPlan } from '../../../../src/interfaces/cli/demo/demoPlan.ts';
import { dayNumberOf } from '../../../../src/interfaces/cli/demo/townDays.ts';
import type {
  DemoSession,
  SessionRules,
} from '../../../../src/interfaces/cli/demo/townSessions.ts';

interface Place {
  readonly activityId: string;
  readonly date: LocalDate;
}

/** A demo plan played on paper: the domain's decisions, no store. Whatever the domain refuses stops the game. */
export class PaperTown {
  readonly books = new Map<string, SessionBook>();
  readonly activities: ReadonlyMap<string, DefineActivity>;
  private readonly sessions = new Map<string, DemoSession | undefined>();
  readonly children: ReadonlyMap<ChildId, RegisterChild>;
  readonly families: ReadonlyMap<ChildId, ReadonlySet<FamilyId>>;
  readonly enrolments: ReadonlyMap<string, Enrolment>;

  constructor(
    readonly plan: DemoPlan,
    private readonly rules: SessionRules,
  ) {
    const { activities, children, secondHouseholds, enrolments } = plan.dossiers;
    this.activities = new Map(activities.map(({ definition: d }) => [d.activityId, d]));
    this.children = new Map(children.map(({ child }) => [child.childId, child]));
    const families = new Map(children.map(({ child: c }) => [c.childId, new Set([c.familyId])]));
    for (const { childId, familyId } of secondHouseholds) families.get(childId)?.add(familyId);
    this.families = families;
    this.enrolments = new Map(
      enrolments.map(({ childId, enrolment }) => [`${childId}/${enrolment.activityId}`, enrolment]),
    );
    for (const act of plan.acts) this.play(act);
  }

  book(place: Place): SessionBook {
    return this.books.get(`${place.activityId}/${place.date}`) ?? sessionBook.initial;
  }

  session(place: Place): DemoSession | undefined {
    const key = `${place.activityId}/${place.date}`;
    if (!this.sessions.has(key)) this.sessions.set(key, this.workOut(place));
    return this.sessions.get(key);
  }

  private workOut({ activityId, date }: Place): DemoSession | undefined {
    const definition = this.activities.get(activityId);
    if (!definition || date < definition.effectiveFrom) return undefined;
    return this.rules.sessionOf({ ...definition, serves: { school: 0 } }, dayNumberOf(date));
  }

  isEnrolled(childId: ChildId, { activityId, date }: Place): boolean {
    const enrolment = this.enrolments.get(`${childId}/${activityId}`);
    return enrolment !== undefined && enrolment.from <= date && date <= (enrolment.to ?? date);
  }

  private play(act: BookAct): void {
    if (act.kind === 'submit') {
      const { at, by } = act;
      for (const place of act.cancel) this.play({ kind: 'cancel', at, by, ...place });
      for (const place of act.book) this.play({ kind: 'reserve', at, by, ...place });
      return;
    }
    const events = this.decide(act);
    if (isRejection(events) || events.length === 0) {
      const why = isRejection(events)
        ? `${events.code} ${JSON.stringify(events.values)}`
        : 'nothing new';
      throw new Error(`${JSON.stringify(act)} at ${instantOf(act.at)}: ${why}`);
    }
    this.books.set(`${act.activityId}/${act.date}`, fold(sessionBook, events, this.book(act)));
  }

  private decide(act: Exclude<BookAct, { kind: 'submit' }>): Decision<ReservationEvent> {
    const book = this.book(act);
    const session = this.session(act);
    if (!session) throw new Error(`no session for ${JSON.stringify(act)}`);
    const { terms } = session;
    const now = instantOf(act.at);
    if (act.kind === 'close') return closeSession(book, session.terms, act.reason, { now, terms });
    const { childId } = act;
    if (act.kind === 'reserve') {
      const child = this.children.get(childId);
      const { familyId } = act.by;
      const reservationId = `${childId}-${book.reservations.size}` as ReservationId;
      return reserve(
        book,
        { reservationId, childId, familyId },
        {
          now,
          terms,
          child: {
            inFamily: this.families.get(childId)?.has(familyId) ?? false,
            enrolled: this.isEnrolled(childId, act),
            ...(child ? { age: ageOn(child.identity.birthDate, act.date) } : {}),
          },
        },
      );
    }
    const reservationId =
      lastReservationOf(book, childId)?.ref.reservationId ?? ('' as ReservationId);
    switch (act.kind) {
      case 'cancel':
        return cancel(
          book,
          { reservationId, familyId: act.by.familyId, acceptsBilling: true },
          { now, terms },
        );
      case 'validate':
        return validate(book, reservationId, { now, terms });
      case 'refuse':
        return refuse(book, reservationId, act.reason, { now, terms });
    }
  }
}
