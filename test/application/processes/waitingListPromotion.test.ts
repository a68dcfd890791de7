import { expect } from 'chai';
import { sessionBooks, sessionId } from '../../../src/application/aggregates.ts';
import { deny } from '../../../src/application/principal.ts';
import { canteen, defined, group, terms } from '../../support/activityFacts.ts';
import { guardianOf, request, settle, supervisor } from '../../support/commandSide.ts';
import { storeLike } from '../../support/storeDoubles.ts';
import { startTestPortal, type TestPortal } from '../../support/testPortal.ts';
import { childId, day, familyId, paris } from '../../support/townFacts.ts';

const date = day('2026-12-01');
const nextDay = paris('2026-11-17 10:00');
const onePlace = { groups: [group('tous', 2, 12, 1)], waitingList: true };

describe('the waiting list when a town adds places', () => {
  let portal: TestPortal;

  beforeEach(async () => {
    portal = await startTestPortal({ now: paris('2026-11-16 10:00') });
    const { services } = portal;
    await services.activityCommands.define(defined(onePlace), request(supervisor, 'define'));
    const commands = {
      families: services.familyCommands,
      children: services.childCommands,
    };
    for (const name of ['roux', 'petit', 'faure']) {
      await settle(commands, familyId(name), [childId(name)]);
      await services.reservationCommands.reserve(
        { activityId: canteen, date, childId: childId(name), familyId: familyId(name) },
        request(guardianOf(name), `reserve-${name}`),
      );
    }
  });
  afterEach(() => portal.close());

  const statuses = async (on = date): Promise<Record<string, string>> => {
    const id = sessionId(canteen, on);
    const { state } = await portal.services.handler.load(sessionBooks, id);
    return Object.fromEntries(
      [...state.reservations.values()].map(({ ref, status }) => [ref.childId, status]),
    );
  };

  it('gives the new places to the first who wait, and no more', async () => {
    const { activityCommands, waitingListPromotion } = portal.services;
    const change = {
      effectiveFrom: day('2026-11-30'),
      terms: terms({ ...onePlace, groups: [group('tous', 2, 12, 2)] }),
    };
    await activityCommands.changeTerms(canteen, change, request(supervisor, 'two-places'));
    await portal.settled();
    expect(await waitingListPromotion.run()).to.equal(1);
    expect(await statuses()).to.deep.equal({
      roux: 'confirmed',
      petit: 'confirmed',
      faure: 'waitlisted',
    });
  });

  it('changes nothing when no place was added, nor when run again', async () => {
    await portal.settled();
    expect(await portal.services.waitingListPromotion.run()).to.equal(0);
    expect(await portal.services.waitingListPromotion.run()).to.equal(0);
    expect((await statuses())['petit']).to.equal('waitlisted');
  });

  it('leaves sessions of the past alone', async () => {
    await portal.settled();
    portal.clock.moveTo(paris('2026-12-02 10:00'));
    expect(await portal.services.waitingListPromotion.run()).to.equal(0);
  });

  it('goes on with the other sessions when one fails, and says which', async () => {
    await portal.close();
    const failing = sessionId(canteen, date);
    portal = await startTestPortal({
      around: (store) =>
        storeLike(store, {
          append: (stream, events, expected) => {
            if (stream.endsWith(failing) && portal.clock.now() >= nextDay)
              throw new Error('the disk of Léa');
            return store.append(stream, events, expected);
          },
        }),
    });
    const { services, clock } = portal;
    await services.activityCommands.define(defined(onePlace), request(supervisor, 'define'));
    const commands = { families: services.familyCommands, children: services.childCommands };
    const later = day('2026-12-03');
    for (const name of ['roux', 'petit']) {
      await settle(commands, familyId(name), [childId(name)]);
      for (const on of [date, later])
        await services.reservationCommands.reserve(
          { activityId: canteen, date: on, childId: childId(name), familyId: familyId(name) },
          request(guardianOf(name), `reserve-${name}-${on}`),
        );
    }
    const terms2 = terms({ ...onePlace, groups: [group('tous', 2, 12, 2)] });
    const change = { effectiveFrom: day('2026-11-30'), terms: terms2 };
    await services.activityCommands.changeTerms(canteen, change, request(supervisor, 'two'));
    await portal.settled();
    clock.moveTo(nextDay);
    expect(await services.waitingListPromotion.run()).to.equal(1);
    expect(await statuses(later)).to.deep.equal({ roux: 'confirmed', petit: 'confirmed' });
    expect(await statuses()).to.deep.equal({ roux: 'confirmed', petit: 'waitlisted' });
    expect(portal.lines.filter(({ level }) => level === 'error')).to.deep.equal([
      {
        level: 'error',
        fields: { activityId: canteen, date, error: 'Error' },
        message: 'waiting-list promotion of a session failed; tried again at the next run',
      },
    ]);
  });

  it('is the portal’s own act: nobody else may ask for it', () => {
    expect(deny(guardianOf('roux'), 'promoteWaiting')?.code).to.equal('ACCESS.DENIED');
    expect(deny(supervisor, 'promoteWaiting')?.code).to.equal('ACCESS.DENIED');
  });
});
