import type { LocalDate } from '../../../domain/kernel/localDate.ts';
import type { Instant } from '../../../domain/kernel/parisTime.ts';
import { LinkButton } from '../components/button.tsx';
import { EmptyState } from '../components/emptyState.tsx';
import { Table, type Column } from '../components/table.tsx';
import { formatSpan } from '../../../domain/kernel/french/dates.ts';
import { formatFullMoment } from '../../../domain/kernel/french/times.ts';
import { capitalise, joinList } from '../../../domain/kernel/french/words.ts';
import { outcomeWords, type OutcomeCounts } from './receiptWords.ts';

/** A receipt, in the list. */
export interface ReceiptRow {
  /** « 4F2A-91C0-77DE » */
  readonly number: string;
  readonly href: string;
  readonly issuedAt: Instant;
  readonly counts: OutcomeCounts;
  /** First names; fewer than there were once a child's data are erased. */
  readonly children: readonly string[];
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** A family's receipts, the newest first: its proofs, kept in its account. */
export interface ReceiptsView {
  readonly rows: readonly ReceiptRow[];
  /** Rank of the first, from 1, and how many there are in all. */
  readonly first: number;
  readonly total: number;
  readonly newerHref?: string;
  readonly olderHref?: string;
  readonly agendaHref: string;
  /** What was just sent isn't in this page yet. */
  readonly catchingUp?: boolean;
}

export const receiptsTitle = 'Mes accusés de réception';

const aboutWords = ({ children, from, to }: ReceiptRow): string =>
  [...(children.length > 0 ? [joinList(children)] : []), formatSpan(from, to)].join(', ');

const columns: readonly Column<ReceiptRow>[] = [
  {
    key: 'recu',
    head: 'Date',
    rowHead: true,
    cell: (row) => (
      <>
        <a class="row-link row-link--start" href={row.href}>
          {capitalise(formatFullMoment(row.issuedAt))}
        </a>
        <small class="narrow-only">{aboutWords(row)}</small>
        <small class="narrow-only">{outcomeWords(row.counts)}</small>
        <small>{`Numéro ${row.number}`}</small>
      </>
    ),
  },
  { key: 'pour', head: 'Pour', wideOnly: true, cell: aboutWords },
  {
    key: 'reponse',
    head: 'Réponse',
    wideOnly: true,
    cell: ({ counts }) => outcomeWords(counts),
  },
];

function Pages({ view }: { readonly view: ReceiptsView }) {
  const { rows, first, total, newerHref, olderHref } = view;
  if (total <= rows.length) return null;
  return (
    <nav class="actions" aria-label="Pages des accusés">
      <p>{`De ${first} à ${first + rows.length - 1}, sur ${total}.`}</p>
      {newerHref && (
        <LinkButton href={newerHref} icon="chevron-left">
          Plus récents
        </LinkButton>
      )}
      {olderHref && (
        <LinkButton href={olderHref} iconAfter="chevron-right">
          Plus anciens
        </LinkButton>
      )}
    </nav>
  );
}

/** Every receipt of the family, so that no proof is lost with a tab (CRPA L112-11). */
export function ReceiptsPage(view: ReceiptsView) {
  const { rows, agendaHref, catchingUp } = view;
  return (
    <div class="narrow">
      <h1>{receiptsTitle}</h1>
      <p class="lead">
        Chaque envoi est gardé ici, avec la réponse donnée alors, jour par jour. Ce qui a changé
        depuis se lit dans l’agenda.
      </p>
      {catchingUp && (
        <p role="status">
          {'Votre dernier envoi est enregistré\u00a0: son accusé s’affichera ici dans un instant. '}
          <a href="">Actualiser</a>
        </p>
      )}
      <Table
        caption="Accusés de réception, le plus récent d’abord"
        captionHidden
        columns={columns}
        rows={rows}
        rowKey={({ href }) => href}
        empty={
          <EmptyState
            icon="inbox"
            title="Aucun accusé de réception"
            action={
              <LinkButton href={agendaHref} tone="primary" icon="calendar-days">
                Ouvrir l’agenda
              </LinkButton>
            }
          >
            <p>Le premier arrivera ici dès que vous aurez réservé ou annulé un jour.</p>
          </EmptyState>
        }
      />
      <Pages view={view} />
      {rows.length > 0 && (
        <div class="actions">
          <LinkButton href={agendaHref} tone="primary" icon="calendar-days">
            Revenir à l’agenda
          </LinkButton>
        </div>
      )}
    </div>
  );
}
