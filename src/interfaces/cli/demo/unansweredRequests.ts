import type { AgeGroup } from '../../../domain/kernel/sessionTerms.ts';
import type { DemoSetting } from './demoSetting.ts';
import { pick } from './dice.ts';
import { between } from './familyVisits.ts';
import type { PlaceRequest } from './placeRequests.ts';
import { familyNotes } from './refusalWords.ts';
import type { DemoSession } from './townSessions.ts';

/** Requests in one session that others may add without anybody having to wait. */
const perGroup = 2;
/** How far ahead families ask. */
const ahead = 100;

function inGroup(
  setting: DemoSetting,
  session: DemoSession,
  group: AgeGroup,
  asked: readonly PlaceRequest[],
): PlaceRequest[] {
  const ofGroup = asked.filter(
    ({ child }) => setting.groupFor(child, session)?.code === group.code,
  );
  const free = Math.min(perGroup, group.places - ofGroup.length);
  const coming = new Set(asked.map(({ child }) => child));
  const { days, dice, today, until } = setting;
  const from = days.at(days.workingBefore(today, 1), 8 * 60);
  return setting
    .childrenOf(session.activity)
    .filter((child) => child.homes[0].index > 0 && !coming.has(child))
    .filter((child) => setting.groupFor(child, session)?.code === group.code)
    .sort((a, b) => dice('asks')(a.index, session.day) - dice('asks')(b.index, session.day))
    .slice(0, Math.max(0, free))
    .flatMap((child) => {
      const chance = dice('asksAt')(child.index, session.day);
      const at = between(from, until, chance);
      if (at === undefined) return [];
      const request: PlaceRequest = {
        child,
        session,
        at,
        by: setting.bookerOf(child, session.day),
        fate: { kind: 'unanswered' },
      };
      return [chance < 0.3 ? { ...request, note: pick(familyNotes, chance / 0.3) } : request];
    });
}

/** Requests of the last hours that staff have yet to answer, spread over the sessions that come. */
export function unansweredRequests(
  setting: DemoSetting,
  /** What was asked already; undefined where nobody can ask. */
  askedIn: (session: DemoSession) => readonly PlaceRequest[] | undefined,
  count: number,
): PlaceRequest[] {
  const { today, days } = setting;
  const found: PlaceRequest[] = [];
  for (let day = today + 1; day < today + ahead && found.length < count; day += 1)
    for (const session of setting.sessionsOn(day)) {
      const asked = askedIn(session);
      const isOpen = session.bookingEnds > days.at(today + 1);
      if (session.terms.validation !== 'staff' || !asked || !isOpen) continue;
      for (const group of session.terms.groups)
        found.push(...inGroup(setting, session, group, asked));
    }
  return found.slice(0, count);
}
