import { expect } from 'chai';
import { asId } from '../../../src/domain/kernel/ids.ts';
import { issueReceipt, receipt, receiptNumber } from '../../../src/domain/receipt/receipt.ts';
import { canteen } from '../../support/activityFacts.ts';
import { given } from '../../support/givenWhenThen.ts';
import { monday, thursday } from '../../support/sessionFacts.ts';
import { childId, familyId } from '../../support/townFacts.ts';

const issued = {
  receiptId: asId('receipt', '3f0c9a52-7d1e-5b6a-8c44-4f2a91c077de'),
  familyId: familyId('roux'),
  issuedAt: monday,
  lines: [
    {
      act: 'reserve',
      childId: childId('lea'),
      activityId: canteen,
      date: thursday,
      result: { outcome: 'refused', code: 'RESERVATION.TOO_LATE', values: { limit: monday } },
    },
  ],
} as const;

describe('a receipt', () => {
  it('is issued once, and never changes', () => {
    given(receipt)
      .when((state) => issueReceipt(state, issued))
      .then({ type: 'ReceiptIssued', ...issued });
    given(receipt, [{ type: 'ReceiptIssued', ...issued }])
      .when((state) => issueReceipt(state, { ...issued, lines: [] }))
      .thenNothing();
  });

  it('says something', () => {
    given(receipt)
      .when((state) => issueReceipt(state, { ...issued, lines: [] }))
      .thenRejected('RECEIPT.EMPTY');
  });

  it('has a number that can be read out on the phone', () => {
    expect(receiptNumber(issued.receiptId)).to.equal('4F2A-91C0-77DE');
  });
});
