import { addMonths, type LocalDate } from '../../../domain/kernel/localDate.ts';
import { Banner } from '../components/banner.tsx';
import { Button } from '../components/button.tsx';
import { ChildSwitcher } from '../components/childSwitcher.tsx';
import { EmptyState } from '../components/emptyState.tsx';
import { Icon, Mark } from '../components/icon.tsx';
import { Legend } from '../components/legend.tsx';
import { MonthGrid } from '../components/monthGrid.tsx';
import { PeriodSwitcher } from '../components/periodSwitcher.tsx';
import { KEPT_FIELD } from '../components/slot.ts';
import { StickyBar } from '../components/stickyBar.tsx';
import { formatDay, formatMonth } from '../../../domain/kernel/french/dates.ts';
import { limitWords } from '../../../domain/kernel/french/deadlines.ts';
import { wallAt } from '../../../domain/kernel/french/times.ts';
import { joinList, ofName, plural } from '../../../domain/kernel/french/words.ts';
import { AgendaWeekSection } from './agendaWeekSection.tsx';
import {
  agendaWeeks,
  gridWeeks,
  hasTicks,
  marksOf,
  monthSummary,
  nextLimit,
  type NextLimit,
} from './agendaMonth.ts';
import type { AgendaView, Notice } from './agendaView.ts';

export type { AgendaDay, AgendaChildDay, AgendaView, ClosedDay, Notice } from './agendaView.ts';

/** « Réservations de Léa, novembre 2026 » */
export function agendaTitle({ scope, tabs, month }: AgendaView): string {
  const child = scope === 'child' ? tabs.find(({ current }) => current) : undefined;
  return `Réservations ${child ? ofName(child.label) : 'de toute la famille'}, ${formatMonth(month)}`;
}

/** Says what was just done, at the head of a page. */
export const NoticeBanner = ({ notice }: { readonly notice: Notice }) => (
  <Banner tone={notice.tone} title={notice.title} announced>
    {(notice.text ?? notice.link) && (
      <p>
        {notice.text} {notice.link && <a href={notice.link.href}>{notice.link.label}</a>}
      </p>
    )}
  </Banner>
);

function LimitReminder({ limit, today }: { readonly limit: NextLimit; readonly today: LocalDate }) {
  const { at, dates } = limit;
  const days = dates.length <= 3 ? joinList(dates.map(formatDay)) : plural(dates.length, 'jour');
  return (
    <p class="reminder">
      <Icon name="clock" />
      <span>
        {'Prochaine limite\u00a0: '}
        <b>{limitWords(at, today)}</b>
        {`, pour ${days}.`}
      </span>
    </p>
  );
}

const Summary = ({ days }: { readonly days: AgendaView['days'] }) => (
  <ul class="summary">
    {monthSummary(days).map(({ mark, words }) => (
      <li key={mark}>
        <Mark name={mark} />
        {words}
      </li>
    ))}
  </ul>
);

function Weeks({ view, today }: { readonly view: AgendaView; readonly today: LocalDate }) {
  const weeks = agendaWeeks(view);
  const past = weeks.filter(({ to }) => to < today);
  const coming = weeks.filter(({ to }) => to >= today);
  const shared = { today, scope: view.scope };
  return (
    <>
      {past.length > 0 && (
        <details class="past">
          <summary class="past__summary">
            <Icon name="chevron-right" />
            {past.length === 1 ? 'Semaine passée' : `Semaines passées (${past.length})`}
          </summary>
          {past.map((week) => (
            <AgendaWeekSection key={week.from} week={week} {...shared} />
          ))}
        </details>
      )}
      {coming.map((week) => (
        <AgendaWeekSection key={week.from} week={week} {...shared} />
      ))}
    </>
  );
}

/** Id of the form that holds the boxes. */
const FORM = 'jours';

/** The heart of the portal: a month that reads at a glance, then each day with what can be ticked. */
export function AgendaPage(view: AgendaView) {
  const { now, month, tabs, previousHref, nextHref, days, form, elsewhere } = view;
  const { notice, catchingUp } = view;
  const today = wallAt(now).date;
  const weeks = gridWeeks(view, today);
  const limit = nextLimit(days, now);
  const nothing = agendaWeeks(view).length === 0;
  const sends = hasTicks(days) || elsewhere !== undefined;
  const goingForm = sends ? FORM : undefined;
  return (
    <div class="agenda">
      {sends && (
        // The first button of the form is what Enter presses in a box: it isn't to change the month.
        <button type="submit" form={FORM} hidden>
          Vérifier
        </button>
      )}
      <div class="agenda__top">
        <div class="agenda__intro">
          <h1>Réservations</h1>
          <p class="lead">
            {'Cochez, vérifiez, envoyez\u00a0: la réponse s’affiche jour par jour. '}
            <a href={view.receiptsHref}>Vos accusés de réception</a>
          </p>
          {notice && <NoticeBanner notice={notice} />}
          {catchingUp && (
            <Banner tone="wait" title="La réponse arrive…" announced>
              <p>
                {
                  'Votre demande est bien enregistrée\u00a0: cette page la montrera dans un instant. '
                }
                <a href="">Actualiser</a>
              </p>
            </Banner>
          )}
          <ChildSwitcher tabs={tabs} form={goingForm} />
        </div>
        <div class="agenda__month">
          <PeriodSwitcher
            name="Choisir un mois"
            label={formatMonth(month)}
            form={goingForm}
            {...(previousHref
              ? { previous: { href: previousHref, label: formatMonth(addMonths(month, -1)) } }
              : {})}
            {...(nextHref
              ? { next: { href: nextHref, label: formatMonth(addMonths(month, 1)) } }
              : {})}
          />
          <MonthGrid month={month} weeks={weeks} />
        </div>
        <Legend marks={marksOf(weeks)} lines={view.scope === 'family'} />
        {!nothing && (
          <div class="agenda__facts">
            <Summary days={days} />
            {limit && <LimitReminder limit={limit} today={today} />}
          </div>
        )}
      </div>
      {nothing && (
        <EmptyState icon="calendar-days" title={`Rien à réserver en ${formatMonth(month)}`}>
          <p>Les activités de ce mois ne sont pas encore ouvertes, ou elles sont passées.</p>
        </EmptyState>
      )}
      {(sends || !nothing) && (
        <form id={FORM} method="post" action={form.action} data-agenda>
          <input type="hidden" name="csrf" value={form.csrf} />
          {elsewhere && <input type="hidden" name={KEPT_FIELD} value={elsewhere.code} />}
          <Weeks view={view} today={today} />
        </form>
      )}
      {sends && (
        <StickyBar
          also={elsewhere?.words}
          action={
            <Button tone="primary" iconAfter="arrow-right" form={FORM}>
              Vérifier
            </Button>
          }
        >
          {'Cochez, puis vérifiez\u00a0: rien ne part avant votre accord.'}
        </StickyBar>
      )}
    </div>
  );
}
