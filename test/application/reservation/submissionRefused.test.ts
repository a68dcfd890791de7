import { expect } from 'chai';
import type { Submission } from '../../../src/application/reservation/submission.ts';
import { ERASED } from '../../../src/domain/kernel/personal.ts';
import { MemoryKeyVault } from '../../support/memoryKeyVault.ts';
import { everythingIn } from '../../support/storeDoubles.ts';
import { before, daysBefore, sameDay } from '../../support/activityFacts.ts';
import {
  agent,
  commandSide,
  guardianOf,
  request,
  town,
  type CommandSide,
} from '../../support/commandSide.ts';
import { asking, back, booked, countOf, outcomes, place, send } from '../../support/sending.ts';
import { childId, familyId, paris } from '../../support/townFacts.ts';

const tuesday = '2026-11-17';
const thursday = '2026-11-19';
const friday = '2026-11-20';

describe('a submission that touches what is not the family’s', () => {
  it('is denied when it acts for another family', async () => {
    const side = await town();
    const answer = await side.submissions.submit(
      asking({ familyId: familyId('petit'), book: [place('chloe', thursday)] }),
      request(guardianOf('roux'), 'r1'),
    );
    expect(answer).to.deep.include({ code: 'ACCESS.DENIED' });
    expect(await countOf(side, 'ReceiptIssued')).to.equal(0);
  });

  it('refuses another family’s child with the same words as a child that does not exist', async () => {
    const side = await town();
    await send(side, { familyId: familyId('petit'), book: [place('chloe', thursday)] }, 'p1', {
      who: guardianOf('petit'),
    });
    const receipt = await send(
      side,
      {
        book: [place('chloe', thursday), place('dan', thursday), place('nobody', thursday)],
        cancel: [back('chloe', thursday), back('dan', thursday), back('nobody', thursday)],
      },
      'r1',
    );
    const [gone, ...others] = receipt.lines.slice(0, 3).map(({ result }) => result);
    expect(gone).to.deep.equal({ outcome: 'refused', code: 'RESERVATION.UNKNOWN', values: {} });
    for (const other of others) expect(other).to.deep.equal(gone);
    const [asked, ...rest] = receipt.lines.slice(3).map(({ result }) => result);
    expect(asked).to.deep.include({ code: 'RESERVATION.NOT_YOUR_CHILD', values: {} });
    for (const other of rest) expect(other).to.deep.equal(asked);
    expect(await booked(side, 'chloe', thursday)).to.equal('confirmed');
  });

  it('keeps no word about another family’s child, and makes no key for one that does not exist', async () => {
    const vault = new MemoryKeyVault();
    const side = await town({}, { vault });
    const said = { note: 'Un mot.' };
    const asked = {
      book: [
        { ...place('chloe', thursday), ...said },
        { ...place('nobody', thursday), ...said },
      ],
    };
    const receipt = await send(side, asked, 'r1');
    expect(receipt.submission?.notes).to.deep.equal({});
    expect(await countOf(side, 'SubmissionNoteReceived')).to.equal(0);
    expect(await vault.find(childId('nobody'))).to.equal(undefined);
    expect(await send(side, asked, 'r1')).to.deep.equal(receipt);
  });

  it('keeps a word sealed under its child’s key: once the child is erased, nobody reads it', async () => {
    const vault = new MemoryKeyVault();
    const side = await town({}, { vault });
    const asked = { book: [{ ...place('ana', thursday), note: 'Un mot secret.' }] };
    const { receiptId } = await send(side, asked, 'r1');
    const all = (await everythingIn(side.store))
      .map(({ data, metadata }) => data + metadata)
      .join();
    expect(all).to.not.include('secret');
    await vault.forget(childId('ana'));
    const again = commandSide(side);
    const read = await again.submissions.receipt(receiptId, request(guardianOf('roux'), 'read'));
    expect(read).to.have.deep.nested.property('submission.notes', { 0: ERASED });
  });

  it('shows a receipt to its family and to staff only', async () => {
    const side = await town();
    const { receiptId } = await send(side, { book: [place('ana', thursday)] }, 'r1');
    const read = (who: Parameters<typeof request>[0]) =>
      side.submissions.receipt(receiptId, request(who, 'read'));
    expect(await read(guardianOf('roux'))).to.include({ status: 'issued' });
    expect(await read(agent)).to.include({ status: 'issued' });
    expect(await read(guardianOf('petit'))).to.deep.include({ code: 'RECEIPT.UNKNOWN' });
    const refused = await read({ actor: { kind: 'guardian', id: 'nobody' } });
    expect(refused).to.deep.include({ code: 'RECEIPT.UNKNOWN' });
  });

  it('is another one when another person sends it under the same request id', async () => {
    const side = await town();
    const father = { who: guardianOf('roux', 'father') };
    await send(side, { book: [place('ana', thursday)] }, '1');
    await send(side, { cancel: [back('ana', thursday)] }, '2');
    const receipt = await send(side, { book: [place('ana', thursday)] }, '1', father);
    expect(outcomes(receipt)).to.deep.equal(['accepted']);
    expect(await booked(side, 'ana', thursday)).to.equal('confirmed');
  });
});

describe('a submission that can’t be', () => {
  const submit = async (asked: Partial<Submission>, requestId = 'r1', side?: CommandSide) =>
    (side ?? (await town())).submissions.submit(
      asking(asked),
      request(guardianOf('roux'), requestId),
    );

  it('is refused whole when it is empty or too long', async () => {
    expect(await submit({})).to.deep.include({ code: 'RECEIPT.EMPTY' });
    const days = (count: number) => Array.from({ length: count }, () => place('ana', thursday));
    expect(await submit({ book: days(401) })).to.deep.include({
      code: 'SUBMISSION.TOO_LONG',
      values: { max: 400 },
    });
    const cancel = days(200).map((asked) => ({ ...asked, acceptsBilling: true }));
    expect(await submit({ book: days(201), cancel })).to.deep.include({
      code: 'SUBMISSION.TOO_LONG',
    });
    expect(await submit({ book: days(200), cancel })).to.have.property('receipt');
  });

  it('is refused when its request id has served for other days: nothing is dropped in silence', async () => {
    const side = await town();
    await submit({ book: [place('ana', thursday)] }, 'r1', side);
    const others: Partial<Submission>[] = [
      { book: [place('ana', friday)] },
      { book: [place('ana', thursday), place('ana', friday)] },
      { cancel: [back('ana', thursday)] },
    ];
    for (const other of others)
      expect(await submit(other, 'r1', side)).to.deep.include({ code: 'REQUEST.KEY_REUSED' });
    expect(await booked(side, 'ana', friday)).to.equal('none');
    expect(await booked(side, 'ana', thursday)).to.equal('confirmed');
  });

  it('never books into a day whose limits have passed, whatever the limits', async () => {
    const terms = {
      booking: before(sameDay('10:00')),
      cancellation: before(daysBefore(0, '08:00')),
    };
    const side = await town(terms);
    const at = async (now: string) =>
      outcomes(
        await send(side, { book: [place('ana', tuesday)] }, `at-${now}`, { now: paris(now) }),
      )[0];
    expect(await at('2026-11-17 10:00')).to.equal('RESERVATION.TOO_LATE');
    expect(await at('2026-11-17 09:59')).to.equal('accepted');
  });
});
