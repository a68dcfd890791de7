import { streamOf } from '../../src/application/aggregate.ts';
import { sessionBooks, sessionId } from '../../src/application/aggregates.ts';
import type { Actor } from '../../src/domain/kernel/actor.ts';
import { fold } from '../../src/domain/kernel/decider.ts';
import type { ActivityId, ReservationId } from '../../src/domain/kernel/ids.ts';
import {
  addDays,
  addMonths,
  ageOn,
  asLocalDate,
  firstDayOf,
  lastDayOf,
  monthOf,
  type LocalDate,
  type YearMonth,
} from '../../src/domain/kernel/localDate.ts';
import { instantOf, type Instant } from '../../src/domain/kernel/parisTime.ts';
import { isRejection, type Decision } from '../../src/domain/kernel/rejection.ts';
import type { Session } from '../../src/domain/kernel/sessionTerms.ts';
import { cancel } from '../../src/domain/reservation/cancel.ts';
import type { ReservationEvent } from '../../src/domain/reservation/reservationEvents.ts';
import { reserve } from '../../src/domain/reservation/reserve.ts';
import { refuse, validate } from '../../src/domain/reservation/review.ts';
import type { SessionBook } from '../../src/domain/reservation/sessionBook.ts';
import { uuidOf } from '../../src/infrastructure/uuids.ts';
import type { BenchChild, BenchFamily, BenchTown } from './benchTown.ts';
import { chances, shuffled } from './chance.ts';
import type { HistoryWriter } from './historyWriter.ts';
import type { TownSessions } from './schoolYear.ts';

/** How likely a child is to come on a day of an activity that it goes to, and to go to the activity at all. */
const habits = {
  meal: { goes: 0.9, comes: 0.85 },
  beforeSchool: { goes: 0.35, comes: 0.6 },
  afterSchool: { goes: 0.5, comes: 0.6 },
  wednesday: { goes: 0.4, comes: 0.8 },
  holidays: { goes: 0.4, comes: 0.6 },
} as const;
const cancelled = 0.05;
const refused = 0.05;
const withNote = 0.04;

/** Families book a month in the fortnight before, and staff answer the day after. */
const visitDays = 12;
const visitsEnd = 2;
const firstVisit = asLocalDate('2026-08-01');
const staff = { kind: 'agent', id: 'bench-agent' } as const;

type Later = () => Promise<unknown>;

/** Families book month by month, each all its days at once; staff answer, places are given back and taken again. */
export class BookedYear {
  private readonly chance = chances(20_260_901);
  private readonly books = new Map<string, SessionBook>();
  private readonly later = new Map<LocalDate, Later[]>();
  private clock = 0;
  private toVisit: BenchFamily[] = [];
  private perDay = 0;

  constructor(
    private readonly town: BenchTown,
    private readonly sessions: TownSessions,
    private readonly writer: HistoryWriter,
  ) {}

  /** Writes day after day, until so many events have come. */
  async write(events: number): Promise<void> {
    const { calendar } = this.sessions;
    const enough = this.writer.written + events;
    const full = (): boolean => this.writer.written >= enough;
    for (let day = firstVisit; !full(); day = addDays(day, 1)) {
      if (day > calendar.knownUntil)
        throw new Error('the calendar ends before the history is long enough');
      this.clock = Date.parse(`${day}T08:00:00.000Z`);
      for (const act of this.later.get(day) ?? []) if (!full()) await act();
      this.later.delete(day);
      const month = addMonths(monthOf(day), 1);
      if (firstDayOf(month) === addDays(day, visitsEnd + visitDays)) this.beginVisits();
      for (const family of this.toVisit.splice(0, this.perDay))
        if (!full()) await this.visit(family, month, day);
      if (day === lastDayOf(monthOf(day))) this.forgetUntil(day);
    }
    await this.writer.flush();
  }

  private beginVisits(): void {
    this.toVisit = shuffled(this.town.families, this.chance);
    this.perDay = Math.ceil(this.toVisit.length / visitDays);
  }

  /** Books of past sessions change no more. */
  private forgetUntil(day: LocalDate): void {
    for (const id of this.books.keys()) {
      if (id.slice(-day.length) > day) continue;
      this.books.delete(id);
      this.writer.forget(streamOf(sessionBooks, id));
    }
  }

  private async visit({ children }: BenchFamily, month: YearMonth, day: LocalDate): Promise<void> {
    for (const child of children)
      for (const { activityId } of child.enrolments) {
        const { goes, comes } = habits[this.kindOf(activityId)];
        if (uniform(`${child.child.childId}/${activityId}`) >= goes) continue;
        for (const session of this.sessions.of(activityId, month))
          if (this.chance() < comes) await this.book(child, session, day);
      }
  }

  private async book({ child }: BenchChild, terms: Session, today: LocalDate): Promise<void> {
    const { activityId, date } = terms;
    const { childId, familyId, identity } = child;
    const reservationId = uuidOf(`${childId}/${activityId}/${date}`) as ReservationId;
    const note = this.chance() < withNote ? { note: 'Sa grand-mère viendra la chercher.' } : {};
    const facts = { inFamily: true, enrolled: true, age: ageOn(identity.birthDate, date) };
    const family = { kind: 'guardian', id: familyId } as const;
    const made = await this.act(terms, family, (book, now) =>
      reserve(book, { reservationId, childId, familyId, ...note }, { now, terms, child: facts }),
    );
    if (made.some(({ type }) => type === 'ReservationSubmitted')) {
      const agrees = this.chance() >= refused;
      this.in(today, 1, () =>
        this.act(terms, staff, (book, now) =>
          agrees
            ? validate(book, reservationId, { now, terms })
            : refuse(book, reservationId, 'Le groupe est complet ce jour-là.', { now, terms }),
        ),
      );
    }
    if (this.chance() < cancelled) {
      const cancelling = { reservationId, familyId, acceptsBilling: true };
      this.in(today, 1 + Math.floor(this.chance() * 20), () =>
        this.act(terms, family, (book, now) => cancel(book, cancelling, { now, terms })),
      );
    }
  }

  /** Decides as the portal would. What it would refuse (too late, decided otherwise meanwhile) is left out. */
  private async act(
    { activityId, date }: Session,
    actor: Actor,
    decide: (book: SessionBook, now: Instant) => Decision<ReservationEvent>,
  ): Promise<readonly ReservationEvent[]> {
    const id = sessionId(activityId, date);
    const book = this.books.get(id) ?? sessionBooks.decider.initial;
    const now = instantOf((this.clock += 137));
    const decision = decide(book, now);
    if (isRejection(decision) || decision.length === 0) return [];
    this.books.set(id, fold(sessionBooks.decider, decision, book));
    await this.writer.write(sessionBooks, id, decision, { actor, at: now });
    return decision;
  }

  private in(today: LocalDate, days: number, act: Later): void {
    const day = addDays(today, days);
    const acts = this.later.get(day);
    if (acts) acts.push(act);
    else this.later.set(day, [act]);
  }

  private readonly kinds = new Map(
    this.town.activities.map(({ activityId, kind }) => [activityId, kind]),
  );

  private kindOf(activityId: ActivityId) {
    return this.kinds.get(activityId) ?? 'meal';
  }
}

/** A number from 0 to 1 that is always the same for a text. */
const uniform = (text: string): number => parseInt(uuidOf(text).slice(0, 8), 16) / 0x1_0000_0000;
