import type { Rejection } from '../domain/kernel/rejection.ts';
import { bookingRejections } from './rejectionMessagesBooking.ts';
import { dossierRejections } from './rejectionMessagesDossier.ts';
import { requestRejections } from './rejectionMessagesRequest.ts';
import { plain, typeset, type RejectionTable } from './rejectionWords.ts';

const rows = { ...bookingRejections, ...dossierRejections, ...requestRejections };

/** A code that has words; the compiler asks for one where the interfaces refuse by themselves. */
export type RejectionCode = keyof typeof rows;

/** Every code that the domain, the application and the interfaces refuse with, and how it is told. */
export const rejections: RejectionTable = rows;

/** A refusal in words. */
export interface DescribedRejection {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
}

/** On a receipt kept from another version of the portal. */
const unknown = plain(
  409,
  'Demande refusée',
  'Cette demande n’a pas pu être acceptée. Contactez l’accueil des familles.',
);

/** What happened, what it means and what to do: plain polite French, set in type. */
export function describeRejection({
  code,
  values,
}: Pick<Rejection, 'code' | 'values'>): DescribedRejection {
  const { status, title, detail } = rejections[code] ?? unknown;
  return { code, status, title: typeset(title), detail: typeset(detail(values)) };
}
