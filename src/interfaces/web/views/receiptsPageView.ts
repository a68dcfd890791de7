import type { ReceiptCard } from '../../../application/projections/receiptCards.ts';
import type { AgendaChild } from '../../../application/reservation/agendaView.ts';
import type { ReceiptsPage } from '../../../application/reservation/receiptsQuery.ts';
import { receiptNumber } from '../../../domain/receipt/receipt.ts';
import type { ReceiptRow, ReceiptsView } from '../pages/receiptsPage.tsx';

export const receiptsPath = '/reservations/recus';

/** Receipts on one page of the list. */
export const receiptsListed = 20;

export const receiptHref = (receiptId: string): string => `${receiptsPath}/${receiptId}`;

const pageHref = (page: number): string =>
  page === 1 ? receiptsPath : `${receiptsPath}?page=${page}`;

/** The page that an address asks for, from 1. */
export const receiptsPageAsked = ({ page }: Readonly<Record<string, unknown>>): number =>
  typeof page === 'string' && /^[1-9]\d{0,4}$/.test(page) ? Number(page) : 1;

function rowOf(card: ReceiptCard, children: readonly AgendaChild[]): ReceiptRow {
  const { receiptId, issuedAt, outcomes, childIds, from, to } = card;
  return {
    number: receiptNumber(receiptId),
    href: receiptHref(receiptId),
    issuedAt,
    counts: {
      accepted: outcomes.accepted ?? 0,
      awaiting: outcomes.awaitingValidation ?? 0,
      waitlisted: outcomes.waitlisted ?? 0,
      cancelled: outcomes.cancelled ?? 0,
      refused: outcomes.refused ?? 0,
      otherHousehold: outcomes.heldByOtherHousehold ?? 0,
    },
    children: children.flatMap(({ childId, firstName }) =>
      childIds.includes(childId) ? [firstName] : [],
    ),
    from,
    to,
  };
}

/** A page of a family's receipts, as it is shown. */
export const receiptsPageView = (
  { receipts, total }: ReceiptsPage,
  children: readonly AgendaChild[],
  page: number,
): ReceiptsView => ({
  rows: receipts.map((card) => rowOf(card, children)),
  first: (page - 1) * receiptsListed + 1,
  total,
  agendaHref: '/reservations',
  ...(page > 1 ? { newerHref: pageHref(page - 1) } : {}),
  ...(page * receiptsListed < total ? { olderHref: pageHref(page + 1) } : {}),
});
