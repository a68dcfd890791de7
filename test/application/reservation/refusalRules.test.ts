import { expect } from 'chai';
import type { ReservationId } from '../../../src/domain/kernel/ids.ts';
import { before, canteen, daysBefore, group, sameDay } from '../../support/activityFacts.ts';
import { agent, request, town, type CommandSide } from '../../support/commandSide.ts';
import { back, place, send } from '../../support/sending.ts';
import { day, paris } from '../../support/townFacts.ts';

const thursday = '2026-11-19';
const limit = paris('2026-11-18 09:00');
const start = paris('2026-11-19 12:00');
const session = { activityId: canteen, date: day(thursday) };

/** What the receipt says of the only day sent. */
const resultOf = async (...sending: Parameters<typeof send>) =>
  (await send(...sending)).lines[0]?.result;
const close = (side: CommandSide) =>
  side.reservations.close(session, 'Neige', request(agent, 'close'));

describe('the receipt of a day', () => {
  it('names the version of the rules that refused it, and the limit they set', async () => {
    const full = await town({ groups: [group('tous', 2, 12, 0)], waitingList: false });
    const old = await town({ groups: [group('petits', 2, 3, 5)] });
    const closed = await town();
    await close(closed);
    const rule = { limit, ruleVersion: 1 };
    const book = [place('ana', thursday)];
    for (const [side, code] of [
      [full, 'RESERVATION.FULL'],
      [old, 'RESERVATION.AGE'],
      [closed, 'RESERVATION.SESSION_CLOSED'],
    ] as const) {
      const result = await resultOf(side, { book }, 'r');
      if (result?.outcome !== 'refused') expect.fail(`${code}: ${result?.outcome}`);
      expect(result.code).to.equal(code);
      expect(result.values).to.include(rule);
    }
  });

  it('names the version of the rules that hold no session that day', async () => {
    const side = await town();
    const result = await resultOf(side, { book: [place('ana', '2026-11-21')] }, 'r');
    expect(result).to.deep.equal({
      outcome: 'refused',
      code: 'RESERVATION.NO_SESSION',
      values: { reason: 'weekday', name: '', ruleVersion: 1 },
    });
  });

  it('names both for a place that can’t be given back any more', async () => {
    const side = await town();
    await send(side, { book: [place('ana', thursday)] }, 'r1');
    const late = await resultOf(side, { cancel: [back('ana', thursday)] }, 'r2', { now: start });
    expect(late).to.deep.include({
      code: 'RESERVATION.SESSION_STARTED',
      values: { startsAt: start, limit: start, ruleVersion: 1 },
    });
  });

  it('keeps them for a place that was given back before', async () => {
    const side = await town();
    await send(side, { book: [place('ana', thursday)] }, 'r1');
    const first = await resultOf(side, { cancel: [back('ana', thursday)] }, 'r2');
    expect(first).to.include({ outcome: 'cancelled', limit, ruleVersion: 1 });
    expect(await resultOf(side, { cancel: [back('ana', thursday)] }, 'r3')).to.deep.equal(first);
  });
});

describe('what a family is billed', () => {
  it('is one session, however often it gives back late and books again', async () => {
    const side = await town({
      booking: before(sameDay('11:00')),
      cancellation: before(daysBefore(1, '09:00')),
    });
    const at = { now: paris('2026-11-18 10:00') };
    await send(side, { book: [place('ana', thursday)] }, 'r1');
    const giveBack = { cancel: [back('ana', thursday, true)] };
    const bookAgain = { book: [place('ana', thursday)] };
    expect(await resultOf(side, giveBack, 'r2', at)).to.include({ billedCents: 350 });
    const taken = { outcome: 'accepted', priceCents: 0, alreadyDueCents: 350 };
    expect(await resultOf(side, bookAgain, 'r3', at)).to.include(taken);
    expect(await resultOf(side, bookAgain, 'r4', at)).to.include(taken);
    const nothingMore = { timing: 'late', billedCents: 0, alreadyDueCents: 350 };
    expect(await resultOf(side, giveBack, 'r5', at)).to.include(nothingMore);
    expect(await resultOf(side, giveBack, 'r6', at)).to.include(nothingMore);
  });

  it('is nothing for a day that staff accepted when it could not be given back any more', async () => {
    const side = await town({ validation: 'staff' });
    const asked = await resultOf(side, { book: [place('ana', thursday)] }, 'r1');
    const id = (asked as { reservationId: ReservationId }).reservationId;
    const accepted = request(agent, 'v', paris('2026-11-19 11:55'));
    expect((await side.reservations.validate(session, id, accepted)).kind).to.equal('done');
    const given = await resultOf(side, { cancel: [back('ana', thursday)] }, 'r2', {
      now: paris('2026-11-19 11:56'),
    });
    expect(given).to.include({ timing: 'inTime', billedCents: 0, limit: start });
  });

  it('is nothing once the town has closed the session, also after a late cancellation', async () => {
    const side = await town();
    await send(side, { book: [place('ana', thursday)] }, 'r1');
    const late = { now: paris('2026-11-18 18:00') };
    const billed = await resultOf(side, { cancel: [back('ana', thursday, true)] }, 'r2', late);
    expect(billed).to.include({ billedCents: 350 });
    const closing = await close(side);
    const types = closing.kind === 'done' ? closing.events.map(({ type }) => type) : [];
    expect(types).to.deep.equal(['SessionClosed', 'LateCancellationFreedByTown']);
    expect(await resultOf(side, { cancel: [back('ana', thursday)] }, 'r3', late)).to.include({
      outcome: 'cancelled',
      billedCents: 0,
    });
  });
});
