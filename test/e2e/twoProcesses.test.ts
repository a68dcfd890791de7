import { expect } from 'chai';
import { activities } from '../../src/application/aggregates.ts';
import { definition } from '../support/apiTown.ts';
import { describeOnMongo } from '../support/mongo.ts';
import { SharedTown } from '../support/sharedTown.ts';

describeOnMongo('two processes of the portal on shared servers', () => {
  let town: SharedTown;
  beforeEach(async () => {
    town = await SharedTown.onServers(2);
  });
  afterEach(() => town.stop());

  it('give each place once, each rank once, and lose no answer, when both book one session', async () => {
    const { familyId, children } = await town.families(5, 12);
    const results = await Promise.all(
      children.map((child, n) => town.book(n % 2 === 0 ? 0 : 1, familyId, child)),
    );
    const outcomes = results.map((result) => result?.outcome);
    expect(outcomes.filter((outcome) => outcome === 'accepted')).to.have.length(5);
    const ranks = results.flatMap((result) => result?.rank ?? []).sort((a, b) => a - b);
    expect(ranks).to.deep.equal([1, 2, 3, 4, 5, 6, 7]);
  });

  it('show on one what was sent to the other, once it is waited for', async () => {
    const { familyId, children } = await town.families(5, 1);
    const [child = ''] = children;
    await town.book(0, familyId, child);
    const other = town.servicesOf(1);
    const head = (await other.events.head()) ?? expect.fail('nothing was stored');
    expect(await other.readSide.waitFor(head, 30_000)).to.equal(true);
    const { body } = await town.at(1).get(`/api/families/${familyId}/agenda?month=2026-11`);
    expect(JSON.stringify(body)).to.include('"status":"confirmed"');
  });

  it('decide by the rules that the other was given', async () => {
    const { familyId, children } = await town.families(5, 2);
    const [one = '', two = ''] = children;
    expect((await town.book(1, familyId, one))?.outcome).to.equal('accepted');
    const head = town.at(0);
    const read = await head.get(`/api/activities/${town.canteen}`);
    const { terms } = definition(town.canteen);
    const schedule = { ...terms.schedule, weekdays: ['MON'] };
    const body = { effectiveFrom: '2026-11-20', terms: { ...terms, schedule } };
    await head.post(`/api/activities/${town.canteen}/terms`, body, {
      'if-match': read.headers.get('etag') ?? '',
    });
    const { handler } = town.servicesOf(1);
    while ((await handler.load(activities, town.canteen)).revision < 1n)
      await new Promise((resolve) => setImmediate(resolve));
    expect((await town.book(1, familyId, two))?.outcome).to.equal('refused');
  });
});
