import type { LocalDate, YearMonth } from '../../../domain/kernel/localDate.ts';
import {
  formatDate,
  formatMonth,
  formatSpan,
  shortWeekday,
  weekdayName,
} from '../../../domain/kernel/french/dates.ts';
import type { MarkName } from '../icons.ts';
import { Mark } from './icon.tsx';
import { drawOnce, type PageContext } from './pageContext.ts';

export interface CellMark {
  readonly mark: MarkName;
  /** The mark when its box isn't ticked, if it is. */
  readonly unticked?: MarkName;
}

/** A day of the month: one mark for each activity in the order of the day's row, a line for each child. */
export interface CalendarCellView {
  readonly date: LocalDate;
  readonly when: 'past' | 'today' | 'coming';
  /** Why nothing takes place: « Férié : Armistice 1918 ». */
  readonly closed?: string;
  readonly lines: readonly (readonly CellMark[])[];
  /** The day read aloud: « Cantine réservé, garderie du soir à réserver ». */
  readonly words: string;
}

/** The marks of one child. */
const MarkLine = ({ marks }: { readonly marks: readonly CellMark[] }) => (
  <span class="cell__marks">
    {marks.map(({ mark, unticked }, index) => (
      <Mark key={index} name={mark} unticked={unticked} />
    ))}
  </span>
);

const keyOf = (marks: readonly CellMark[]): string =>
  marks.map(({ mark, unticked = '' }) => `${mark}/${unticked}`).join(' ');

interface CellProps {
  readonly cell: CalendarCellView;
  /** The marks as HTML. */
  readonly drawn: string;
}

function CalendarCell({ cell, drawn }: CellProps) {
  const { date, when, closed, lines, words } = cell;
  const empty = !closed && lines.length === 0;
  const classes = `cell cell--${when}${closed ? ' cell--closed' : ''}${empty ? ' cell--empty' : ''}`;
  const inside = (
    <>
      <span class="cell__number" aria-hidden="true">
        {Number(date.slice(8))}
      </span>
      <span class="visually-hidden">
        {`${formatDate(date)}${when === 'today' ? ', aujourd’hui' : ''}\u00a0: ${words}`}
      </span>
      <span class="cell__lines" dangerouslySetInnerHTML={{ __html: drawn }} />
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
export function MonthGrid({ month, weeks }: MonthGridProps, context: PageContext) {
  const draw = ({ lines }: CalendarCellView): string =>
    lines
      .map((marks) => drawOnce(context, keyOf(marks), () => <MarkLine marks={marks} />))
      .join('');
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
                  {first && last
                    ? `semaine ${first === last ? 'du ' : ''}${formatSpan(first, last)}`
                    : ''}
                </span>
              </th>
              {week.map((cell, index) =>
                cell ? (
                  <CalendarCell key={cell.date} cell={cell} drawn={draw(cell)} />
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
