import type { Instant } from '../../../domain/kernel/parisTime.ts';
import { Banner } from '../components/banner.tsx';
import { EmptyState } from '../components/emptyState.tsx';
import { StateBadge } from '../components/stateBadge.tsx';
import { Table, type Column } from '../components/table.tsx';
import { formatMoment } from '../../../domain/kernel/french/times.ts';
import { NNBSP } from '../../../domain/kernel/french/typography.ts';
import { plural } from '../../../domain/kernel/french/words.ts';
import type { Notice } from './agendaView.ts';

/** A place where the portal keeps what it knows. */
export interface StoreRow {
  readonly key: string;
  readonly label: string;
  /** What no longer works while it is silent. */
  readonly without: string;
  readonly answers: boolean;
}

/** One reading of the journal: what it has seen, and how it is doing. */
export interface ProjectionRow {
  readonly name: string;
  /** What families and staff see through it: « L’agenda des enfants ». */
  readonly label: string;
  readonly state: 'live' | 'catchingUp' | 'rebuilding' | 'stopped';
  /** Events still to be shown, counted up to a bound; undefined when they could not be counted. */
  readonly lag: number | undefined;
  /** There are more than `lag`. */
  readonly more?: boolean;
  /** Since when it is in this state. */
  readonly since?: Instant;
  /** When its last rebuild was asked for. */
  readonly rebuildAsked?: Instant;
  /** Why it stopped. */
  readonly fault?: string;
  readonly rebuildHref: string;
}

export interface PortalStateView {
  readonly now: Instant;
  readonly stores: readonly StoreRow[];
  /** Undefined when the readings can't tell how they are doing. */
  readonly rows: readonly ProjectionRow[] | undefined;
  readonly notice?: Notice;
}

export const portalStateTitle = 'État du portail';

const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, NNBSP);

const State = ({ state }: Pick<ProjectionRow, 'state'>) => {
  switch (state) {
    case 'live':
      return <StateBadge tone="held" icon="check" words={'À\u00a0jour'} />;
    case 'catchingUp':
      return <StateBadge tone="wait" icon="hourglass" words="Rattrape" />;
    case 'rebuilding':
      return <StateBadge tone="list" icon="refresh-cw" words="Se reconstruit" />;
    case 'stopped':
      return <StateBadge tone="stop" icon="triangle-alert" words="Arrêtée" />;
  }
};

/** « à jour », « 12 événements de retard », « plus de 1 000 événements de retard » */
function lagWords({ lag, more }: Pick<ProjectionRow, 'lag' | 'more'>): string {
  if (lag === undefined) return 'retard inconnu';
  if (lag === 0) return 'à\u00a0jour';
  const events = `${grouped(lag)} événement${lag > 1 ? 's' : ''} de retard`;
  return more ? `plus de ${events}` : events;
}

const Rebuild = ({ label, state, rebuildAsked, rebuildHref }: ProjectionRow) => (
  <>
    {state === 'rebuilding' ? (
      'reconstruction en cours'
    ) : (
      <a class="row-link" href={rebuildHref}>
        Reconstruire
        <span class="visually-hidden">{`\u00a0: ${label}`}</span>
      </a>
    )}
    {rebuildAsked && <small>{`demandée ${formatMoment(rebuildAsked)}`}</small>}
  </>
);

const columns: readonly Column<ProjectionRow>[] = [
  {
    key: 'lecture',
    head: 'Lecture',
    rowHead: true,
    cell: (row) => (
      <>
        <b>{row.label}</b>
        <small class="code">{row.name}</small>
        {row.fault && <small class="fault">{row.fault}</small>}
        <div class="narrow-only">{Rebuild(row)}</div>
      </>
    ),
  },
  {
    key: 'etat',
    head: 'État',
    cell: (row) => (
      <>
        <State state={row.state} />
        {row.state !== 'live' && <small class="lag">{lagWords(row)}</small>}
        {row.since && <small>{`depuis ${formatMoment(row.since)}`}</small>}
      </>
    ),
  },
  { key: 'reconstruction', head: 'Reconstruction', wideOnly: true, cell: Rebuild },
];

const Stores = ({ stores }: Pick<PortalStateView, 'stores'>) => (
  <ul class="stores">
    {stores.map(({ key, label, without, answers }) => (
      <li key={key}>
        <b>{label}</b>
        {answers ? (
          <StateBadge tone="held" icon="check" words="Répond" />
        ) : (
          <StateBadge tone="stop" icon="triangle-alert" words="Ne répond pas" />
        )}
        {!answers && <span class="stores__without">{without}</span>}
      </li>
    ))}
  </ul>
);

function leadWords({ stores, rows }: PortalStateView): string {
  const silent = stores.filter(({ answers }) => !answers).length;
  if (silent > 0)
    return 'Le portail ne peut pas tout faire en ce moment. Rien de ce qui a été accepté n’est perdu\u00a0: il reprendra seul.';
  if (!rows) return 'Les lectures tardent à répondre. Rien n’est perdu.';
  const late = rows.filter(({ state }) => state !== 'live').length;
  return late === 0
    ? 'Tout va bien\u00a0: les pages montrent tout ce qui a été enregistré.'
    : `${plural(late, 'lecture')} ${late > 1 ? 'ne sont pas à jour' : 'n’est pas à jour'}\u00a0: les pages qui en dépendent peuvent retarder. Rien n’est perdu.`;
}

/** For the supervisor: do the stores answer, are the pages true, and since when. */
export function PortalStatePage(view: PortalStateView) {
  const { now, stores, rows, notice } = view;
  return (
    <div class="projections">
      <div class="staff-head">
        <h1>{portalStateTitle}</h1>
      </div>
      {notice && (
        <Banner tone={notice.tone} title={notice.title} announced>
          {notice.text && <p>{notice.text}</p>}
        </Banner>
      )}
      <p class="lead">{leadWords(view)}</p>
      <h2>Stockages</h2>
      <Stores stores={stores} />
      <h2>Lectures du journal</h2>
      <p>
        Une lecture est ce que le portail retient du journal pour montrer ses pages&nbsp;: l’agenda,
        les places, les dossiers.
      </p>
      <Table
        caption={`Relevé du ${formatMoment(now)}`}
        columns={columns}
        rows={rows ?? []}
        rowKey={({ name }) => name}
        empty={
          <EmptyState
            icon="activity"
            title={
              rows
                ? 'Aucune lecture n’est en marche'
                : 'Les lectures ne disent pas où elles en sont'
            }
          >
            <p>Rechargez cette page dans un instant.</p>
          </EmptyState>
        }
      />
    </div>
  );
}
