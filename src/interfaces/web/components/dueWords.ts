import { formatMoney } from '../../../domain/kernel/french/money.ts';

/** What comes on top of what is due already: « rien de plus à payer », « 0,50 € de plus ». */
export const moreToPay = (cents: number): string =>
  cents === 0 ? 'rien de plus à payer' : `${formatMoney(cents)} de plus`;

/** Beside a state: « annulation tardive déjà facturée 3,50 € ». */
export const dueNote = (dueCents: number): string =>
  `annulation tardive déjà facturée ${formatMoney(dueCents)}`;

/** Of a place asked for again, at a price beyond what is due. */
export const takenOver = (dueCents: number, priceCents: number): string =>
  `Votre annulation tardive a déjà été facturée ${formatMoney(dueCents)} pour ce jour\u00a0: ${moreToPay(priceCents)}.`;

/** Of a place given back again: nothing comes twice, and nothing is forgotten. */
export const staysDue = (dueCents: number): string =>
  `Votre annulation tardive d’avant reste facturée ${formatMoney(dueCents)}.`;
