import type { LocalDate } from '../../../../src/domain/kernel/localDate.ts';
import { loadTownCalendar } from '../../../../src/infrastructure/calendar/townCalendar.ts';
import { demoCalendar } from '../../../../src/interfaces/cli/demo/demoCalendar.ts';
import { demoPlan, type DemoPlan } from '../../../../src/interfaces/cli/demo/demoPlan.ts';
import { TownDays } from '../../../../src/interfaces/cli/demo/townDays.ts';
import { SessionRules } from '../../../../src/interfaces/cli/demo/townSessions.ts';

/** The demo town's calendar, zone C. */
export const calendar = demoCalendar(loadTownCalendar({ zone: 'C', closures: [] }));

/** What the rules say, worked out once for all the plans of a test file. */
export const sharedRules = (): SessionRules => new SessionRules(new TownDays(calendar));

export const planOf = (
  today: string,
  families: number,
  rules?: SessionRules,
  seed = 'vallee-du-lot',
): DemoPlan =>
  demoPlan({
    seed,
    today: today as LocalDate,
    calendar,
    families,
    ...(rules === undefined ? {} : { rules }),
  });
