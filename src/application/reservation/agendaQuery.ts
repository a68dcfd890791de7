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
    const [booked, full, activities] = await Promise.all([
      this.booked(shown, month),
      this.fullness(shown, month),
      this.activities.findMany(
        shown.flatMap(({ enrolments }) => enrolments.map((e) => e.activityId)),
      ),
    ]);
    const days: AgendaDay[] = [];
    for (const date of daysOf(month)) {
      const cells: AgendaCell[] = [];
      for (const child of shown) {
        for (const activity of activities) {
          const terms = this.sessions.of(activity, date, now);
          const entry = booked.get(child.childId)?.days[date]?.[activity.activityId];
          if (terms.status === 'noSession') continue;
          if (!entry && !isEnrolledOn(child, activity.activityId, date)) continue;
          const session = full.get(activity.activityId)?.sessions[date] ?? emptySession;
          const standing = entry && (await this.standing(entry));
          cells.push(cellOf({ child, activity, terms, occupancy: session, standing, now }));
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

  /** The cells of the places named, of whichever months; a place that the family has no sight of is left out. */
  async cells(
    familyId: FamilyId,
    places: readonly PlaceRef[],
    now: Instant,
  ): Promise<readonly AgendaCell[]> {
    const months = [...new Set(places.map(({ date }) => monthOf(date)))];
    const views = await Promise.all(months.map((month) => this.month(familyId, month, now)));
    const cells = views.flatMap(({ days }) => days.flatMap((day) => day.cells));
    return places.flatMap(
      ({ childId, activityId, date }) =>
        cells.find(
          (cell) =>
            cell.childId === childId &&
            cell.activity.activityId === activityId &&
            cell.session.date === date,
        ) ?? [],
    );
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
