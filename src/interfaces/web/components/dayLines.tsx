import type { ComponentChildren } from 'preact';
import type { LocalDate } from '../../../domain/kernel/localDate.ts';
import {
  dayNumber,
  monthName,
  shortMonth,
  shortWeekday,
  weekdayName,
} from '../../../domain/kernel/french/dates.ts';
import type { IconName } from '../icons.ts';
import { Icon } from './icon.tsx';
import { StateBadge, type StateTone } from './stateBadge.tsx';

/** The state of a line, told by shape, icon and words. */
export interface LineState {
  readonly tone: StateTone;
  readonly icon: IconName;
  readonly words: string;
}

/** One act or one place on a day, as the check page, the receipt and the home page list them. */
export interface DayLine {
  readonly key: string;
  readonly date: LocalDate;
  readonly icon: IconName;
  /** « Cantine » */
  readonly label: string;
  /** « Léa », « Saint-Géry-Vers »: what the label leaves out. */
  readonly details: readonly string[];
  /** Left out where the list's title says it for all. */
  readonly state?: LineState;
  /** At the end of the line: a price. */
  readonly amount?: string;
  /** Under the line: what it means, what to do. */
  readonly more?: ComponentChildren;
}

/** « Saint-Géry-Vers » stays whole. */
const isShortName = (detail: string): boolean => detail.includes('-') && detail.length <= 20;

const Line = ({ line }: { readonly line: DayLine }) => (
  <li class="line">
    <Icon name={line.icon} size={22} />
    <p class="line__words">
      <b>{line.label}</b>
      {line.details.length > 0 && (
        <span>
          {line.details.map((detail, index) => (
            <span key={detail} class={isShortName(detail) ? 'unbroken' : undefined}>
              {index < line.details.length - 1 ? `${detail}, ` : detail}
            </span>
          ))}
        </span>
      )}
    </p>
    {line.state && (
      <div class="line__state">
        <StateBadge {...line.state} />
      </div>
    )}
    {line.amount && <p class="line__amount">{line.amount}</p>}
    {line.more && <div class="line__more">{line.more}</div>}
  </li>
);

interface DayLinesProps {
  /** In the order of their days. */
  readonly lines: readonly DayLine[];
  readonly level?: 3 | 4;
  /** Closer lines, for lists that are only read. */
  readonly dense?: boolean;
}

/** Lines under their days: the date stands in the margin, as in a diary. */
export function DayLines({ lines, level = 3, dense }: DayLinesProps) {
  const Heading = level === 3 ? 'h3' : 'h4';
  const dates = [...new Set(lines.map(({ date }) => date))];
  return (
    <ol class={dense ? 'dated dated--dense' : 'dated'}>
      {dates.map((date) => (
        <li key={date} class="dated__day">
          <Heading class="dated__date">
            <span aria-hidden="true">{shortWeekday(date)}</span>
            <b aria-hidden="true">{Number(date.slice(8))}</b>
            <span aria-hidden="true">{shortMonth(date)}</span>
            <span class="visually-hidden">
              {`${weekdayName(date)} ${dayNumber(date)} ${monthName(date)}`}
            </span>
          </Heading>
          <ul>
            {lines
              .filter((line) => line.date === date)
              .map((line) => (
                <Line key={line.key} line={line} />
              ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}
