import type { Instant } from '../../../domain/kernel/parisTime.ts';
import { EmptyState } from '../components/emptyState.tsx';
import { StateBadge } from '../components/stateBadge.tsx';
import { Table, type Column } from '../components/table.tsx';
import { formatMoment } from '../french/times.ts';
import { plural } from '../french/words.ts';
import { NNBSP } from '../french/typography.ts';

/** One reading of the journal: what it has seen, and how it is doing. */
export interface ProjectionRow {
  readonly name: string;
  /** What families and staff see through it: « L’agenda des enfants ». */
  readonly label: string;
  readonly state: 'live' | 'catchingUp' | 'rebuilding' | 'stopped';
  /** Position in the journal, digits. */
  readonly position: string;
  /** Events still to be read. */
  readonly lag: number;
  readonly since: Instant;
  /** Why it stopped. */
  readonly fault?: string;
}

export interface ProjectionsView {
  readonly now: Instant;
  readonly rows: readonly ProjectionRow[];
}

export const projectionsTitle = 'État des lectures';

const grouped = (digits: string | number): string =>
  String(digits).replace(/\B(?=(\d{3})+$)/g, NNBSP);

const State = ({ row }: { readonly row: ProjectionRow }) => {
  switch (row.state) {
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
      </>
    ),
  },
  { key: 'etat', head: 'État', cell: (row) => <State row={row} /> },
  {
    key: 'retard',
    head: 'Retard',
    numeric: true,
    cell: (row) => (row.lag === 0 ? <span class="nil">–</span> : grouped(row.lag)),
  },
  {
    key: 'position',
    head: 'Position',
    numeric: true,
    wideOnly: true,
    cell: (row) => grouped(row.position),
  },
  { key: 'depuis', head: 'Depuis', wideOnly: true, cell: (row) => formatMoment(row.since) },
];

/** For the supervisor: are the pages true, and since when. */
export function ProjectionsPage({ now, rows }: ProjectionsView) {
  const late = rows.filter(({ state }) => state !== 'live').length;
  return (
    <div class="projections">
      <div class="staff-head">
        <h1>{projectionsTitle}</h1>
      </div>
      <p class="lead">
        {late === 0
          ? 'Toutes les pages disent ce que le journal contient.'
          : `${plural(late, 'lecture')} ${late > 1 ? 'ne sont pas à jour' : 'n’est pas à jour'}\u00a0: les pages qui en dépendent peuvent retarder. Rien n’est perdu.`}
      </p>
      <Table
        caption={`Lectures du journal, ${formatMoment(now)}`}
        columns={columns}
        rows={rows}
        rowKey={({ name }) => name}
        empty={<EmptyState icon="activity" title="Aucune lecture n’est en marche" />}
      />
    </div>
  );
}
