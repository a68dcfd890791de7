import { expect } from 'chai';
import { setTimeout as pause } from 'node:timers/promises';
import { addHours } from '../../src/domain/kernel/parisTime.ts';
import type { FamilyId } from '../../src/domain/kernel/ids.ts';
import { sessionCookieName } from '../../src/interfaces/http/authentication.ts';
import { counted, lasted, publishFigures } from '../support/faults/figures.ts';
import { allProjected, expectAllKept } from '../support/faults/keptOnServers.ts';
import {
  steadyBookings,
  type SteadyBookings,
  type TimedAnswer,
} from '../support/faults/steadyBookings.ts';
import { until } from '../support/faults/until.ts';
import { describeOnMongo } from '../support/mongo.ts';
import { canteenDays, SharedTown } from '../support/sharedTown.ts';

const places = 5;
/** How long the server is gone. */
const goneMs = 10_000;
/** Nobody hangs: each wait for a server lasts 4 s. The servers, the portals and the load share one thread here. */
const longestMs = 15_000;

const took = ({ sentAt, answeredAt }: TimedAnswer): number => answeredAt - sentAt;

describeOnMongo('the portal while a server is gone', () => {
  let town: SharedTown;
  beforeEach(async () => {
    town = await SharedTown.start(2);
  });
  let booking: SteadyBookings | undefined;
  afterEach(async () => {
    booking?.abandon();
    await town.stop();
  });

  const bookFromBoth = async () => {
    const { familyId, children } = await town.families(places, 12);
    await allProjected(await town.stores());
    const apis = [town.at(0), town.at(1)];
    const bookings = steadyBookings({ apis, familyId, children, dates: canteenDays });
    booking = bookings;
    await until('both book', () => bookings.told.length > 60);
    return { familyId, bookings };
  };
  /** A page of the family's, as its guardian's browser asks one of the processes for it. */
  const page = async (process: number, familyId: string) => {
    const { tokens, clock } = town.servicesOf(process);
    const guardian = { kind: 'guardian', id: 'g-1' } as const;
    const who = { actor: guardian, familyId: familyId as FamilyId };
    const token = tokens.issue(who, addHours(clock.now(), 1));
    const headers = { cookie: `${sessionCookieName(false)}=${token}` };
    const response = await fetch(`${town.addressOf(process)}/reservations?mois=2026-11`, {
      headers,
    });
    return { status: response.status, html: await response.text() };
  };

  it('says so clearly without EventStoreDB, and books once it is back, each place once', async () => {
    const { bookings } = await bookFromBoth();
    await town.events.leader.goAway();
    const goneAt = performance.now();
    await pause(goneMs);
    const backAt = performance.now();
    await town.events.leader.comeBack();
    const acceptedBy = (process: number) =>
      bookings.answers.find(
        (answer) =>
          answer.process === process && answer.status === 201 && answer.answeredAt > backAt,
      );
    await until('both book again', () => [0, 1].every((process) => acceptedBy(process)));
    const toldSoFar = bookings.told.length;
    await until('they go on', () => bookings.told.length > toldSoFar + 40);
    await bookings.stop();
    await expectAllKept(await town.stores(), bookings.told, places);

    const refused = bookings.answers.filter(({ status }) => status === 503);
    expect(refused.length).to.be.greaterThan(0);
    const booked = ({ status, sentAt, answeredAt }: TimedAnswer): boolean =>
      status === 201 && sentAt > goneAt && answeredAt < backAt;
    expect(bookings.answers.filter(booked)).to.deep.equal([]);
    const slowest = Math.max(...bookings.answers.map(took));
    const resumed = [0, 1].map((process) => (acceptedBy(process)?.answeredAt ?? NaN) - backAt);
    publishFigures({
      name: 'serversGone',
      fault: 'EventStoreDB absent 10 s pendant les réservations sur deux portails',
      stores: 'EventStoreDB et MongoDB',
      figures: [
        ['lignes acquittées', counted(bookings.told.length, 'ligne')],
        ['perdues, ou comptées deux fois', '0'],
        ['séances surréservées', '0'],
        ['réponses 503 avec Retry-After', counted(refused.length, 'réponse')],
        ['réponse la plus lente', lasted(slowest)],
        ['du retour à la première réservation, sur chaque portail', lasted(Math.max(...resumed))],
      ],
    });
    expect(slowest).to.be.below(longestMs);
  }).timeout(300_000);

  it('goes on booking without MongoDB, says on its pages that it can’t show them, and catches up', async () => {
    const { familyId, bookings } = await bookFromBoth();
    const goneAt = performance.now();
    town.mongo.cut();
    const during = pause(goneMs);
    for (const process of [0, 1]) {
      const hidden = await town.at(process).get(`/api/families/${familyId}/agenda?month=2026-11`);
      expect(hidden.status).to.equal(503);
      expect(hidden.body).to.include({ code: 'STORE.UNAVAILABLE' });
    }
    for (const { status, html } of await Promise.all([page(0, familyId), page(1, familyId)])) {
      expect(status).to.equal(503);
      expect(html).to.include('<html lang="fr"').and.include('Réessayez');
    }
    await during;
    const backAt = performance.now();
    town.mongo.mend();
    const stores = await town.stores();
    const caughtUpMs = await allProjected(stores);
    for (const process of [0, 1])
      await until(
        'pages show it again',
        async () => (await page(process, familyId)).status === 200,
      );
    const shownMs = performance.now() - backAt;
    await bookings.stop();
    await expectAllKept(stores, bookings.told, places);

    const meanwhile = bookings.answers.filter(
      ({ sentAt, answeredAt }) => sentAt > goneAt && answeredAt < backAt,
    );
    const accepted = meanwhile.filter(({ status }) => status === 201);
    expect(accepted.length).to.equal(meanwhile.length).and.be.greaterThan(20);
    const slowest = Math.max(...bookings.answers.map(took));
    publishFigures({
      name: 'serversGone',
      fault: 'MongoDB absent 10 s pendant les réservations sur deux portails',
      stores: 'EventStoreDB et MongoDB',
      figures: [
        ['demandes acceptées pendant la panne', counted(accepted.length, 'demande')],
        ['refusées', '0'],
        ['réponse la plus lente', lasted(slowest)],
        ['lectures à jour après le retour', lasted(caughtUpMs)],
        ['pages de nouveau lisibles après le retour', lasted(shownMs)],
        ['lectures différentes d’une reconstruction', '0'],
      ],
    });
  }).timeout(300_000);
});
