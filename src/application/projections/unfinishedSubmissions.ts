import type { ReceiptId } from '../../domain/kernel/ids.ts';
import type { Instant } from '../../domain/kernel/parisTime.ts';
import type { ReceiptEvent } from '../../domain/receipt/receipt.ts';
import type { Projection } from './projection.ts';

/** Submissions that were kept, and have no receipt yet: when each was received. */
export interface UnfinishedSubmissions {
  readonly receivedAt: Readonly<Record<ReceiptId, Instant>>;
}

type Event = Extract<ReceiptEvent, { type: 'SubmissionReceived' | 'ReceiptIssued' }>;

/**
 * Submissions under way or cut off, until their receipt is issued. A few documents for all, by the first character of
 * the receipt's id: one each would leave the trace of a removed document for every sending there ever was.
 */
export const unfinishedSubmissions: Projection<UnfinishedSubmissions, Event> = {
  name: 'unfinished_submissions',
  version: 1,
  indexes: [],
  handles: ['SubmissionReceived', 'ReceiptIssued'],
  route: ({ receiptId }) => [receiptId.slice(0, 1)],
  apply(document, event) {
    const others = Object.entries(document?.receivedAt ?? {}).filter(
      ([receiptId]) => receiptId !== event.receiptId,
    );
    if (event.type === 'SubmissionReceived') others.push([event.receiptId, event.receivedAt]);
    return { receivedAt: Object.fromEntries(others) };
  },
};
