import type { ActivityId } from '../../domain/kernel/ids.ts';
import { monthOf, type LocalDate } from '../../domain/kernel/localDate.ts';
import type { Instant } from '../../domain/kernel/parisTime.ts';
import type { Session } from '../../domain/kernel/sessionTerms.ts';
import { groupOf, placesLeft } from '../../domain/reservation/placement.ts';
import { isActive } from '../../domain/reservation/sessionBook.ts';
import { sessionBooks, sessionId } from '../aggregates.ts';
import type { CommandHandler } from '../commandHandler.ts';
import type { ActivityDirectory } from '../activity/activityDirectory.ts';
import type { SessionTermsSource } from '../activity/sessionTermsSource.ts';
import type { ReadModelStore } from '../ports/readModelStore.ts';
import {
  emptySession,
  occupancy,
  occupancyId,
  type OccupancyMonth,
} from '../projections/occupancy.ts';
import type { AgendaActivity } from './agendaView.ts';

export interface GroupOccupancy {
  readonly name: string;
  readonly places: number;
  readonly held: number;
  readonly waiting: number;
}

export interface SessionSummary {
  readonly activity: AgendaActivity;
  readonly session: Session;
  readonly groups: readonly GroupOccupancy[];
  readonly awaiting: number;
  readonly closedBecause?: string;
}

/** Whom closing a session would concern. */
export interface SessionHolders {
  readonly reservations: number;
  readonly families: number;
}

/** The sessions of one day, with how full each is: for staff. */
export class SessionsQuery {
  constructor(
    private readonly readModels: ReadModelStore,
    private readonly activities: ActivityDirectory,
    private readonly sessions: SessionTermsSource,
    private readonly handler: CommandHandler,
  ) {}

  /** Counted in the session's book itself, so that nobody is forgotten. */
  async holders(activityId: ActivityId, date: LocalDate): Promise<SessionHolders> {
    const { state } = await this.handler.load(sessionBooks, sessionId(activityId, date));
    const active = [...state.reservations.values()].filter(({ status }) => isActive(status));
    const families = new Set(active.map(({ ref }) => ref.familyId)).size;
    return { reservations: active.length, families };
  }

  async onDay(date: LocalDate, now: Instant): Promise<SessionSummary[]> {
    const activities = await this.activities.all();
    const ids = activities.map(({ activityId }) => occupancyId(activityId, monthOf(date)));
    const found = await this.readModels.getMany<OccupancyMonth>(occupancy, ids);
    const months = new Map(found.map(({ document }) => [document.activityId, document]));
    return activities.flatMap((activity) => {
      const session = this.sessions.of(activity, date, now);
      if (session.status === 'noSession') return [];
      const { activityId, name, kind, facility } = activity;
      const { held, waiting, awaiting, closedBecause } =
        months.get(activityId)?.sessions[date] ?? emptySession;
      const groups = session.groups.map((group) => ({
        name: group.name,
        places: group.places,
        held: group.places - placesLeft((age) => held[age] ?? 0, group),
        waiting: waiting.filter(({ age }) => groupOf([group], age)).length,
      }));
      const summary = { activity: { activityId, name, kind, facility }, session, groups, awaiting };
      return [closedBecause === undefined ? summary : { ...summary, closedBecause }];
    });
  }

  async find(
    activityId: ActivityId,
    date: LocalDate,
    now: Instant,
  ): Promise<SessionSummary | undefined> {
    const day = await this.onDay(date, now);
    return day.find(({ activity }) => activity.activityId === activityId);
  }
}
