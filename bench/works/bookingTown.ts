import type { LocalDate } from '../../src/domain/kernel/localDate.ts';
import { addDays } from '../../src/domain/kernel/localDate.ts';
import { addHours, localDateAt } from '../../src/domain/kernel/parisTime.ts';
import type { TownCalendar } from '../../src/domain/kernel/townCalendar.ts';
import { systemClock } from '../../src/infrastructure/systemClock.ts';
import { activityOf, familiesWith, openedOn, type BenchTown } from '../town/benchTown.ts';
import { tokens } from '../town/openTown.ts';
import { dailyTerms } from '../town/townTerms.ts';

/** One booking of one day, ready to be sent. */
export interface BookingAsked {
  readonly path: string;
  readonly token: string;
  readonly body: string;
}

const activityCount = 8;
const dayCount = 40;
/** No common divisor with the number of sessions: a child meets each once. */
const stride = 7_919;

/** A town whose sessions have fewer places than `bookings` will ask for: one in ten will wait. */
export function bookingTown(children: number, bookings: number): BenchTown {
  const older = 5 / 7;
  const asked = (bookings / (activityCount * dayCount)) * older;
  const places = Math.max(1, Math.floor(asked * 0.85));
  const activities = Array.from({ length: activityCount }, (_, index) =>
    activityOf(`jour-${index}`, 'meal', 'Cantine', dailyTerms(places, 'immediate')),
  );
  const enrolled = activities.map(({ activityId }) => activityId);
  return { activities, families: familiesWith(children, () => enrolled) };
}

/** Coming days on which there are sessions. Throws when the calendar knows too few. */
function comingDays(calendar: TownCalendar): LocalDate[] {
  const today = localDateAt(systemClock.now());
  const days: LocalDate[] = [];
  let day = today > openedOn ? today : openedOn;
  while (days.length < dayCount) {
    day = addDays(day, 1);
    if (day > calendar.knownUntil) throw new Error('the calendar ends too soon');
    if (calendar.publicHoliday(day) === undefined) days.push(day);
  }
  return days;
}

/** Bookings in the order in which they are sent, none twice: any child, any session. */
export function bookingsOf(town: BenchTown, calendar: TownCalendar, count: number): BookingAsked[] {
  const days = comingDays(calendar);
  const expiresAt = addHours(systemClock.now(), 12);
  const children = town.families.flatMap(({ family, children: theirs }) => {
    const { familyId, household } = family;
    const id = household.guardians[0]?.guardianId ?? familyId;
    const token = tokens.issue({ actor: { kind: 'guardian', id }, familyId }, expiresAt);
    return theirs.map(({ child }) => ({ childId: child.childId, familyId, token }));
  });
  return Array.from({ length: count }, (_, n): BookingAsked => {
    const child = children[n % children.length];
    const turn = Math.floor(n / children.length);
    const session = ((n % children.length) * 31 + turn * stride) % (activityCount * days.length);
    const activity = town.activities[session % activityCount];
    const date = days[Math.floor(session / activityCount)];
    if (!child || !activity || !date) throw new RangeError('no such booking');
    const { childId, familyId, token } = child;
    const book = [{ childId, activityId: activity.activityId, date }];
    const body = JSON.stringify({ book, cancel: [] });
    return { path: `/api/families/${familyId}/submissions`, token, body };
  });
}
