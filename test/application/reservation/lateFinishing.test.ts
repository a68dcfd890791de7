import { expect } from 'chai';
import type { ActivityTerms } from '../../../src/domain/activity/activityTerms.ts';
import { group } from '../../support/activityFacts.ts';
import {
  agent,
  commandSide,
  guardianOf,
  request,
  town,
  type CommandSide,
} from '../../support/commandSide.ts';
import { cutSending, inBooks } from '../../support/cutSending.ts';
import { back, booked, outcomes, place, send } from '../../support/sending.ts';
import { activityId, day, familyId, paris } from '../../support/townFacts.ts';

const thursday = '2026-11-19';
const at = (shown: string) => ({ now: paris(shown) });
const petit = { who: guardianOf('petit') };

describe('a sending that is finished late', () => {
  describe('after its family changed its mind', () => {
    /** Ana is booked; « not Ana but Ben » is cut off, sent again, and taken back. */
    const changedMind = async () => {
      const side = await town();
      await send(side, { book: [place('ana', thursday)] }, 'first');
      const asked = { cancel: [back('ana', thursday)], book: [place('ben', thursday)] };
      const cut = await cutSending(side, asked, '2026-11-17 10:00');
      await send(side, asked, 'again', at('2026-11-17 10:01'));
      return { side, cut };
    };

    it('leaves the days as the family wants them now', async () => {
      const { side, cut } = await changedMind();
      const taken = { cancel: [back('ben', thursday)], book: [place('ana', thursday)] };
      await send(side, taken, 'other', at('2026-11-17 10:02'));
      const receipt = await cut.finish(side, '2026-11-17 10:03');
      expect(await booked(side, 'ana', thursday)).to.equal('confirmed');
      expect(await booked(side, 'ben', thursday)).to.equal('none');
      // It says what stands: Ana has her place, Ben’s was given back.
      expect(outcomes(receipt)).to.deep.equal(['accepted', 'cancelled']);
    });

    it('says what the same sending has led to meanwhile', async () => {
      const { side, cut } = await changedMind();
      expect(outcomes(await cut.finish(side, '2026-11-17 10:03'))).to.deep.equal([
        'cancelled',
        'accepted',
      ]);
      expect(await booked(side, 'ana', thursday)).to.equal('none');
      expect(await booked(side, 'ben', thursday)).to.equal('confirmed');
    });

    it('does not book again a place it held then, and has given back since', async () => {
      const side = await town();
      await send(side, { book: [place('ana', thursday)] }, 'first');
      const cut = await cutSending(
        side,
        { book: [place('ana', thursday), place('ben', thursday)] },
        '2026-11-17 10:00',
      );
      await send(side, { cancel: [back('ana', thursday)] }, 'other', at('2026-11-17 10:01'));
      // Another process finishes it, which knows the book by reading it alone.
      expect(outcomes(await cut.finish(commandSide(side), '2026-11-17 10:02'))).to.deep.equal([
        'cancelled',
        'accepted',
      ]);
      expect(await booked(side, 'ana', thursday)).to.equal('none');
    });

    it('does not ask staff again for what they have refused since', async () => {
      const side = await town({ validation: 'staff' });
      const { lines } = await send(side, { book: [place('ana', thursday)] }, 'first');
      const result = lines[0]?.result;
      const cut = await cutSending(side, { book: [place('ana', thursday)] }, '2026-11-17 10:00');
      if (result?.outcome !== 'awaitingValidation') expect.fail('it does not await staff');
      await side.reservations.refuse(
        { activityId: activityId('cantine'), date: day(thursday) },
        result.reservationId,
        'Complet.',
        request(agent, 'refuse', paris('2026-11-17 10:01')),
      );
      const receipt = await cut.finish(side, '2026-11-17 10:02');
      expect(outcomes(receipt)).to.deep.equal(['RESERVATION.NOT_AWAITING']);
      expect(await booked(side, 'ana', thursday)).to.equal('none');
    });
  });

  it('books what was given back before it came', async () => {
    const side = await town();
    await send(side, { book: [place('ana', thursday)] }, 'first');
    await send(side, { cancel: [back('ana', thursday)] }, 'second', at('2026-11-17 09:59'));
    const cut = await cutSending(side, { book: [place('ana', thursday)] }, '2026-11-17 10:00');
    expect(outcomes(await cut.finish(side, '2026-11-17 10:01'))).to.deep.equal(['accepted']);
    expect(await booked(side, 'ana', thursday)).to.equal('confirmed');
  });

  it('follows in the order in which two came, also when the earlier was finished after the later came', async () => {
    const side = await town();
    await send(side, { book: [place('ana', thursday)] }, 'first');
    const leaves = { cancel: [back('ana', thursday)] };
    const one = await cutSending(side, leaves, '2026-11-17 10:00', { requestId: 'one' });
    const returns = { book: [place('ana', thursday)] };
    const two = await cutSending(side, returns, '2026-11-17 10:01', { requestId: 'two' });
    expect(outcomes(await one.finish(side, '2026-11-17 11:00'))).to.deep.equal(['cancelled']);
    expect(outcomes(await two.finish(side, '2026-11-17 11:01'))).to.deep.equal(['accepted']);
    expect(await booked(side, 'ana', thursday)).to.equal('confirmed');
  });

  it('gives back a child’s place and takes it again, as it was asked', async () => {
    const side = await town();
    await send(side, { book: [place('ana', thursday)] }, 'first');
    const both = { cancel: [back('ana', thursday)], book: [place('ana', thursday)] };
    const cut = await cutSending(side, both, '2026-11-17 10:00');
    expect(outcomes(await cut.finish(side, '2026-11-17 10:05'))).to.deep.equal([
      'cancelled',
      'accepted',
    ]);
    expect(await booked(side, 'ana', thursday)).to.equal('confirmed');
  });

  it('does not give back what the same sending has booked before it was cut off', async () => {
    const side = await town();
    const both = { cancel: [back('ana', thursday)], book: [place('ana', thursday)] };
    const cut = await cutSending(side, both, '2026-11-17 10:00', { booksKept: true });
    expect(await booked(side, 'ana', thursday)).to.equal('confirmed');
    expect(outcomes(await cut.finish(side, '2026-11-17 10:05'))[1]).to.equal('accepted');
    expect(await booked(side, 'ana', thursday)).to.equal('confirmed');
  });

  describe('where somebody waits', () => {
    const onePlace: Partial<ActivityTerms> = { groups: [group('tous', 2, 12, 1)] };
    /** Ana holds the one place, Chloé waits; Ana’s is given back in time, and cut off. */
    const waiting = async () => {
      const side = await town(onePlace);
      await send(side, { book: [place('ana', thursday)] }, 'first');
      const asked = { familyId: familyId('petit'), book: [place('chloe', thursday)] };
      await send(side, asked, 'petit-1', petit);
      const cut = await cutSending(side, { cancel: [back('ana', thursday)] }, '2026-11-18 08:59');
      return { side, cut };
    };
    const timesOf = async (side: CommandSide) =>
      (await inBooks(side)).slice(2).map(({ event: { type }, occurredAt }) => [type, occurredAt]);

    for (const [finished, when] of [
      ['2026-11-19 10:00', 'after the promotion limit'],
      ['2026-11-21 08:00', 'after the session'],
    ] as const)
      it(`is in time for its own family, and hands the place on to nobody ${when}`, async () => {
        const { side, cut } = await waiting();
        const [line] = (await cut.finish(side, finished)).lines;
        expect(line?.result).to.include({ outcome: 'cancelled', timing: 'inTime', billedCents: 0 });
        expect(await booked(side, 'chloe', thursday)).to.equal('waitlisted');
        expect(await timesOf(side)).to.deep.equal([['ReservationCancelled', paris(finished)]]);
      });

    it('hands it on until that limit, and the book stays in the order of time', async () => {
      const { side, cut } = await waiting();
      await cut.finish(side, '2026-11-19 08:30');
      expect(await booked(side, 'chloe', thursday)).to.equal('confirmed');
      expect(await timesOf(side)).to.deep.equal([
        ['ReservationCancelled', paris('2026-11-19 08:30')],
        ['ReservationPromoted', paris('2026-11-19 08:30')],
      ]);
    });

    it('keeps when the family asked', async () => {
      const { side, cut } = await waiting();
      await cut.finish(side, '2026-11-19 10:00');
      const cancelled = (await inBooks(side)).at(-1)?.event;
      expect(cancelled).to.include({ requestedAt: paris('2026-11-18 08:59') });
    });
  });
});
