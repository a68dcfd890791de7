import { expect } from 'chai';
import { counted, lasted, publishFigures } from '../support/faults/figures.ts';
import { allProjected, expectAllKept } from '../support/faults/keptOnServers.ts';
import { steadyBookings, type SteadyBookings } from '../support/faults/steadyBookings.ts';
import { until } from '../support/faults/until.ts';
import { describeOnMongo } from '../support/mongo.ts';
import { canteenDays, SharedTown } from '../support/sharedTown.ts';

const cuts = 16;
const places = 8;

describeOnMongo('the subscriptions to the log, cut in the middle of a batch', () => {
  let town: SharedTown;
  beforeEach(async () => {
    town = await SharedTown.start(2);
  });
  let bookings: SteadyBookings | undefined;
  afterEach(async () => {
    bookings?.abandon();
    await town.stop();
  });

  it(`go on from where they were, ${cuts} times: nothing is missing, nothing comes twice`, async () => {
    const { familyId, children } = await town.families(places, 16);
    const apis = [town.at(0), town.at(1)];
    const { faults } = town.events;
    const before = faults.seen.subscriptions;
    bookings = steadyBookings({ apis, familyId, children, dates: canteenDays });
    for (let cut = 0; cut < cuts; cut += 1) {
      // By turns the connection falls, with the appends on it, and the call ends without an error.
      const fault = cut % 2 === 0 ? 'cutAfterEvents' : 'endAfterEvents';
      faults[fault] = 1 + ((cut * 7) % 29);
      await until(`cut ${cut}`, () => faults[fault] === undefined);
    }
    await bookings.stop();
    const stores = await town.stores();
    const stepMs = await allProjected(stores);
    await expectAllKept(stores, bookings.told, places);
    const again = faults.seen.subscriptions - before;
    expect(again).to.be.at.least(cuts);
    publishFigures({
      name: 'subscriptionCut',
      fault: 'Abonnement au journal coupé au milieu d’un lot, pendant les réservations',
      stores: 'EventStoreDB et MongoDB',
      figures: [
        ['coupures', counted(cuts, 'coupure')],
        ['abonnements repris', counted(again, 'abonnement')],
        ['lignes acquittées', counted(bookings.told.length, 'ligne')],
        ['manquantes, ou comptées deux fois', '0'],
        ['lectures différentes d’une reconstruction', '0'],
        ['lectures à jour après la dernière réservation', lasted(stepMs)],
      ],
    });
  }).timeout(400_000);
});
