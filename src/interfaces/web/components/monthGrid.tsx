import type { LocalDate, YearMonth } from '../../../domain/kernel/localDate.ts';
import { formatDate, formatMonth, formatSpan, shortWeekday, weekdayName } from '../french/dates.ts';
import type { MarkName } from '../icons.ts';
import { Mark } from './icon.tsx';

export interface CellMark {
  readonly mark: MarkName;
  /** Value of the checkbox that changes this mark. */
  readonly of?: string;
  /** The mark when that box isn't ticked. */
  readonly unticked?: MarkName;
}

/** A day of the month: one mark for each activity, a line for each child. */
export interface CalendarCellView {
  readonly date: LocalDate;
  readonly when: 'past' | 'today' | 'coming';
  /** Why nothing takes place: « Férié : Armistice 1918 ». */
  readonly closed?: string;
  readonly lines: readonly (readonly CellMark[])[];
  /** The day read aloud: « Cantine réservé, garderie du soir à réserver ». */
  readonly words: string;
}

function CalendarCell({ cell }: { readonly cell: CalendarCellView }) {
  const { date, when, closed, lines, words } = cell;
  const empty = !closed && lines.length === 0;
  const classes = `cell cell--${when}${closed ? ' cell--closed' : ''}${empty ? ' cell--empty' : ''}`;
  const inside = (
    <>
      <span class="cell__number" aria-hidden="true">
        {Number(date.slice(8))}
      </span>
      <span class="visually-hidden">
        {formatDate(date)}
        {when === 'today' ? ', aujourd’hui' : ''}
        {`\u00a0: ${words}`}
      </span>
      {lines.map((marks, line) => (
        <span key={line} class="cell__marks">
          {marks.map(({ mark, of, unticked }, index) => (
            <Mark key={index} name={mark} of={of} unticked={unticked} />
          ))}
        </span>
      ))}
    </>
  );
  return (
    <td class={classes}>
      {empty ? (
        <span class="cell__face">{inside}</span>
      ) : (
        <a
          class="cell__face"
          href={`#jour-${date}`}
          aria-current={when === 'today' ? 'date' : undefined}
        >
          {inside}
        </a>
      )}
    </td>
  );
}

interface MonthGridProps {
  readonly month: YearMonth;
  /** Weeks from Monday; undefined stands for a day of another month. All weeks have the same number of columns. */
  readonly weeks: readonly (readonly (CalendarCellView | undefined)[])[];
}

/** The month at a glance: a real table, each day leading to its row below. */
export function MonthGrid({ month, weeks }: MonthGridProps) {
  const columns = Math.max(5, ...weeks.map((week) => week.length));
  // Any Monday names the columns: 2 November 2026 was chosen for nothing else.
  const names = Array.from({ length: columns }, (_, index) => `2026-11-0${2 + index}` as LocalDate);
  return (
    <table class={`month month--${columns}`}>
      <caption class="visually-hidden">{`${formatMonth(month)}, un jour par case`}</caption>
      <thead>
        <tr>
          <td class="month__corner" />
          {names.map((date) => (
            <th key={date} scope="col" abbr={weekdayName(date)}>
              <span aria-hidden="true">{shortWeekday(date)}</span>
              <span class="visually-hidden">{weekdayName(date)}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => {
          const days = week.flatMap((cell) => (cell ? [cell.date] : []));
          const [first, last] = [days[0], days.at(-1)];
          return (
            <tr key={first}>
              <th scope="row" class="month__week">
                <span class="visually-hidden">
                  {first && last ? `semaine ${formatSpan(first, last)}` : ''}
                </span>
              </th>
              {week.map((cell, index) =>
                cell ? (
                  <CalendarCell key={cell.date} cell={cell} />
                ) : (
                  <td key={index} class="cell" />
                ),
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
