import type { DemoSetting } from './demoSetting.ts';
import type { DayNumber, Moment } from './townDays.ts';
import type { DemoSession } from './townSessions.ts';

/** Sessions that the town closes: everything of one day at the demo family's school, or at its leisure centre. */
export interface Closing {
  readonly sessions: readonly DemoSession[];
  readonly at: Moment;
  /** What families read. */
  readonly reason: string;
}

/** Days looked at for a school day before a day of holidays will do. */
const soon = 14;
const lately = 40;

function sessionsToClose(setting: DemoSetting, days: readonly DayNumber[]): readonly DemoSession[] {
  const served = (kind: 'school' | 'centre') =>
    setting.activities.filter(({ serves }) => kind in serves && Object.values(serves)[0] === 0);
  const [school, centre] = [served('school'), served('centre')];
  const sessionsOf = (activities: typeof school, day: DayNumber) =>
    activities.flatMap((activity) => setting.sessionOf(activity, day) ?? []);
  for (const activities of [school, centre])
    for (const day of days) {
      const sessions = sessionsOf(activities, day);
      if (sessions.length > 0) return sessions;
    }
  return [];
}

/** A strike in the days that come, told yesterday; and a day without water, not long ago. */
export function townClosings(setting: DemoSetting): readonly Closing[] {
  const { days, today } = setting;
  const told = days.workingBefore(today, 1);
  const ahead = Array.from({ length: soon }, (_, i) => today + 6 + i);
  const behind = Array.from({ length: lately }, (_, i) => today - 4 - i);
  const past = sessionsToClose(setting, behind);
  const pastDay = past[0]?.day ?? today;
  return [
    {
      sessions: sessionsToClose(setting, ahead),
      at: days.at(told, 17 * 60),
      reason: 'Grève des agents',
    },
    {
      sessions: past,
      at: days.at(days.workingBefore(pastDay, 1), 16 * 60),
      reason: 'Coupure d’eau',
    },
  ];
}
