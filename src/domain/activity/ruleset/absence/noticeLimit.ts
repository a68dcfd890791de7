import type { LocalDate } from '../../../kernel/localDate.ts';
import { asLocalTime, parisInstant } from '../../../kernel/parisTime.ts';
import { isBefore, type Limit } from '../../../kernel/sessionTerms.ts';
import { compileDeadline, deadlineFaults, type Deadline } from '../deadline/deadline.ts';
import type { Path, Report } from '../schema/schema.ts';
import { warnedAt, type Absence, type AbsenceContext } from './absencePart.ts';

/** Until when the absence of a day may be told; `always`: no limit. */
export type NoticeRule = (absence: Absence, date: LocalDate) => Limit | 'always' | 'never';

/** An absence may be told once the session has begun: its hour bounds no notice. */
const withoutStarts = (context: AbsenceContext): AbsenceContext => ({ ...context, starts: [] });

export function noticeFaults(
  deadline: Deadline,
  at: Path,
  context: AbsenceContext,
  report: Report,
): void {
  if (deadline.type === 'never')
    report(at, 'Une absence que personne ne peut signaler à temps n’est jamais excusée.');
  deadlineFaults(deadline, at, withoutStarts(context), report);
}

export function compileNotice(deadline: Deadline, context: AbsenceContext): NoticeRule {
  const rule = compileDeadline(deadline, withoutStarts(context));
  return ({ days, audience = 'all' }, date) => {
    const session = days.sessionOn(date);
    const opening = rule(session, days, audience);
    if (typeof opening === 'string') return opening;
    if (opening.closes.at < session.startsAt) return opening.closes;
    // The limit was cut at the start of the session: the day's own end bounds a notice.
    const startsAt = parisInstant(date, asLocalTime('24:00'));
    const whole = rule({ ...session, startsAt }, days, audience);
    return typeof whole === 'string' ? whole : whole.closes;
  };
}

/** Whether the family warned in time. */
export function noticed(absence: Absence, limit: ReturnType<NoticeRule>): boolean {
  const notice = warnedAt(absence);
  if (notice === undefined || limit === 'never') return false;
  return limit === 'always' || isBefore(notice, limit);
}

/** What the family could have kept, where there is a limit. */
export const keptBy = (limit: ReturnType<NoticeRule>): { readonly limit?: Limit } =>
  typeof limit === 'string' ? {} : { limit };
