import type { ActivityKind } from '../../../domain/activity/activityTerms.ts';
import { addDays, type LocalDate } from '../../../domain/kernel/localDate.ts';
import type { Instant, LocalTime } from '../../../domain/kernel/parisTime.ts';
import { Button } from '../components/button.tsx';
import { EmptyState } from '../components/emptyState.tsx';
import { SelectField, type Choice } from '../components/field.tsx';
import { Icon } from '../components/icon.tsx';
import { PeriodSwitcher } from '../components/periodSwitcher.tsx';
import { Places } from '../components/progress.tsx';
import { activityIcon } from '../components/slot.ts';
import { StateBadge } from '../components/stateBadge.tsx';
import { Table, type Column } from '../components/table.tsx';
import { formatDate } from '../../../domain/kernel/french/dates.ts';
import { formatTime, wallAt } from '../../../domain/kernel/french/times.ts';
import { plural } from '../../../domain/kernel/french/words.ts';
import { NoticeBanner, type Notice } from './agendaPage.tsx';

/** One age group of one session. */
export interface SessionRow {
  readonly key: string;
  readonly label: string;
  readonly kind: ActivityKind;
  readonly facility: string;
  readonly group: string;
  /** Absent when the session takes place no more. */
  readonly hours?: { readonly startsAt: LocalTime; readonly endsAt: LocalTime };
  readonly held: number;
  readonly places: number;
  /** Counted once for a session, on its first row. */
  readonly awaiting: number;
  /** True when the session has other groups, whose requests are counted here too. */
  readonly awaitingIsShared?: boolean;
  readonly waiting: number;
  /** Reservations left in the book of a session that takes place no more. */
  readonly gone?: number;
  /** Public reason, when the session is closed. */
  readonly closedBecause?: string;
  /** Absent when it can't be closed any more. */
  readonly closeHref?: string;
}

export type SessionSort = 'heure' | 'lieu' | 'places' | 'attente';

/** A day's sessions, as many rows as age groups, already sorted and filtered. */
export interface SessionsView {
  readonly now: Instant;
  readonly date: LocalDate;
  readonly previousHref?: string;
  readonly nextHref?: string;
  readonly todayHref: string;
  /** The same rows as a file for spreadsheets. */
  readonly csvHref: string;
  readonly rows: readonly SessionRow[];
  readonly sort: { readonly by: SessionSort; readonly direction: 'ascending' | 'descending' };
  /** Addresses of the same page sorted otherwise. */
  readonly sortHrefs: Readonly<Record<SessionSort, string>>;
  readonly filter: {
    readonly action: string;
    readonly facilities: readonly Choice[];
    readonly facility: string;
  };
  readonly notice?: Notice;
}

export const sessionsTitle = ({ date }: Pick<SessionsView, 'date'>): string =>
  `Séances du ${formatDate(date)}`;

/** Why no places are counted: « N’a plus lieu : 2 réservations à annuler ». */
function offWords({ closedBecause, gone }: SessionRow): string | undefined {
  if (closedBecause !== undefined) return `Fermée\u00a0: ${closedBecause}`;
  return gone === undefined
    ? undefined
    : `N’a plus lieu\u00a0: ${plural(gone, 'réservation')} à annuler`;
}

const columnsOf = ({ sort, sortHrefs }: SessionsView): Column<SessionRow>[] => {
  const sorting = (by: SessionSort) => ({
    sortHref: sortHrefs[by],
    ...(sort.by === by ? { sorted: sort.direction } : {}),
  });
  return [
    {
      key: 'seance',
      head: 'Séance',
      rowHead: true,
      ...sorting('heure'),
      cell: (row) => (
        <span class="session">
          <Icon name={activityIcon(row.kind)} />
          <span>
            <b>{row.label}</b>
            {row.hours && (
              <small>{`${formatTime(row.hours.startsAt)} – ${formatTime(row.hours.endsAt)}`}</small>
            )}
            <small class="narrow-only">{row.facility}</small>
            <small class="narrow-only">{row.group}</small>
          </span>
        </span>
      ),
    },
    {
      key: 'lieu',
      head: 'Lieu',
      wideOnly: true,
      ...sorting('lieu'),
      cell: (row) => row.facility,
    },
    { key: 'groupe', head: 'Groupe', wideOnly: true, cell: (row) => row.group },
    {
      key: 'places',
      head: 'Places',
      ...sorting('places'),
      cell: (row) => {
        const off = offWords(row);
        return off === undefined ? (
          <Places held={row.held} total={row.places} />
        ) : (
          <StateBadge tone="stop" icon="calendar-x" words={off} />
        );
      },
    },
    {
      key: 'valider',
      head: 'À valider',
      numeric: true,
      wideOnly: true,
      cell: (row) =>
        row.awaiting ? (
          <>
            {row.awaiting}
            {row.awaitingIsShared && <small>tous groupes</small>}
          </>
        ) : (
          <span class="nil">–</span>
        ),
    },
    {
      key: 'attente',
      head: 'Attente',
      numeric: true,
      ...sorting('attente'),
      cell: (row) => row.waiting || <span class="nil">–</span>,
    },
    {
      key: 'fermer',
      head: 'Fermer',
      headHidden: true,
      numeric: true,
      cell: (row) =>
        row.closeHref && (
          <a class="row-link" href={row.closeHref}>
            <Icon name="ban" size={18} />
            <span class="wide-words">Fermer</span>
            <span class="visually-hidden">
              {[` ${row.label}`, row.facility, row.group].filter(Boolean).join(', ')}
            </span>
          </a>
        ),
    },
  ];
};

function Filter({ view }: { readonly view: SessionsView }) {
  const { filter, date } = view;
  return (
    <form class="filter" method="get" action={filter.action}>
      <input type="hidden" name="jour" value={date} />
      <SelectField
        id="lieu"
        name="lieu"
        label="Lieu"
        choices={filter.facilities}
        value={filter.facility}
      />
      <Button>Afficher</Button>
    </form>
  );
}

/** A day's sessions: places held, what awaits an answer, who waits. */
export function SessionsPage(view: SessionsView) {
  const { now, date, previousHref, nextHref, todayHref, rows, notice } = view;
  const today = wallAt(now).date;
  const held = rows.reduce((sum, row) => sum + row.held, 0);
  return (
    <div>
      <div class="staff-head">
        <h1>Séances</h1>
        <dl class="numbers">
          <div>
            <dt>{rows.length > 1 ? 'lignes' : 'ligne'}</dt>
            <dd>{rows.length}</dd>
          </div>
          <div>
            <dt>{held > 1 ? 'places prises' : 'place prise'}</dt>
            <dd>{held}</dd>
          </div>
        </dl>
      </div>
      {notice && <NoticeBanner notice={notice} />}
      <div class="toolbar">
        <PeriodSwitcher
          name="Choisir un jour"
          label={formatDate(date)}
          {...(previousHref
            ? { previous: { href: previousHref, label: formatDate(addDays(date, -1)) } }
            : {})}
          {...(nextHref ? { next: { href: nextHref, label: formatDate(addDays(date, 1)) } } : {})}
        />
        {date !== today && (
          <a class="toolbar__today" href={todayHref}>
            Aujourd’hui
          </a>
        )}
        <Filter view={view} />
        {rows.length > 0 && (
          <a class="toolbar__today" href={view.csvHref} download>
            Télécharger (CSV)
          </a>
        )}
      </div>
      <Table
        caption={`Séances du ${formatDate(date)}, ${plural(rows.length, 'ligne')}`}
        captionHidden
        columns={columnsOf(view)}
        rows={rows}
        rowKey={(row) => row.key}
        empty={
          <EmptyState icon="calendar-days" title="Aucune séance ce jour-là">
            <p>Choisissez un autre jour, ou un autre lieu.</p>
          </EmptyState>
        }
      />
    </div>
  );
}
