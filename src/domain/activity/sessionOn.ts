import { weekdayOf, type LocalDate } from '../kernel/localDate.ts';
import { localDateAt, parisInstant, type Instant } from '../kernel/parisTime.ts';
import { laterLimit, type NoSession, type SessionTerms } from '../kernel/sessionTerms.ts';
import type { TownCalendar } from '../kernel/townCalendar.ts';
import type { Activity } from './activity.ts';
import { deadlinesOf, type Schedule, type VersionedTerms } from './activityTerms.ts';
import { deadlineFor, setsLimitOn, type ActDeadline } from './deadline.ts';

/** The terms in force on a day: the last version whose date is not after it. */
export const termsOn = (
  versions: readonly VersionedTerms[],
  date: LocalDate,
): VersionedTerms | undefined => versions.findLast(({ effectiveFrom }) => effectiveFrom <= date);

const none = (reason: NoSession['reason'], name?: string): NoSession =>
  name === undefined ? { status: 'noSession', reason } : { status: 'noSession', reason, name };

function whyNoSession(
  schedule: Schedule,
  date: LocalDate,
  calendar: TownCalendar,
): NoSession | undefined {
  const publicHoliday = calendar.publicHoliday(date);
  const schoolHoliday = calendar.schoolHoliday(date);
  const closure = calendar.closure(date);
  if (!schedule.weekdays.includes(weekdayOf(date))) return none('weekday');
  if (publicHoliday) return none('publicHoliday', publicHoliday);
  if (closure) return none('closure', closure.name);
  if (schedule.season === 'schoolTerm' && schoolHoliday)
    return none('schoolHoliday', schoolHoliday.name);
  if (schedule.season === 'schoolHolidays' && !schoolHoliday) return none('schoolTerm');
  return undefined;
}

/**
 * The terms that set the limits of an act: those in force at its instant, unless a table of theirs knows no limit for
 * a weekday that is only served later.
 */
function limitsAt(
  versions: readonly VersionedTerms[],
  now: Instant,
  date: LocalDate,
): VersionedTerms | undefined {
  const acted = termsOn(versions, localDateAt(now));
  const knows = ({ rule }: ActDeadline) => setsLimitOn(rule, weekdayOf(date));
  return acted && deadlinesOf(acted.terms).every(knows) ? acted : undefined;
}

/**
 * What an activity's rules say about the session of one day. Schedule, places and price follow the version in force
 * on the day of the session; limits follow the version in force at the instant of the act (regulations, pitfall 13).
 */
export function sessionOn(
  activity: Activity,
  date: LocalDate,
  now: Instant,
  calendar: TownCalendar,
): SessionTerms {
  if (activity.status === 'undefined') return none('notYetOpen');
  const inForce = termsOn(activity.versions, date);
  if (!inForce || date < calendar.knownFrom || date > calendar.knownUntil)
    return none('notYetOpen');
  const { schedule, ...terms } = inForce.terms;
  const absence = whyNoSession(schedule, date, calendar);
  if (absence) return { ...absence, ruleVersion: inForce.version };

  const limits = limitsAt(activity.versions, now, date) ?? inForce;
  const startsAt = parisInstant(date, schedule.startsAt);
  const limit = (deadline: ActDeadline) => deadlineFor(deadline, date, startsAt, calendar);
  const booking = limit(limits.terms.booking);
  return {
    status: 'session',
    activityId: activity.activityId,
    date,
    ruleVersion: inForce.version,
    limitsVersion: limits.version,
    startsAt,
    endsAt: parisInstant(date, schedule.endsAt),
    booking,
    cancellation: limit(limits.terms.cancellation),
    promotion: laterLimit(booking, limit(limits.terms.promotion)),
    validation: terms.validation,
    waitingList: terms.waitingList,
    lateGiveBackFree: terms.lateGiveBackFree,
    groups: terms.groups,
    priceCents: terms.priceCents,
  };
}
