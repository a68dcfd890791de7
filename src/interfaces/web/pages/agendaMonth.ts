import {
  addDays,
  daysOf,
  mondayOf,
  type LocalDate,
  type YearMonth,
} from '../../../domain/kernel/localDate.ts';
import type { Instant } from '../../../domain/kernel/parisTime.ts';
import type { CalendarCellView } from '../components/monthGrid.tsx';
import { limitOf, type Slot } from '../components/slot.ts';
import { slotLook } from '../components/slotWords.ts';
import { weekdayIndex } from '../../../domain/kernel/french/dates.ts';
import { capitalise } from '../../../domain/kernel/french/words.ts';
import type { MarkName } from '../icons.ts';
import type { AgendaDay, AgendaView, ClosedDay } from './agendaView.ts';

const closedNames: Readonly<Record<ClosedDay['reason'], string>> = {
  publicHoliday: 'Férié',
  schoolHoliday: 'Vacances scolaires',
  closure: 'Fermé',
};

/** « Férié : Armistice de 1918 », « Vacances de Noël », « Fermé : pont de l’Ascension ». */
export const closedWords = ({ reason, name }: ClosedDay): string =>
  name === undefined
    ? closedNames[reason]
    : reason === 'schoolHoliday'
      ? capitalise(name)
      : `${closedNames[reason]}\u00a0: ${name}`;

const slotsOf = (day: AgendaDay): Slot[] => day.children.flatMap(({ slots }) => [...slots]);

const dayWords = (day: AgendaDay | undefined, scope: AgendaView['scope']): string => {
  if (!day) return 'aucune activité';
  if (day.closed) return closedWords(day.closed);
  const children = day.children.filter(({ slots }) => slots.length > 0);
  if (children.length === 0) return 'aucune activité';
  return children
    .map(({ name, slots }) => {
      const told = slots
        .map(({ label, state }) => `${label}, ${slotLook(state).words}`)
        .join('\u00a0; ');
      return scope === 'family' ? `${name}, ${told}` : told;
    })
    .join('. ');
};

function cellOf(
  date: LocalDate,
  day: AgendaDay | undefined,
  today: LocalDate,
  scope: AgendaView['scope'],
): CalendarCellView {
  return {
    date,
    when: date < today ? 'past' : date === today ? 'today' : 'coming',
    ...(day?.closed ? { closed: closedWords(day.closed) } : {}),
    lines: (day?.children ?? [])
      .filter(({ slots }) => slots.length > 0)
      .map(({ slots }) =>
        slots.map((slot) => {
          const { mark, tick } = slotLook(slot.state);
          return tick && slot.ticked ? { mark: tick.mark, unticked: mark } : { mark };
        }),
      ),
    words: dayWords(day, scope),
  };
}

/** Mondays to Fridays, or further when something takes place on a week-end. */
function columnsOf(days: readonly AgendaDay[]): number {
  const busy = days.filter((day) => slotsOf(day).length > 0);
  return Math.max(5, ...busy.map(({ date }) => weekdayIndex(date) + 1));
}

type MonthWeeks = readonly (readonly LocalDate[])[];
const monthWeeks = new Map<string, MonthWeeks>();

/** The weeks of a month, Mondays first, `columns` days each; kept, since every family asks for the same few. */
function weeksOf(month: YearMonth, columns: number): MonthWeeks {
  const key = `${month}/${columns}`;
  const known = monthWeeks.get(key);
  if (known) return known;
  const inside = daysOf(month).filter((date) => weekdayIndex(date) < columns);
  const weeks = [...new Set(inside.map(mondayOf))].map((monday) =>
    Array.from({ length: columns }, (_, index) => addDays(monday, index)),
  );
  if (monthWeeks.size >= 256) monthWeeks.clear();
  monthWeeks.set(key, weeks);
  return weeks;
}

const isIn = (month: YearMonth, date: LocalDate): boolean => date.startsWith(month);

/** The weeks of a month as the grid shows them. */
export function gridWeeks(
  { month, days, scope }: Pick<AgendaView, 'month' | 'days' | 'scope'>,
  today: LocalDate,
): (CalendarCellView | undefined)[][] {
  const byDate = new Map(days.map((day) => [day.date, day]));
  return weeksOf(month, columnsOf(days)).map((week) =>
    week.map((date) =>
      isIn(month, date) ? cellOf(date, byDate.get(date), today, scope) : undefined,
    ),
  );
}

/** A day with activities, or a run of days closed for the same reason. */
export type WeekEntry =
  | { readonly kind: 'day'; readonly day: AgendaDay }
  | {
      readonly kind: 'closed';
      readonly words: string;
      readonly dates: readonly [LocalDate, ...LocalDate[]];
    };

export interface AgendaWeek {
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** Weekdays shown: the same for every week of the month. */
  readonly columns: number;
  readonly entries: readonly WeekEntry[];
}

/** Days of a week, closed ones that follow each other for the same reason taken together. */
function entriesOf(days: readonly (AgendaDay | undefined)[]): WeekEntry[] {
  const entries: WeekEntry[] = [];
  let run: WeekEntry | undefined;
  for (const day of days) {
    const words = day?.closed && slotsOf(day).length === 0 ? closedWords(day.closed) : undefined;
    if (!day || words === undefined) {
      run = undefined;
      if (day && slotsOf(day).length > 0) entries.push({ kind: 'day', day });
    } else if (run?.kind === 'closed' && run.words === words) {
      run = { ...run, dates: [...run.dates, day.date] };
      entries[entries.length - 1] = run;
    } else {
      run = { kind: 'closed', words, dates: [day.date] };
      entries.push(run);
    }
  }
  return entries;
}

/** The weeks that have something to show, in order. */
export function agendaWeeks({ month, days }: Pick<AgendaView, 'month' | 'days'>): AgendaWeek[] {
  const byDate = new Map(days.map((day) => [day.date, day]));
  const columns = columnsOf(days);
  return weeksOf(month, columns).flatMap((week) => {
    const inside = week.filter((date) => isIn(month, date));
    const [from, to] = [inside[0], inside.at(-1)];
    const entries = entriesOf(inside.map((date) => byDate.get(date)));
    return from && to && entries.length > 0 ? [{ from, to, columns, entries }] : [];
  });
}

export const marksOf = (
  weeks: readonly (readonly (CalendarCellView | undefined)[])[],
): Set<MarkName> =>
  new Set(weeks.flat().flatMap((cell) => (cell?.lines ?? []).flat().map(({ mark }) => mark)));

/** How many of each, in words: « 12 réservées », with the mark that the month shows for them. */
export interface Count {
  readonly mark: MarkName;
  readonly words: string;
}

/** What the month holds, in four counts at most; never empty. */
export function monthSummary(days: readonly AgendaDay[]): Count[] {
  const states = days.flatMap(slotsOf).map(({ state }) => state.kind);
  const count = (
    mark: MarkName,
    one: string,
    several: string,
    kinds: readonly string[],
  ): Count[] => {
    const number = states.filter((kind) => kinds.includes(kind)).length;
    return number === 0 ? [] : [{ mark, words: `${number}\u00a0${number > 1 ? several : one}` }];
  };
  const held = count('held', 'réservée', 'réservées', [
    'held',
    'attended',
    'absent',
    'absentJustified',
  ]);
  return [
    ...(held.length > 0
      ? held
      : [{ mark: 'off', words: 'Aucune réservation ce mois-ci' } as const]),
    ...count('awaiting', 'en attente de validation', 'en attente de validation', ['awaiting']),
    ...count('waitlisted', 'sur liste d’attente', 'sur liste d’attente', ['waitlisted']),
    ...count('open', 'encore possible', 'encore possibles', ['open']),
  ];
}

export interface NextLimit {
  readonly at: Instant;
  /** Days that can no longer be asked for after it. */
  readonly dates: readonly LocalDate[];
}

/** The next limit to come among what can still be asked for. */
export function nextLimit(days: readonly AgendaDay[], now: Instant): NextLimit | undefined {
  const open = days.flatMap(slotsOf).flatMap(({ date, state }) => {
    const found = state.kind === 'open' ? limitOf(state) : undefined;
    return found && found.limit.at > now ? [{ date, at: found.limit.at }] : [];
  });
  const [first, ...others] = open;
  if (!first) return undefined;
  const at = others.reduce((soonest, next) => (next.at < soonest ? next.at : soonest), first.at);
  const dates = [...new Set(open.filter((one) => one.at === at).map(({ date }) => date))].sort();
  return { at, dates };
}

/** True when the page has at least one box to tick. */
export const hasTicks = (days: readonly AgendaDay[]): boolean =>
  days.some((day) => slotsOf(day).some(({ state }) => slotLook(state).tick !== undefined));
