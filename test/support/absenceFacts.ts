import {
  absenceFaults,
  absenceLines,
  absences,
  compileAbsences,
  judgeAbsence,
  type Absences,
  type AbsenceJudgement,
} from '../../src/domain/activity/ruleset/absence/absence.ts';
import type {
  AbsenceContext,
  AbsenceDays,
  AbsenceFacts,
  Proof,
} from '../../src/domain/activity/ruleset/absence/absencePart.ts';
import type { Fault, Report } from '../../src/domain/activity/ruleset/schema/schema.ts';
import { weekdayOf, type Weekday } from '../../src/domain/kernel/localDate.ts';
import { asInstant } from '../../src/domain/kernel/parisTime.ts';
import { isWorkingDay } from '../../src/domain/kernel/townCalendar.ts';
import { day, hour, paris, townCalendar } from './townFacts.ts';

const calendar = townCalendar();
export const fourDays: readonly Weekday[] = ['MON', 'TUE', 'THU', 'FRI'];
export const fiveDays: readonly Weekday[] = ['MON', 'TUE', 'WED', 'THU', 'FRI'];

/** A canteen's days, but for public holidays; its sessions begin at half past eleven unless told. */
export const served = (on = fourDays, startsAt = '11:30'): AbsenceDays => ({
  isPublicHoliday: (date) => calendar.publicHoliday(date) !== undefined,
  isWorkingDay: (date) => isWorkingDay(calendar, date),
  isServiceDay: (date) =>
    on.includes(weekdayOf(date)) && calendar.publicHoliday(date) === undefined,
  sessionOn: (date) => ({ date, startsAt: paris(`${date} ${startsAt}`) }),
});

export const absenceContext: AbsenceContext = {
  serviceDays: fourDays,
  starts: [hour('11:30')],
  periods: {},
};
const at = ['absence'];

/** The rules as a document would hold them; a fault of form stops the test. */
export function rulesOf(written: unknown): Absences {
  const faults: Fault[] = [];
  absences.check(written, at, (path, reason) => faults.push({ path, reason }));
  if (faults.length > 0) throw new Error(JSON.stringify(faults));
  return written as Absences;
}

/** « absence/0/relief: … », form first, then sense. */
export function absenceFaultsOf(written: unknown): string[] {
  const faults: string[] = [];
  const report: Report = (path, reason) => faults.push(`${path.join('/')}: ${reason}`);
  absences.check(written, at, report);
  if (faults.length === 0) absenceFaults(written as Absences, at, absenceContext, report);
  return faults;
}

export const absenceLinesOf = (written: unknown): readonly string[] =>
  absenceLines(rulesOf(written), absenceContext);

interface Told {
  readonly ground?: string;
  readonly from: string;
  readonly to?: string;
  /** What the clock showed, or an ISO moment. */
  readonly notice?: string;
  readonly evidence?: string;
  readonly proof?: Omit<Proof, 'at'>;
  readonly whose?: AbsenceFacts['whose'];
}

const moment = (text: string) => (text.includes(' ') ? paris(text) : asInstant(text));

/** What the rules make of an absence, of illness unless told. */
export function judged(
  written: unknown,
  { ground = 'illness', from, to = from, notice, evidence, proof, whose }: Told,
  days = served(),
): AbsenceJudgement {
  const facts: AbsenceFacts = {
    ground,
    from: day(from),
    to: day(to),
    ...(notice !== undefined && { notice: moment(notice) }),
    ...(evidence !== undefined && { evidence: { at: moment(evidence), ...proof } }),
    ...(whose && { whose }),
  };
  return judgeAbsence(compileAbsences(rulesOf(written), at, absenceContext), facts, days);
}

/** « 16 due: waiting », one line a day. */
export const outcomes = (judgement: AbsenceJudgement): string[] =>
  judgement.days.map(({ date, due, why }) => {
    const share = typeof due === 'string' ? due : `${due.percent} %`;
    return `${date.slice(8)} ${share}: ${why}`;
  });

/** A rule that excuses in full, on the conditions told. */
export const excuses = (conditions: object = {}, ground = 'illness'): object => ({
  ground,
  relief: 'full',
  form: 'not_billed',
  scope: 'child',
  ...conditions,
});
