import type { FamilyId } from '../../domain/kernel/ids.ts';
import type { ReadModelStore } from '../ports/readModelStore.ts';
import { receiptCards, type ReceiptCard } from '../projections/receiptCards.ts';

/** Some of a family's receipts. */
export interface ReceiptsPage {
  /** The newest first. */
  readonly receipts: readonly ReceiptCard[];
  /** Of the family, those of other pages included. */
  readonly total: number;
}

/** The receipts that a family keeps in its account. */
export class ReceiptsQuery {
  constructor(private readonly readModels: ReadModelStore) {}

  async ofFamily(
    familyId: FamilyId,
    { limit, skip = 0 }: { readonly limit: number; readonly skip?: number },
  ): Promise<ReceiptsPage> {
    const where = { familyId };
    const [total, found] = await Promise.all([
      this.readModels.count(receiptCards, where),
      this.readModels.find<ReceiptCard>(receiptCards, { where, descending: true, limit, skip }),
    ]);
    return { receipts: found.map(({ document }) => document), total };
  }
}
