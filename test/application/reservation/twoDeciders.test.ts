import { expect } from 'chai';
import type { EventStore } from '../../../src/application/ports/eventStore.ts';
import { receiptIdOf } from '../../../src/application/reservation/submission.ts';
import { MemoryEventStore } from '../../../src/infrastructure/memory/memoryEventStore.ts';
import { uuids } from '../../../src/infrastructure/uuids.ts';
import { group } from '../../support/activityFacts.ts';
import {
  commandSide,
  guardianOf,
  request,
  town,
  type CommandSide,
} from '../../support/commandSide.ts';
import { failure } from '../../support/portalProcess.ts';
import { back, booked, countOf, outcomes, place, send } from '../../support/sending.ts';
import { storedIn, storeLike } from '../../support/storeDoubles.ts';
import { familyId, paris } from '../../support/townFacts.ts';

const thursday = '2026-11-19';
const petit = { who: guardianOf('petit') };
const receiptId = receiptIdOf(uuids, { principal: guardianOf('roux'), requestId: 'x' });
const notFollowed = { isFollowed: () => false };

/** How many receipts the sending has. */
const receiptsOfIt = async ({ store }: CommandSide): Promise<number> =>
  (await storedIn(store, `receipt-${receiptId}`)).filter(({ type }) => type === 'ReceiptIssued')
    .length;

/** A store whose books open only when told, and which says when one is asked for. */
function slowBooks(store: EventStore) {
  let open: () => void = () => undefined;
  let arrive: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  const slow: EventStore = {
    ...storeLike(store, {}),
    readStream: (stream, options) =>
      stream.startsWith('reservation')
        ? (async function* () {
            arrive();
            await opened;
            yield* store.readStream(stream, options);
          })()
        : store.readStream(stream, options),
  };
  return { store: slow, arrived, open: () => open() };
}

/** A store whose process dies between its decisions and the receipt. */
const dyingBeforeReceipt = (store: EventStore): EventStore =>
  storeLike(store, {
    append: async (stream, events, expected) => {
      if (events.some(({ type }) => type === 'ReceiptIssued')) throw new Error('dead');
      return store.append(stream, events, expected);
    },
  });

describe('a sending that two processes decide', () => {
  const later = paris('2026-11-16 10:01');

  /** One place, Chloé has it; Ana’s sending is received by a process whose books are slow. */
  const slowTown = async (asked = { book: [place('ana', thursday)] }) => {
    const memory = new MemoryEventStore();
    const terms = { groups: [group('tous', 2, 12, 1)], waitingList: false };
    const { vault } = await town(terms, { store: memory });
    const swift = commandSide({ store: memory, vault, options: notFollowed });
    const chloe = { familyId: familyId('petit'), book: [place('chloe', thursday)] };
    await send(swift, chloe, 'petit-1', petit);
    const { store, arrived, open } = slowBooks(memory);
    const slow = commandSide({ store, vault, options: notFollowed });
    const sending = send(slow, asked, 'x');
    await arrived;
    const chloeLeaves = () =>
      send(
        swift,
        { familyId: familyId('petit'), cancel: [back('chloe', thursday)] },
        'petit-2',
        petit,
      );
    return { swift, slow, sending, open, chloeLeaves };
  };

  it('is not booked by who received it, once another has refused it', async () => {
    const { swift, sending, open, chloeLeaves } = await slowTown();
    expect(await swift.submissions.finish(receiptId, later)).to.equal(true);
    await chloeLeaves();
    open();
    expect(outcomes(await sending)).to.deep.equal(['RESERVATION.FULL']);
    expect(await booked(swift, 'ana', thursday)).to.equal('none');
    expect(await receiptsOfIt(swift)).to.equal(1);
  });

  it('is not booked by who received it either, when it came again elsewhere', async () => {
    const { swift, sending, open, chloeLeaves } = await slowTown();
    const again = await send(swift, { book: [place('ana', thursday)] }, 'x', { now: later });
    await chloeLeaves();
    open();
    expect(outcomes(again)).to.deep.equal(['RESERVATION.FULL']);
    expect(await sending).to.deep.equal(again);
    expect(await booked(swift, 'ana', thursday)).to.equal('none');
  });

  for (const [name, dies] of [
    ['has issued its receipt', false],
    ['died before its receipt', true],
  ] as const)
    it(`has no receipt that refuses what another has booked, who ${name}`, async () => {
      const memory = new MemoryEventStore();
      const terms = { groups: [group('tous', 2, 12, 1)], waitingList: false };
      const { vault } = await town(terms, { store: memory });
      const other = commandSide({ store: memory, vault, options: notFollowed });
      const chloe = { familyId: familyId('petit'), book: [place('chloe', thursday)] };
      await send(other, chloe, 'petit-1', petit);
      const taker = dies
        ? commandSide({ store: dyingBeforeReceipt(memory), vault, options: notFollowed })
        : other;
      // Who received it has refused the day, and is held up before its receipt: the other books the place freed since.
      let receipts = 0;
      const slow = storeLike(memory, {
        append: async (stream, events, expected) => {
          if (stream.startsWith('receipt') && ++receipts === 2) {
            const leaves = { familyId: familyId('petit'), cancel: [back('chloe', thursday)] };
            await send(other, leaves, 'petit-2', petit);
            const finished = taker.submissions.finish(receiptId, later);
            expect(await (dies ? failure(finished) : finished)).to.not.equal(undefined);
          }
          return memory.append(stream, events, expected);
        },
      });
      const first = commandSide({ store: slow, vault, options: notFollowed });
      const receipt = await send(first, { book: [place('ana', thursday)] }, 'x');
      expect(outcomes(receipt)).to.deep.equal(['accepted']);
      expect(await booked(other, 'ana', thursday)).to.equal('confirmed');
      expect(await receiptsOfIt(other)).to.equal(1);
    });

  it('ends the same when several take it up, of whom some die half-way', async () => {
    const { swift, slow, sending, open, chloeLeaves } = await slowTown();
    // The first to take it up dies between its decision and the receipt.
    const dead = commandSide({
      store: dyingBeforeReceipt(swift.store),
      vault: swift.vault,
      options: notFollowed,
    });
    expect(await failure(dead.submissions.finish(receiptId, later))).to.include({
      message: 'dead',
    });
    await chloeLeaves();
    open();
    expect(outcomes(await sending)).to.deep.equal(['RESERVATION.FULL']);
    expect(await booked(swift, 'ana', thursday)).to.equal('none');
    expect(await slow.submissions.finish(receiptId, later)).to.equal(false);
    expect(await countOf(swift, 'SubmissionTakenUp')).to.equal(1);
    expect(await countOf(swift, 'ReservationUnchanged')).to.equal(1);
    const read = await swift.submissions.receipt(receiptId, request(guardianOf('roux'), 'read'));
    expect(read).to.include({ status: 'issued' });
  });
});
