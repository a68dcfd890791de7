import type { DefinedActivity } from '../../domain/activity/activity.ts';
import { isEnrolledOn } from '../../domain/child/child.ts';
import type { ActivityId, ChildId, FamilyId } from '../../domain/kernel/ids.ts';
import { daysOf, monthOf, type LocalDate, type YearMonth } from '../../domain/kernel/localDate.ts';
import { localDateAt, type Instant } from '../../domain/kernel/parisTime.ts';
import { isErased, type Personal } from '../../domain/kernel/personal.ts';
import type { TownCalendar } from '../../domain/kernel/townCalendar.ts';
import type { ActivityDirectory } from '../activity/activityDirectory.ts';
import type { SessionTermsSource } from '../activity/sessionTermsSource.ts';
import type { ChildNames, NamedChild } from '../child/childNames.ts';
import type { FamilyDirectory } from '../family/familyDirectory.ts';
import type { ReadModelStore } from '../ports/readModelStore.ts';
import type { SealOpener } from '../ports/sealOpener.ts';
import { agenda, agendaId, type AgendaEntry, type AgendaMonth } from '../projections/agenda.ts';
import {
  emptySession,
  occupancy,
  occupancyId,
  type OccupancyMonth,
} from '../projections/occupancy.ts';
import { cellOf } from './agendaCell.ts';
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
    const cells: AgendaCell[] = [];
    for (const { childId, activityId, date } of places) {
      const child = children.find((one) => one.childId === childId);
      const activity = activities.find((one) => one.activityId === activityId);
      const look = looks.get(monthOf(date));
      if (child && activity && look) cells.push(await look.cell(child, activity, date));
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
    return {
      isBooked: (child: NamedChild, activity: DefinedActivity, date: LocalDate): boolean =>
        entryOf(child, activity, date) !== undefined,
      cell: async (child: NamedChild, activity: DefinedActivity, date: LocalDate) => {
        const entry = entryOf(child, activity, date);
        return cellOf({
          familyId,
          child,
          activity,
          date,
          terms: this.sessions.of(activity, date, now),
          standing: entry && (await this.standing(entry)),
          occupancy: full.get(activity.activityId)?.sessions[date] ?? emptySession,
          now,
        });
      },
    };
  }

  private async standing({ refusal, ...entry }: AgendaEntry): Promise<StandingEntry> {
    if (refusal === undefined) return entry;
    const opened = (await this.seals.open(refusal)) as Personal<{ reason: string }>;
    const reason = isErased(opened) ? opened : opened.reason;
    return { ...entry, refusal: reason };
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
