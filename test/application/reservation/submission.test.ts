import { expect } from 'chai';
import { StoreUnavailableError } from '../../../src/application/ports/eventStore.ts';
import type { ActivityTerms } from '../../../src/domain/activity/activityTerms.ts';
import type { Outcome } from '../../../src/domain/receipt/receipt.ts';
import { MemoryEventStore } from '../../../src/infrastructure/memory/memoryEventStore.ts';
import { receiptIdOf, type Submission } from '../../../src/application/reservation/submission.ts';
import { uuids } from '../../../src/infrastructure/uuids.ts';
import { group } from '../../support/activityFacts.ts';
import { commandSide, guardianOf, request, town } from '../../support/commandSide.ts';
import { back, booked, countOf, outcomes, place, send } from '../../support/sending.ts';
import { everythingIn, storeLike } from '../../support/storeDoubles.ts';
import { activityId, familyId, paris } from '../../support/townFacts.ts';

const thursday = '2026-11-19';
const friday = '2026-11-20';
const onePlace: Partial<ActivityTerms> = { groups: [group('tous', 2, 12, 1)] };

describe('a submission', () => {
  it('tells what became of each day, in the order asked, on one receipt', async () => {
    const side = await town(onePlace);
    await send(side, { familyId: familyId('petit'), book: [place('chloe', friday)] }, 'petit-1', {
      who: guardianOf('petit'),
    });
    const receipt = await send(
      side,
      {
        book: [
          place('ana', thursday),
          place('ana', friday),
          place('ana', '2026-11-18'),
          place('ana', '2026-11-16'),
          { ...place('ana', thursday), activityId: activityId('inconnue') },
        ],
      },
      'roux-1',
    ).catch((error: unknown) => expect.fail(String(error)));
    expect(outcomes(receipt)).to.deep.equal([
      'accepted',
      'waitlisted',
      'RESERVATION.NO_SESSION',
      'RESERVATION.TOO_LATE',
      'ACTIVITY.UNKNOWN',
    ]);
    expect(receipt.lines.map(({ date }) => date)[1]).to.equal(friday);
    const rank = receipt.lines[1]?.result as Extract<Outcome, { outcome: 'waitlisted' }>;
    expect(rank).to.include({ rank: 1, priceCents: 350 });
    expect(receipt.lines[3]?.result).to.deep.include({
      values: { limit: paris('2026-11-15 09:00'), ruleVersion: 1 },
    });
  });

  it('sent again answers with the same receipt, and books nothing twice', async () => {
    const side = await town();
    const asked = { book: [place('ana', thursday), place('ben', thursday)] };
    const first = await send(side, asked, 'roux-1');
    const stored = (await everythingIn(side.store)).length;
    expect(await send(side, asked, 'roux-1')).to.deep.equal(first);
    const restarted = commandSide(side);
    expect(await send(restarted, asked, 'roux-1')).to.deep.equal(first);
    expect((await everythingIn(side.store)).length).to.equal(stored);
  });

  it('makes two events on its own stream, and one for each day', async () => {
    const side = await town();
    const before = (await everythingIn(side.store)).length;
    await send(side, { book: [place('ana', thursday), place('ana', '2026-11-16')] }, 'r');
    const made = (await everythingIn(side.store)).slice(before).map(({ type }) => type);
    expect(made).to.deep.equal(['SubmissionReceived', 'ReservationConfirmed', 'ReceiptIssued']);
  });

  it('sent twice at the same time has one effect and one receipt', async () => {
    const side = await town();
    const asked = { book: [place('ana', thursday), place('ben', friday)] };
    const receipts = await Promise.all([send(side, asked, 'r'), send(side, asked, 'r')]);
    expect(receipts[0]).to.deep.equal(receipts[1]);
    expect(await countOf(side, 'ReservationConfirmed')).to.equal(2);
    expect(await countOf(side, 'ReceiptIssued')).to.equal(1);
  });

  /** A store where the nth append to the streams of one kind fails, before or after it was kept. */
  const cutting = (
    memory: MemoryEventStore,
    kind: 'reservation' | 'receipt',
    nth: number,
    kept: boolean,
  ) => {
    let left = nth;
    return storeLike(memory, {
      append: async (stream, events, expected) => {
        const cut = stream.startsWith(kind) && --left === 0;
        const appended = cut && !kept ? undefined : await memory.append(stream, events, expected);
        if (cut || !appended) throw new StoreUnavailableError('cut');
        return appended;
      },
    });
  };
  const failureOf = (sending: Promise<unknown>): Promise<unknown> =>
    sending.then(
      () => undefined,
      (error: unknown) => error,
    );

  for (const [kind, nth, kept] of [
    ['receipt', 1, false],
    ['receipt', 1, true],
    ['reservation', 1, true],
    ['reservation', 2, false],
    ['receipt', 2, false],
    ['receipt', 2, true],
  ] as const)
    it(`cut off at append ${nth} of a ${kind}, ${kept ? 'kept' : 'lost'}, is finished when it is sent again`, async () => {
      const memory = new MemoryEventStore();
      const { vault } = await town({}, { store: memory });
      const dying = commandSide({ store: cutting(memory, kind, nth, kept), vault });
      const asked = { book: [place('ana', thursday), place('ben', friday)] };
      const before = (await everythingIn(memory)).length;
      expect(await failureOf(send(dying, asked, 'r'))).to.be.instanceOf(StoreUnavailableError);
      const receipt = await send(commandSide({ store: memory, vault }), asked, 'r');
      expect(outcomes(receipt)).to.deep.equal(['accepted', 'accepted']);
      const made = (await everythingIn(memory)).slice(before).map(({ type }) => type);
      const wasKept = kind === 'reservation' || nth > 1 || kept;
      const wasIssued = kind === 'receipt' && nth === 2 && kept;
      expect(made.toSorted()).to.deep.equal([
        'ReceiptIssued',
        'ReservationConfirmed',
        'ReservationConfirmed',
        'SubmissionReceived',
        ...(wasKept && !wasIssued ? ['SubmissionTakenUp'] : []),
      ]);
    });

  describe('cut off, and never sent again', () => {
    /** A town where a sending at 8:59 lost its receipt. */
    const cutTown = async (
      asked: Partial<Submission>,
      { kind = 'receipt' }: { kind?: 'receipt' | 'reservation' } = {},
    ) => {
      const memory = new MemoryEventStore();
      const { vault } = await town({}, { store: memory });
      const side = commandSide({ store: memory, vault });
      await send(side, { book: [place('ana', thursday)] }, 'earlier');
      const nth = kind === 'receipt' ? 2 : 1;
      const dying = commandSide({ store: cutting(memory, kind, nth, false), vault });
      const now = paris('2026-11-18 08:59');
      await failureOf(send(dying, asked, 'cut', { now }));
      const receiptId = receiptIdOf(uuids, { principal: guardianOf('roux'), requestId: 'cut' });
      const again = commandSide({ store: memory, vault });
      const receiptOf = async () => {
        const found = await again.submissions.receipt(receiptId, request(guardianOf('roux'), 'x'));
        return 'kind' in found ? expect.fail(found.code) : found;
      };
      const finish = (at: string) => again.submissions.finish(receiptId, paris(at));
      return { side: again, receiptId, receiptOf, finish };
    };

    it('is finished by the portal, once, in the name of who sent it', async () => {
      const { side, receiptId, receiptOf, finish } = await cutTown({
        book: [{ ...place('ben', friday), note: 'Il viendra à midi.' }],
      });
      expect(
        await side.submissions.receipt(receiptId, request(guardianOf('roux'), 'x')),
      ).to.deep.include({ code: 'RECEIPT.UNKNOWN' });
      expect(await finish('2026-11-18 09:01')).to.equal(true);
      expect(await finish('2026-11-18 09:02')).to.equal(false);
      const receipt = await receiptOf();
      expect(outcomes(receipt)).to.deep.equal(['accepted']);
      expect(receipt.submission).to.deep.include({
        receivedAt: paris('2026-11-18 08:59'),
        sentBy: guardianOf('roux').actor,
        notes: { 0: 'Il viendra à midi.' },
      });
      expect(await countOf(side, 'ReservationConfirmed')).to.equal(2);
    });

    it('stays in time when it was sent in time', async () => {
      const { receiptOf, finish } = await cutTown(
        { cancel: [back('ana', thursday)] },
        { kind: 'reservation' },
      );
      await finish('2026-11-18 18:00');
      const [line] = (await receiptOf()).lines;
      expect(line?.result).to.include({ outcome: 'cancelled', timing: 'inTime', billedCents: 0 });
    });

    it('gets a place when it was asked for in time, but none on a day that has come', async () => {
      for (const [finished, outcome] of [
        ['2026-11-19 18:00', 'accepted'],
        ['2026-11-20 00:01', 'RESERVATION.TOO_LATE'],
      ] as const) {
        const asked = { book: [place('ben', friday)] };
        const { receiptOf, finish } = await cutTown(asked, { kind: 'reservation' });
        await finish(finished);
        expect(outcomes(await receiptOf()), finished).to.deep.equal([outcome]);
      }
    });

    it('keeps a receipt true when a place was given back in the meantime', async () => {
      const { side, receiptOf, finish } = await cutTown({ book: [place('ben', friday)] });
      await send(side, { cancel: [back('ben', friday)] }, 'other');
      await finish('2026-11-18 09:01');
      expect(outcomes(await receiptOf())).to.deep.equal(['accepted']);
      expect(await booked(side, 'ben', friday)).to.equal('none');
    });
  });

  it('gives places back first, so that a brother may take his sister’s', async () => {
    const side = await town(onePlace);
    await send(side, { book: [place('ana', thursday)] }, 'r1');
    const receipt = await send(
      side,
      { book: [place('ben', thursday)], cancel: [back('ana', thursday)] },
      'r2',
    );
    expect(receipt.lines.map(({ act }) => act)).to.deep.equal(['cancel', 'reserve']);
    expect(outcomes(receipt)).to.deep.equal(['cancelled', 'accepted']);
    expect(await booked(side, 'ben', thursday)).to.equal('confirmed');
  });

  it('does not let a brother pass those who wait', async () => {
    const side = await town(onePlace);
    await send(side, { book: [place('ana', thursday)] }, 'r1');
    const petit = { who: guardianOf('petit') };
    const waits = { familyId: familyId('petit'), book: [place('dan', thursday)] };
    await send(side, waits, 'p1', petit);
    const receipt = await send(
      side,
      { book: [place('ben', thursday)], cancel: [back('ana', thursday)] },
      'r2',
    );
    expect(outcomes(receipt)).to.deep.equal(['cancelled', 'waitlisted']);
    expect(await booked(side, 'dan', thursday)).to.equal('confirmed');
  });

  it('lets a child’s place be given back and taken again', async () => {
    const side = await town();
    await send(side, { book: [place('ana', thursday)] }, 'r1');
    const both = { book: [place('ana', thursday)], cancel: [back('ana', thursday)] };
    expect(outcomes(await send(side, both, 'r2'))).to.deep.equal(['cancelled', 'accepted']);
    expect(await booked(side, 'ana', thursday)).to.equal('confirmed');
  });

  it('with the same day twice does it once, and says so twice', async () => {
    const side = await town(onePlace);
    const twice = { book: [place('ana', thursday), place('ana', thursday)] };
    expect(outcomes(await send(side, twice, 'r1'))).to.deep.equal(['accepted', 'accepted']);
    expect(await countOf(side, 'ReservationConfirmed')).to.equal(1);
  });

  it('tells what stands when there is nothing to change', async () => {
    const side = await town(onePlace);
    await send(side, { book: [place('ana', thursday)] }, 'r1');
    await send(side, { book: [place('ben', thursday)] }, 'r2');
    const again = await send(
      side,
      { book: [place('ana', thursday), place('ben', thursday)] },
      'r3',
    );
    expect(outcomes(again)).to.deep.equal(['accepted', 'waitlisted']);
    expect(again.lines[1]?.result).to.include({ rank: 1 });
    await send(side, { cancel: [back('ana', thursday)] }, 'r4');
    expect(outcomes(await send(side, { cancel: [back('ana', thursday)] }, 'r5'))).to.deep.equal([
      'cancelled',
    ]);
  });

  it('warns of a late cancellation, and bills it once the family has accepted that', async () => {
    const side = await town();
    await send(side, { book: [place('ana', thursday)] }, 'r1');
    const late = { now: paris('2026-11-18 18:00') };
    const warned = await send(side, { cancel: [back('ana', thursday)] }, 'r2', late);
    expect(warned.lines[0]?.result).to.deep.equal({
      outcome: 'refused',
      code: 'RESERVATION.LATE_CANCELLATION_BILLED',
      values: { limit: paris('2026-11-18 09:00'), billedCents: 350, ruleVersion: 1 },
    });
    const accepted = await send(side, { cancel: [back('ana', thursday, true)] }, 'r3', late);
    expect(accepted.lines[0]?.result).to.include({ timing: 'late', billedCents: 350 });
  });

  it('awaits staff where they validate', async () => {
    const side = await town({ validation: 'staff' });
    const receipt = await send(side, { book: [place('ana', thursday)] }, 'r1');
    expect(outcomes(receipt)).to.deep.equal(['awaitingValidation']);
  });
});
