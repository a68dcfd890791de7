import { formatMonth } from '../../../kernel/french/dates.ts';
import { asYearMonth, lastDayOf, monthOf } from '../../../kernel/localDate.ts';
import type { Infer, Path, Report } from '../schema/schema.ts';
import { object, record, variants } from '../schema/structures.ts';
import { literal, moment, oneOf, periodCode, yearMonth } from '../schema/values.ts';
import type { LocalMoment } from '../schema/values.ts';
import { boundary, limitAt } from './dated.ts';
import type { ActWindow, DeadlineContext, DeadlineShape, Opening } from './deadlineRule.ts';
import { untilMoment } from './limitLines.ts';
import { never } from './never.ts';
import { none } from './none.ts';
import { pastItsPeriod, periodWords, unknownPeriod } from './periods.ts';

const otherwise = oneOf('none', 'never');
const byMonth = object({
  type: literal('date_list'),
  per: literal('month'),
  limits: record(yearMonth, moment),
  /** For a month that is not listed. */
  otherwise,
  boundary,
});
const byPeriod = object({
  type: literal('date_list'),
  per: literal('period'),
  limits: record(periodCode, moment),
  /** For a period that is not listed, or a session outside of any. */
  otherwise,
  boundary,
});
/** Limits that the town prints one by one, for months or for its own periods. */
export type DateList = Infer<typeof byMonth> | Infer<typeof byPeriod>;

type Limits = readonly (readonly [key: string, limit: LocalMoment])[];
/** In the order of the months; periods as the town wrote them. */
const listed = ({ per, limits }: DateList): Limits => {
  const all = Object.entries(limits);
  return per === 'month' ? all.sort(([one], [other]) => (one < other ? -1 : 1)) : all;
};

export const dateList: DeadlineShape<DateList> = {
  schema: variants<DateList>('per', () => ({ month: byMonth, period: byPeriod })),
  faults(deadline, at, context, report) {
    const place = [...at, 'limits'];
    if (deadline.per === 'month') monthFaults(listed(deadline), place, report);
    else periodFaults(listed(deadline), place, context, report);
  },
  lines(deadline, context) {
    const { per, otherwise, boundary } = deadline;
    const named = (key: string) =>
      per === 'month' ? formatMonth(asYearMonth(key)) : periodWords(key, context);
    const rest =
      otherwise === 'none'
        ? none.lines({ type: otherwise }, context)
        : never.lines({ type: otherwise }, context);
    const others = per === 'month' ? 'pour les autres mois' : 'en dehors de ces périodes';
    return [
      ...listed(deadline).map(
        ([key, limit]) => `pour ${named(key)}, ${untilMoment(limit, boundary)}`,
      ),
      ...rest.map((line) => `${others}, ${line}`),
    ];
  },
  compile({ per, limits, otherwise, boundary: side }) {
    const windows = new Map<string, ActWindow>(
      Object.entries(limits).map(([key, limit]) => [key, { closes: limitAt(limit, side) }]),
    );
    const rest: Opening = otherwise === 'none' ? 'always' : 'never';
    return per === 'month'
      ? ({ date }) => windows.get(monthOf(date)) ?? rest
      : ({ period }) => (period === undefined ? rest : (windows.get(period) ?? rest));
  },
};

function monthFaults(limits: Limits, at: Path, report: Report): void {
  limits.forEach(([month, limit], index) => {
    const before = limits[index - 1]?.[1];
    if (limit > `${lastDayOf(asYearMonth(month))}T24:00`)
      report([...at, month], 'Cette limite tombe après la fin du mois.');
    if (before !== undefined && limit < before)
      report([...at, month], 'Cette limite précède celle du mois d’avant.');
  });
}

function periodFaults(limits: Limits, at: Path, context: DeadlineContext, report: Report): void {
  for (const [code, limit] of limits) {
    const reason = unknownPeriod(code, context) ?? pastItsPeriod(code, limit, context);
    if (reason) report([...at, code], reason);
  }
}
