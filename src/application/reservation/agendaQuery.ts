import type { DefinedActivity } from '../../domain/activity/activity.ts';
import { isEnrolledOn } from '../../domain/child/child.ts';
import type { ActivityId, ChildId, FamilyId } from '../../domain/kernel/ids.ts';
import { daysOf, monthOf, type LocalDate, type YearMonth } from '../../domain/kernel/localDate.ts';
import type { Cents } from '../../domain/kernel/money.ts';
import { localDateAt, type Instant } from '../../domain/kernel/parisTime.ts';
import { isErased, type Personal } from '../../domain/kernel/personal.ts';
import type { TownCalendar } from '../../domain/kernel/townCalendar.ts';
import type { Occupancy } from '../../domain/reservation/placement.ts';
import type { ActivityDirectory } from '../activity/activityDirectory.ts';
import type { SessionTermsSource } from '../activity/sessionTermsSource.ts';
import { ageOfChild, type ChildNames, type NamedChild } from '../child/childNames.ts';
import type { FamilyDirectory } from '../family/familyDirectory.ts';
import type { ReadModelStore } from '../ports/readModelStore.ts';
import type { SealOpener } from '../ports/sealOpener.ts';
import { agenda, agendaId, type AgendaEntry, type AgendaMonth } from '../projections/agenda.ts';
import {
  emptySession,
  occupancy,
  occupancyId,
  type OccupancyMonth,
  type SessionOccupancy,
} from '../projections/occupancy.ts';
import { cellOf } from './agendaCell.ts';
import { inTurn } from './givenBack.ts';
import type { PlaceRef } from './reservationCommands.ts';
import type { AgendaCell, AgendaDay, AgendaView, DayNote, StandingEntry } from './agendaView.ts';

/** The month of a family: what is booked, what can be asked, until when, at what price. */
export class AgendaQuery {
  constructor(
    private readonly readModels: ReadModelStore,
    private readonly families: FamilyDirectory,
    private readonly names: ChildNames,
    private readonly activities: ActivityDirectory,
    private readonly sessions: SessionTermsSource,
    private readonly seals: SealOpener,
  ) {}

  /** The children of a family; none when it has no dossier (yet). */
  async children(familyId: FamilyId): Promise<NamedChild[]> {
    const dossier = await this.families.dossier(familyId);
    return dossier ? this.names.find(dossier.childIds) : [];
  }

  /** A month of a family, or of one of its children. A child of another family is not shown. */
  async month(
    familyId: FamilyId,
    month: YearMonth,
    now: Instant,
    childId?: ChildId,
  ): Promise<AgendaView> {
    const children = await this.children(familyId);
    const shown = children.filter((child) => childId === undefined || child.childId === childId);
    const [look, activities] = await Promise.all([
      this.look(familyId, shown, month, now),
      this.activities.findMany(
        shown.flatMap(({ enrolments }) => enrolments.map((e) => e.activityId)),
      ),
    ]);
    const days: AgendaDay[] = [];
    for (const date of daysOf(month)) {
      const cells: AgendaCell[] = [];
      for (const child of shown) {
        for (const activity of activities) {
          // What was booked is told, also when the rules have dropped its session or the child its enrolment.
          const booked = look.isBooked(child, activity, date);
          if (!booked && !isEnrolledOn(child, activity.activityId, date)) continue;
          const cell = await look.cell(child, activity, date);
          if (cell.session || cell.standing || cell.heldByOtherHousehold) cells.push(cell);
        }
      }
      days.push({ date, notes: dayNotes(this.sessions.calendar, date), cells });
    }
    const list = children.map(({ childId: id, firstName, lastName, schoolClass }) => ({
      childId: id,
      firstName,
      lastName,
      ...(schoolClass === undefined ? {} : { schoolClass }),
    }));
    return { month, now, today: localDateAt(now), children: list, days };
  }

  /**
   * The cells of the places named, of whichever months, also of those that can't be had: their offer says why. Only a
   * child of another family and an unknown activity have none.
   */
  async cells(
    familyId: FamilyId,
    places: readonly PlaceRef[],
    now: Instant,
  ): Promise<readonly AgendaCell[]> {
    return this.cellsOf(familyId, places, [], now);
  }

  /**
   * The cells of a sending: of the places asked for, then of those given back. These are judged one after the other, as
   * the sending will: of two places of one session, whoever waits takes one.
   */
  async cellsOfSending(
    familyId: FamilyId,
    { book, cancel }: { readonly book: readonly PlaceRef[]; readonly cancel: readonly PlaceRef[] },
    now: Instant,
  ): Promise<readonly AgendaCell[]> {
    return this.cellsOf(familyId, book, cancel, now);
  }

  private async cellsOf(
    familyId: FamilyId,
    asked: readonly PlaceRef[],
    givenBack: readonly PlaceRef[],
    now: Instant,
  ): Promise<readonly AgendaCell[]> {
    const places = [...asked, ...givenBack];
    const [children, activities] = await Promise.all([
      this.children(familyId),
      this.activities.findMany(places.map(({ activityId }) => activityId)),
    ]);
    const months = [...new Set(places.map(({ date }) => monthOf(date)))];
    const looks = new Map(
      await Promise.all(
        months.map(async (month) => {
          return [month, await this.look(familyId, children, month, now)] as const;
        }),
      ),
    );
    const given = inTurn(now);
    const cells: AgendaCell[] = [];
    for (const [index, { childId, activityId, date }] of places.entries()) {
      const child = children.find((one) => one.childId === childId);
      const activity = activities.find((one) => one.activityId === activityId);
      const look = looks.get(monthOf(date));
      if (!child || !activity || !look) continue;
      if (index < asked.length) {
        cells.push(await look.cell(child, activity, date));
        continue;
      }
      const occupancy = given.before(activityId, date) ?? look.occupancy(activity, date);
      const cell = await look.cell(child, activity, date, occupancy);
      given.add(cell, occupancy, ageOfChild(child, date));
      cells.push(cell);
    }
    return cells;
  }

  /** Reads what a month holds for these children; then answers for any place of it. */
  private async look(
    familyId: FamilyId,
    children: readonly NamedChild[],
    month: YearMonth,
    now: Instant,
  ) {
    const [booked, full] = await Promise.all([
      this.booked(children, month),
      this.fullness(children, month),
    ]);
    const entryOf = (child: NamedChild, { activityId }: DefinedActivity, date: LocalDate) =>
      booked.get(child.childId)?.days[date]?.[activityId];
    const occupancyOf = ({ activityId }: DefinedActivity, date: LocalDate): Occupancy =>
      fullness(full.get(activityId)?.sessions[date] ?? emptySession);
    return {
      occupancy: occupancyOf,
      isBooked: (child: NamedChild, activity: DefinedActivity, date: LocalDate): boolean =>
        entryOf(child, activity, date) !== undefined,
      cell: async (
        child: NamedChild,
        activity: DefinedActivity,
        date: LocalDate,
        found: Occupancy = occupancyOf(activity, date),
      ) => {
        const entry = entryOf(child, activity, date);
        return cellOf({
          familyId,
          child,
          activity,
          date,
          terms: this.sessions.of(activity, date, now),
          ...(entry && (await this.told(entry, familyId))),
          occupancy: found,
          now,
        });
      },
    };
  }

  /** What stands, with the refusal opened; and what this family owes already, never what the other household does. */
  private async told(
    { refusal, dues, ...entry }: AgendaEntry,
    familyId: FamilyId,
  ): Promise<{ readonly standing: StandingEntry; readonly dueCents?: Cents | undefined }> {
    const dueCents = dues?.[familyId];
    if (refusal === undefined) return { standing: entry, dueCents };
    const opened = (await this.seals.open(refusal)) as Personal<{ reason: string }>;
    const reason = isErased(opened) ? opened : opened.reason;
    return { standing: { ...entry, refusal: reason }, dueCents };
  }

  private async booked(
    children: readonly NamedChild[],
    month: YearMonth,
  ): Promise<ReadonlyMap<ChildId, AgendaMonth>> {
    const ids = children.map(({ childId }) => agendaId(childId, month));
    const found = await this.readModels.getMany<AgendaMonth>(agenda, ids);
    return new Map(found.map(({ document }) => [document.childId, document]));
  }

  private async fullness(
    children: readonly NamedChild[],
    month: YearMonth,
  ): Promise<ReadonlyMap<ActivityId, OccupancyMonth>> {
    const enrolled = children.flatMap(({ enrolments }) => enrolments.map((e) => e.activityId));
    const ids = [...new Set(enrolled)].map((activityId) => occupancyId(activityId, month));
    const found = await this.readModels.getMany<OccupancyMonth>(occupancy, ids);
    return new Map(found.map(({ document }) => [document.activityId, document]));
  }
}

/** How full a session is, as the domain's rules ask it. */
const fullness = ({ held, waiting, closedBecause }: SessionOccupancy): Occupancy => ({
  heldAt: (age) => held[age] ?? 0,
  waiting,
  closedBecause,
});

function dayNotes(calendar: TownCalendar, date: LocalDate): DayNote[] {
  const notes: DayNote[] = [];
  const publicHoliday = calendar.publicHoliday(date);
  const closure = calendar.closure(date);
  const schoolHoliday = calendar.schoolHoliday(date);
  if (publicHoliday) notes.push({ kind: 'publicHoliday', name: publicHoliday });
  if (closure) notes.push({ kind: 'closure', name: closure.name });
  if (schoolHoliday) notes.push({ kind: 'schoolHoliday', name: schoolHoliday.name });
  return notes;
}
