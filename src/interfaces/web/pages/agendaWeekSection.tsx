import type { LocalDate } from '../../../domain/kernel/localDate.ts';
import { mondayOf, addDays } from '../../../domain/kernel/localDate.ts';
import { LimitLine } from '../components/limitLine.tsx';
import { sharedLimit, SlotList } from '../components/slotList.tsx';
import {
  dayNumber,
  formatSpan,
  monthName,
  weekdayIndex,
  weekdayName,
} from '../../../domain/kernel/french/dates.ts';
import type { AgendaWeek, WeekEntry } from './agendaMonth.ts';
import type { AgendaDay, AgendaView } from './agendaView.ts';

interface Shared {
  readonly today: LocalDate;
  readonly scope: AgendaView['scope'];
}

/** « lundi 23 », read aloud « lundi 23 novembre ». */
const DayTitle = ({ date, today }: { readonly date: LocalDate; readonly today: LocalDate }) => (
  <h3 class="day__title" id={`titre-${date}`}>
    <span class="day__weekday" aria-hidden="true">
      {weekdayName(date)}
    </span>
    <span class="day__number" aria-hidden="true">
      {dayNumber(date)}
    </span>
    <span class="visually-hidden">
      {`${weekdayName(date)} ${dayNumber(date)} ${monthName(date)}`}
    </span>
    {date === today && <span class="day__today">aujourd’hui</span>}
  </h3>
);

function Day({ day, today, scope }: Shared & { readonly day: AgendaDay }) {
  const { date } = day;
  const when = date < today ? 'past' : date === today ? 'today' : 'coming';
  const children = day.children.filter(({ slots }) => slots.length > 0);
  const shared = sharedLimit(children.flatMap(({ slots }) => slots));
  let above = 0;
  const lists = children.map(({ childId, name, slots }) => {
    const list = { childId, name, slots, above };
    above += slots.length;
    return list;
  });
  return (
    <li class={`day day--${when} column-${weekdayIndex(date) + 1}`} id={`jour-${date}`}>
      <DayTitle date={date} today={today} />
      <div class="day__body" role="group" aria-labelledby={`titre-${date}`}>
        {shared && <LimitLine limit={shared} date={date} />}
        {lists.map(({ childId, name, slots, above }) => (
          <div key={childId} class="day__child">
            {scope === 'family' && <h4 class="day__name">{name}</h4>}
            <SlotList slots={slots} date={date} said={shared} above={above} />
          </div>
        ))}
      </div>
    </li>
  );
}

function ClosedRun({ entry }: { readonly entry: Extract<WeekEntry, { kind: 'closed' }> }) {
  const [first] = entry.dates;
  const last = entry.dates.at(-1) ?? first;
  return (
    <li
      class={`closed column-${weekdayIndex(first) + 1} span-${entry.dates.length}`}
      id={`jour-${first}`}
    >
      {entry.dates.slice(1).map((date) => (
        <span key={date} id={`jour-${date}`} />
      ))}
      <p class="closed__words">{entry.words}</p>
      <p class="closed__dates">{formatSpan(first, last)}</p>
    </li>
  );
}

const nearness = (from: LocalDate, today: LocalDate): string => {
  const [week, thisWeek] = [mondayOf(from), mondayOf(today)];
  if (week === thisWeek) return 'Cette semaine';
  if (week === addDays(thisWeek, 7)) return 'La semaine prochaine';
  return 'Semaine';
};

/** A week: a line of days on a wide screen, a list on a phone. */
export function AgendaWeekSection({ week, today, scope }: Shared & { readonly week: AgendaWeek }) {
  const id = `semaine-${week.from}`;
  return (
    <section class="week" aria-labelledby={id}>
      <h2 class="week__title" id={id}>
        {nearness(week.from, today)}{' '}
        <span>
          {week.from === week.to
            ? `du ${dayNumber(week.from)} ${monthName(week.from)}`
            : formatSpan(week.from, week.to)}
        </span>
      </h2>
      <ol class={`week__days week__days--${week.columns}`}>
        {week.entries.map((entry) =>
          entry.kind === 'day' ? (
            <Day key={entry.day.date} day={entry.day} today={today} scope={scope} />
          ) : (
            <ClosedRun key={entry.dates[0]} entry={entry} />
          ),
        )}
      </ol>
    </section>
  );
}
