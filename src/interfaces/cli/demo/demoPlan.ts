import type { LocalDate } from '../../../domain/kernel/localDate.ts';
import type { TownCalendar } from '../../../domain/kernel/townCalendar.ts';
import type { BookAct, Dossiers } from './demoActs.ts';
import { DemoSetting } from './demoSetting.ts';
import { diceBox } from './dice.ts';
import { FamilyVisits } from './familyVisits.ts';
import { guardianSendings } from './guardianSendings.ts';
import { GuardianStory } from './guardianStory.ts';
import { LeisureRequests } from './leisureRequests.ts';
import type { PlaceRequest } from './placeRequests.ts';
import { Rehearsal } from './rehearsal.ts';
import { SchoolBookings } from './schoolBookings.ts';
import { townClosings, type Closing } from './townClosings.ts';
import { dayNumberOf, schoolYearStart, TownDays } from './townDays.ts';
import type { DayNumber, Moment } from './townDays.ts';
import { townDossiers } from './townDossiers.ts';
import { SessionRules, type DemoSession } from './townSessions.ts';
import { unansweredRequests } from './unansweredRequests.ts';

/** What names a plan: the same always gives the same town. */
export interface DemoKey {
  readonly seed: string;
  /** The day on which the newcomer arrives; nobody has acted on it yet. */
  readonly today: LocalDate;
}

/** A town to fill a portal with: dossiers first, then what happened in the books, in order of time. */
export interface DemoPlan extends DemoKey {
  readonly dossiers: Dossiers;
  readonly acts: readonly BookAct[];
  /** Places asked for, whatever became of them. */
  readonly bookings: number;
}

export interface DemoPlanOptions extends DemoKey {
  /** The calendar that the portal will use (`demoCalendar`). */
  readonly calendar: TownCalendar;
  /** 400 unless told. Smaller towns book less. */
  readonly families?: number;
  /** Several plans on one calendar may share what its rules say. */
  readonly rules?: SessionRules;
}

const bookingsPerFamily = 250;
/** Other families' requests that wait for an answer, in a town of 400 families. */
const unanswered = 22;
/** Days between the opening of the portal and the first session booked. */
const headStart = 21;

const isImmediate = ({ terms }: DemoSession): boolean => terms.validation === 'immediate';

/** Counts back from the end of the school year, until families have booked enough: the first day that they booked. */
function firstDayBooked(setting: DemoSetting, bookings: number): DayNumber {
  const visits = new FamilyVisits(setting);
  const [school, leisure] = [new SchoolBookings(setting), new LeisureRequests(setting)];
  const earliest = dayNumberOf(setting.days.calendar.knownFrom) + headStart;
  let day = schoolYearStart(setting.year + 1);
  let left = bookings;
  while (left > 0 && day > earliest) {
    day -= 1;
    for (const session of setting.sessionsOn(day))
      left -= isImmediate(session)
        ? school.bookingsOf(session, visits).length
        : leisure.requestsOf(session, visits).length;
  }
  return day;
}

/** Sessions from a day to the end of the school year. */
const sessionsFrom = (setting: DemoSetting, first: DayNumber): DemoSession[] => {
  const count = schoolYearStart(setting.year + 1) - first;
  return Array.from({ length: count }, (_, i) => setting.sessionsOn(first + i)).flat();
};

interface Draft {
  readonly setting: DemoSetting;
  readonly sessions: readonly DemoSession[];
  readonly visits: FamilyVisits;
  readonly story: GuardianStory;
  readonly closedAt: ReadonlyMap<DemoSession, Moment>;
}

function schoolActs({ setting, sessions, visits, closedAt }: Draft): BookAct[] {
  const school = new SchoolBookings(setting);
  return sessions.flatMap((session) =>
    school
      .bookingsOf(session, visits)
      .flatMap((booking) => school.actsOf(booking, closedAt.get(session))),
  );
}

function leisureActs(draft: Draft, families: number): BookAct[] {
  const { setting, sessions, visits, story, closedAt } = draft;
  const leisure = new LeisureRequests(setting);
  const requests = new Map<DemoSession, PlaceRequest[]>();
  for (const session of sessions)
    if (!isImmediate(session))
      requests.set(session, leisure.requestsOf(session, visits, story.diary.rooms));
  for (const request of story.requests) requests.get(request.session)?.push(request);
  const askedIn = (session: DemoSession) =>
    closedAt.has(session) ? undefined : requests.get(session);
  const count = Math.max(4, Math.round((unanswered * families) / 400));
  for (const request of unansweredRequests(setting, askedIn, count))
    requests.get(request.session)?.push(request);
  return [...requests].flatMap(([session, asked]) => {
    const end = closedAt.get(session) ?? setting.days.at(setting.today);
    return new Rehearsal(setting, session, asked, end).acts;
  });
}

const closingActs = (closings: readonly Closing[]): BookAct[] =>
  closings.flatMap(({ sessions, at, reason }) =>
    sessions.map(({ activity: { activityId }, date }) => ({
      kind: 'close',
      at,
      activityId,
      date,
      reason,
    })),
  );

const bookingsOf = (act: BookAct): number =>
  act.kind === 'reserve' ? 1 : act.kind === 'submit' ? act.book.length : 0;

/**
 * The whole demo town, worked out from a seed and a day: the same two always give the same plan. Pure; it asks the
 * domain for every deadline, and plays the leisure centres through it. Throws DemoPlanError when today's agenda could
 * not show every state.
 */
export function demoPlan(options: DemoPlanOptions): DemoPlan {
  const { seed, today, calendar, families = 400 } = options;
  const rules = options.rules ?? new SessionRules(new TownDays(calendar));
  const setting = new DemoSetting(rules, diceBox(seed), dayNumberOf(today), families);
  const first = firstDayBooked(setting, families * bookingsPerFamily);
  const opening = first - headStart;
  const closings = townClosings(setting);
  const story = new GuardianStory(setting, opening, first, closings);
  const draft: Draft = {
    setting,
    sessions: sessionsFrom(setting, first),
    visits: new FamilyVisits(setting, opening),
    story,
    closedAt: new Map(closings.flatMap((c) => c.sessions.map((s) => [s, c.at] as const))),
  };
  const acts = [
    schoolActs(draft),
    leisureActs(draft, families),
    closingActs(closings),
    guardianSendings(story.requests),
  ]
    .flat()
    .sort((a, b) => a.at - b.at);
  const bookings = acts.reduce((sum, act) => sum + bookingsOf(act), 0);
  return { seed, today, dossiers: townDossiers(setting, opening), acts, bookings };
}
