import { sessionOn } from '../../../domain/activity/sessionOn.ts';
import type { ActivityTerms } from '../../../domain/activity/activityTerms.ts';
import type { LocalDate } from '../../../domain/kernel/localDate.ts';
import { instantOf } from '../../../domain/kernel/parisTime.ts';
import type { Session, SessionTerms } from '../../../domain/kernel/sessionTerms.ts';
import type { DemoActivity } from './townActivities.ts';
import type { DayNumber, Moment, TownDays } from './townDays.ts';

/** One session with its limits, as moments too. */
export interface DemoSession {
  readonly activity: DemoActivity;
  readonly day: DayNumber;
  readonly date: LocalDate;
  readonly terms: Session;
  readonly bookingEnds: Moment;
  readonly cancellationEnds: Moment;
  readonly startsAt: Moment;
}

/**
 * What the portal's own rules say of each session. Activities that share hours and deadlines share the answer, and
 * several plans may share the whole.
 */
export class SessionRules {
  private readonly known = new Map<string, Map<DayNumber, SessionTerms>>();
  private readonly keys = new WeakMap<ActivityTerms, string>();

  constructor(readonly days: TownDays) {}

  /** Nothing when there is no session that day. */
  sessionOf(activity: DemoActivity, day: DayNumber): DemoSession | undefined {
    const found = this.termsOf(activity, day);
    if (found.status === 'noSession') return undefined;
    const { validation, waitingList, lateGiveBackFree, groups, priceCents } = activity.terms;
    const { activityId } = activity;
    return {
      activity,
      day,
      date: found.date,
      terms: {
        ...found,
        ...{ activityId, validation, waitingList, lateGiveBackFree, groups, priceCents },
      },
      bookingEnds: Date.parse(found.booking.at),
      cancellationEnds: Date.parse(found.cancellation.at),
      startsAt: Date.parse(found.startsAt),
    };
  }

  private termsOf(activity: DemoActivity, day: DayNumber): SessionTerms {
    const { terms } = activity;
    let key = this.keys.get(terms);
    if (key === undefined) {
      const { schedule, booking, cancellation, promotion } = terms;
      this.keys.set(terms, (key = JSON.stringify([schedule, booking, cancellation, promotion])));
    }
    let known = this.known.get(key);
    if (!known) this.known.set(key, (known = new Map<DayNumber, SessionTerms>()));
    let found = known.get(day);
    if (!found) known.set(day, (found = this.workOut(activity, day)));
    return found;
  }

  private workOut(activity: DemoActivity, day: DayNumber): SessionTerms {
    const { calendar } = this.days;
    const versions = [{ version: 1, effectiveFrom: calendar.knownFrom, terms: activity.terms }];
    const now = instantOf(this.days.at(day));
    const date = this.days.dateOf(day);
    return sessionOn({ status: 'defined', ...activity, versions }, date, now, calendar);
  }
}
