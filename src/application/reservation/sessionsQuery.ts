import type { DefinedActivity } from '../../domain/activity/activity.ts';
import type { ActivityId } from '../../domain/kernel/ids.ts';
import { monthOf, type LocalDate } from '../../domain/kernel/localDate.ts';
import type { Instant } from '../../domain/kernel/parisTime.ts';
import type { SessionTerms } from '../../domain/kernel/sessionTerms.ts';
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
  type SessionOccupancy,
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
  readonly date: LocalDate;
  /** Without a session when the rules or the calendar dropped it, while somebody is in its book. */
  readonly terms: SessionTerms;
  /** None without a session. */
  readonly groups: readonly GroupOccupancy[];
  /** Reservations that hold or await a place. */
  readonly concerned: number;
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

  /** Also those that the rules no longer hold, as long as somebody holds or awaits a place there. */
  async onDay(date: LocalDate, now: Instant): Promise<SessionSummary[]> {
    const activities = await this.activities.all();
    const days = await this.occupancyOn(date, activities);
    return activities
      .map((activity) => this.summary(activity, date, now, days.get(activity.activityId)))
      .filter(({ terms, concerned }) => terms.status === 'session' || concerned > 0);
  }

  /** A session; undefined where there is none, and nobody ever booked one. */
  async find(
    activityId: ActivityId,
    date: LocalDate,
    now: Instant,
  ): Promise<SessionSummary | undefined> {
    const [activity] = await this.activities.findMany([activityId]);
    if (!activity) return undefined;
    const day = (await this.occupancyOn(date, [activity])).get(activityId);
    const summary = this.summary(activity, date, now, day);
    return summary.terms.status === 'session' || day ? summary : undefined;
  }

  private async occupancyOn(
    date: LocalDate,
    activities: readonly DefinedActivity[],
  ): Promise<ReadonlyMap<ActivityId, SessionOccupancy>> {
    const ids = activities.map(({ activityId }) => occupancyId(activityId, monthOf(date)));
    const found = await this.readModels.getMany<OccupancyMonth>(occupancy, ids);
    return new Map(
      found.flatMap(({ document: { activityId, sessions } }) => {
        const day = sessions[date];
        return day ? [[activityId, day] as const] : [];
      }),
    );
  }

  private summary(
    activity: DefinedActivity,
    date: LocalDate,
    now: Instant,
    { held, waiting, awaiting, closedBecause }: SessionOccupancy = emptySession,
  ): SessionSummary {
    const terms = this.sessions.of(activity, date, now);
    const { activityId, name, kind, facility } = activity;
    const groups = terms.status === 'session' ? terms.groups : [];
    const places = Object.values(held).reduce((sum, count) => sum + count, 0);
    return {
      activity: { activityId, name, kind, facility },
      date,
      terms,
      groups: groups.map((group) => ({
        name: group.name,
        places: group.places,
        held: group.places - placesLeft((age) => held[age] ?? 0, group),
        waiting: waiting.filter(({ age }) => groupOf([group], age)).length,
      })),
      concerned: places + waiting.length,
      awaiting,
      ...(closedBecause === undefined ? {} : { closedBecause }),
    };
  }
}
