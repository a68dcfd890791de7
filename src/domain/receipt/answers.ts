import { isErased } from '../kernel/personal.ts';
import type { KeptSubmission, Receipt, ReceiptDay } from './receipt.ts';

type Asked = Pick<KeptSubmission, 'familyId' | 'days' | 'notes'>;

const dayOf = ({ act, childId, activityId, date }: ReceiptDay): string =>
  `${act}/${childId}/${activityId}/${date}`;

const sameDays = (first: readonly ReceiptDay[], again: readonly ReceiptDay[]): boolean =>
  first.length === again.length &&
  first.map(dayOf).every((day, index) => again[index] && day === dayOf(again[index]));

const sameWords = (first: KeptSubmission, again: Asked): boolean =>
  again.days.every(({ acceptsBilling = false }, index) => {
    const word = first.notes[index];
    const accepted = first.days[index]?.acceptsBilling ?? false;
    return accepted === acceptsBilling && (isErased(word) || word === again.notes[index]);
  });

/**
 * Whether a receipt is that of this submission: the same days in the same order, with the same consents and words.
 * What was erased since can't differ, nor what older receipts did not keep.
 */
export function answers(state: Exclude<Receipt, { status: 'none' }>, asked: Asked): boolean {
  const { submission } = state;
  const { familyId } = state.status === 'issued' ? state : state.submission;
  const days = state.status === 'issued' ? state.lines : state.submission.days;
  return (
    familyId === asked.familyId &&
    sameDays(days, asked.days) &&
    (submission === undefined || sameWords(submission, asked))
  );
}
