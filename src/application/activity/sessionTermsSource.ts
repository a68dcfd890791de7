import type { Activity } from '../../domain/activity/activity.ts';
import { sessionOn } from '../../domain/activity/sessionOn.ts';
import type { ActivityId } from '../../domain/kernel/ids.ts';
import type { LocalDate } from '../../domain/kernel/localDate.ts';
import { localDateAt, type Instant } from '../../domain/kernel/parisTime.ts';
import { reject, type Rejection } from '../../domain/kernel/rejection.ts';
import type { SessionTerms } from '../../domain/kernel/sessionTerms.ts';
import type { TownCalendar } from '../../domain/kernel/townCalendar.ts';
import { activities } from '../aggregates.ts';
import type { CommandHandler } from '../commandHandler.ts';

/** Terms kept per activity before starting afresh: two school years and more. */
const maxKept = 2_000;

/** What the rules say about each session, worked out once per version of the activity and day. */
export class SessionTermsSource {
  private readonly kept = new WeakMap<Activity, Map<string, SessionTerms>>();

  constructor(
    private readonly handler: CommandHandler,
    readonly calendar: TownCalendar,
  ) {}

  /** The terms of one session for an act at `now`; `ACTIVITY.UNKNOWN` when no such activity exists. */
  async find(
    activityId: ActivityId,
    date: LocalDate,
    now: Instant,
  ): Promise<SessionTerms | Rejection> {
    const { state } = await this.handler.load(activities, activityId);
    if (state.status === 'undefined') return reject('ACTIVITY.UNKNOWN');
    return this.of(state, date, now);
  }

  of(activity: Activity, date: LocalDate, now: Instant): SessionTerms {
    let terms = this.kept.get(activity);
    if (!terms || terms.size >= maxKept) {
      terms = new Map<string, SessionTerms>();
      this.kept.set(activity, terms);
    }
    const versions = activity.status === 'defined' ? activity.versions.length : 0;
    const key = versions > 1 ? `${date}/${localDateAt(now)}` : date;
    let found = terms.get(key);
    if (!found) terms.set(key, (found = sessionOn(activity, date, now, this.calendar)));
    return found;
  }
}
