import { expect } from 'chai';
import { asId } from '../../../src/domain/kernel/ids.ts';
import { ERASED } from '../../../src/domain/kernel/personal.ts';
import { fold } from '../../../src/domain/kernel/decider.ts';
import { answers } from '../../../src/domain/receipt/answers.ts';
import {
  issueReceipt,
  receipt,
  receiptNumber,
  receiveSubmission,
  takeUpSubmission,
  type KeptSubmission,
  type Receipt,
  type ReceiptEvent,
} from '../../../src/domain/receipt/receipt.ts';
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

describe('a submission that is kept', () => {
  const { receiptId, familyId: roux } = issued;
  const lunch = (child: string) => ({
    act: 'reserve' as const,
    childId: childId(child),
    activityId: canteen,
    date: thursday,
  });
  const givenBack = { ...lunch('lea'), act: 'cancel' as const };
  const submission = {
    receiptId,
    familyId: roux,
    receivedAt: monday,
    sentBy: { kind: 'guardian', id: 'g-1' } as const,
    days: [givenBack, lunch('lea'), lunch('hugo'), lunch('lea')],
  };
  const sent: KeptSubmission = {
    ...submission,
    notes: { 1: 'Bonjour.', 2: 'Bonjour.', 3: 'Bonjour.' },
  };
  const received: ReceiptEvent = { type: 'SubmissionReceived', ...submission };
  const word = (child: string, ...about: number[]): ReceiptEvent => ({
    type: 'SubmissionNoteReceived',
    childId: childId(child),
    about,
    personal: { note: 'Bonjour.' },
  });

  it('is kept once, each word as an event of its child', () => {
    given(receipt)
      .when((state) => receiveSubmission(state, sent))
      .then(received, word('lea', 1, 3), word('hugo', 2));
    given(receipt, [received])
      .when((state) => receiveSubmission(state, sent))
      .thenNothing();
    given(receipt)
      .when((state) => receiveSubmission(state, { ...sent, days: [] }))
      .thenRejected('RECEIPT.EMPTY');
  });

  /** Whether what was sent first, given these events, is what is sent again. */
  const isAnswered = (events: readonly ReceiptEvent[], again: Partial<KeptSubmission> = {}) => {
    const state = fold(receipt, events);
    return state.status !== 'none' && answers(state, { ...sent, ...again });
  };
  const line = { ...lunch('lea'), result: { outcome: 'refused', code: 'X', values: {} } } as const;
  const whole = [received, word('lea', 1, 3), word('hugo', 2)];
  const closed = {
    type: 'ReceiptIssued',
    receiptId,
    familyId: roux,
    issuedAt: monday,
    lines: sent.days.map((day) => ({ ...day, result: line.result })),
  } as const satisfies ReceiptEvent;

  for (const [name, events] of [
    ['before its receipt', whole],
    ['after it', [...whole, closed]],
  ] as const)
    it(`answers for the same days, consents and words alone, ${name}`, () => {
      expect(isAnswered(events)).to.equal(true);
      expect(isAnswered(events, { notes: {} })).to.equal(false);
      expect(isAnswered(events, { notes: { ...sent.notes, 2: 'Bonsoir.' } })).to.equal(false);
      const [first, ...others] = sent.days;
      const consent = [{ ...first!, acceptsBilling: true }, ...others];
      expect(isAnswered(events, { days: consent })).to.equal(false);
      expect(isAnswered(events, { days: [...sent.days].reverse() })).to.equal(false);
      expect(isAnswered(events, { days: sent.days.slice(1) })).to.equal(false);
      expect(isAnswered(events, { familyId: familyId('petit') })).to.equal(false);
    });

  it('tells its reception from another at the same instant', () => {
    given(receipt)
      .when((state) => receiveSubmission(state, { ...sent, notes: {} }, 'here'))
      .then({ ...received, receptionId: 'here' });
  });

  describe('taken up by another than who received it', () => {
    const takenUp: ReceiptEvent = { type: 'SubmissionTakenUp', receiptId, takenUpAt: monday };

    it('is so once, and only while it has no receipt', () => {
      given(receipt, whole)
        .when((state) => takeUpSubmission(state, sent, monday))
        .then(takenUp);
      for (const events of [[...whole, takenUp], [...whole, closed], [closed], []])
        given(receipt, events)
          .when((state) => takeUpSubmission(state, sent, monday))
          .thenNothing();
    });

    it('gets its receipt from who takes it up, and no more from who received it', () => {
      const { issuedAt, lines } = closed;
      const issues = (by?: 'firstHand' | 'takenUp') => (state: Receipt) =>
        issueReceipt(state, { receiptId, familyId: roux, issuedAt, lines }, by);
      given(receipt, [...whole, takenUp])
        .when(issues())
        .thenNothing();
      given(receipt, [...whole, takenUp])
        .when(issues('takenUp'))
        .then(closed);
      given(receipt, whole).when(issues()).then(closed);
    });
  });

  it('does not take an erased word for another one', () => {
    const erased = { ...word('lea', 1, 3), personal: ERASED } as ReceiptEvent;
    expect(isAnswered([received, erased, word('hugo', 2), closed])).to.equal(true);
  });

  it('of before submissions were kept answers for its days', () => {
    expect(isAnswered([closed])).to.equal(true);
    expect(isAnswered([closed], { days: sent.days.slice(1) })).to.equal(false);
  });
});
