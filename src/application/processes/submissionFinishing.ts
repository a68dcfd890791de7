import type { ReceiptId } from '../../domain/kernel/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadModelStore } from '../ports/readModelStore.ts';
import {
  unfinishedSubmissions,
  type UnfinishedSubmissions,
} from '../projections/unfinishedSubmissions.ts';
import type { Submissions } from '../reservation/submission.ts';

/**
 * Finishes the submissions that were cut off between what the family sent and its receipt. The read model only tells
 * where to look: the receipt's stream says whether anything is left to do, so that running again changes nothing. One
 * that another process is only slow to decide is taken from it by an event there: both find the same in the books.
 */
export class SubmissionFinishing {
  constructor(
    private readonly readModels: ReadModelStore,
    private readonly submissions: Submissions,
    private readonly clock: Clock,
  ) {}

  /** Goes once through them; returns how many receipts were issued. Throws the first failure, after all were tried. */
  async run(): Promise<number> {
    const found = await this.readModels.find<UnfinishedSubmissions>(unfinishedSubmissions, {});
    const unfinished = found
      .flatMap(({ document }) => Object.entries(document.receivedAt))
      .toSorted(([, a], [, b]) => (a < b ? -1 : 1));
    let finished = 0;
    const failures: unknown[] = [];
    for (const [receiptId] of unfinished) {
      try {
        if (await this.submissions.finish(receiptId as ReceiptId, this.clock.now())) finished += 1;
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
    return finished;
  }
}
