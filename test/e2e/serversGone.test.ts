import { expect } from 'chai';
import { sessionBooks, sessionId } from '../../src/application/aggregates.ts';
import type { ActivityId } from '../../src/domain/kernel/ids.ts';
import { asLocalDate } from '../../src/domain/kernel/localDate.ts';
import { describeOnMongo } from '../support/mongo.ts';
import { SharedTown, thursday } from '../support/sharedTown.ts';

describeOnMongo('the portal while a server is gone', () => {
  let town: SharedTown;
  beforeEach(async () => {
    town = await SharedTown.start(1);
  });
  afterEach(() => town.stop());

  const reservations = async (): Promise<number> => {
    const id = sessionId('cantine' as ActivityId, asLocalDate(thursday));
    const { state } = await town.servicesOf(0).handler.load(sessionBooks, id);
    return state.reservations.size;
  };

  it('says so clearly without EventStoreDB, and books once it is back, each place once', async () => {
    const { familyId, children } = await town.families(5, 2);
    const [first = '', second = ''] = children;
    await town.book(0, familyId, first);
    await town.events.leader.goAway();
    const refused = await town.send(0, familyId, second, 'same-key');
    expect(refused.status).to.equal(503);
    expect(refused.headers.get('retry-after')).to.match(/^[1-9]\d*$/);
    expect(refused.body).to.include({ code: 'STORE.UNAVAILABLE' });
    await town.events.leader.comeBack();
    let answer = refused;
    while (answer.status !== 201) answer = await town.send(0, familyId, second, 'same-key');
    expect(answer.body.lines[0]?.result.outcome).to.equal('accepted');
    expect(await reservations()).to.equal(2);
  }).timeout(40_000);

  it('goes on booking without MongoDB, and shows it once it is back', async () => {
    const { familyId, children } = await town.families(5, 2);
    const [first = '', second = ''] = children;
    await town.book(0, familyId, first);
    town.mongo.cut();
    expect((await town.book(0, familyId, second))?.outcome).to.equal('accepted');
    const path = `/api/families/${familyId}/agenda?month=2026-11`;
    const hidden = await town.at(0).get(path);
    expect(hidden.status).to.equal(503);
    town.mongo.mend();
    const { events, readSide } = town.servicesOf(0);
    const head = (await events.head()) ?? expect.fail('nothing was stored');
    expect(await readSide.waitFor(head, 30_000)).to.equal(true);
    // The other connections find the server again one by one.
    let shown = await town.at(0).get(path);
    while (shown.status === 503) shown = await town.at(0).get(path);
    expect(JSON.stringify(shown.body).match(/"status":"confirmed"/g)).to.have.length(2);
  }).timeout(60_000);
});
