import { expect } from 'chai';
import type { Lease, Leases } from '../../../src/application/ports/leases.ts';
import { openMongoLeases } from '../../../src/infrastructure/mongodb/mongoLeases.ts';
import { interceptedMongo } from '../../support/interceptedMongo.ts';
import { describeOnMongo, mongoForTest, type MongoForTest } from '../../support/mongo.ts';

const ttl = 6_000;

describeOnMongo('MongoDB leases', () => {
  let mongo: MongoForTest;
  let now = 0;
  const process = (): Leases => openMongoLeases(mongo.another(), () => now);
  beforeEach(async () => {
    mongo = await mongoForTest();
    now = 0;
  });
  afterEach(async () => mongo.drop());

  const taken = async (leases: Leases, holder: string): Promise<Lease> => {
    const lease = await leases.acquire('agenda', holder, ttl);
    if (!lease) throw new Error(`${holder} has no lease`);
    return lease;
  };

  it('gives a free lease to the first, and to nobody else while it shows signs of life', async () => {
    const [one, other] = [process(), process()];
    const lease = await taken(one, 'one');
    expect(lease).to.deep.equal({ name: 'agenda', holder: 'one', token: 1 });
    for (let turn = 0; turn < 10; turn += 1) {
      expect(await other.acquire('agenda', 'other', ttl)).to.equal(undefined);
      now += 2_000;
      expect(await one.renew(lease)).to.equal(true);
    }
    expect(await other.acquire('dossiers', 'other', ttl)).to.include({ token: 1 });
  });

  it('goes to another once its holder gave no sign of life for its ttl, with the next token', async () => {
    const [one, other] = [process(), process()];
    const lost = await taken(one, 'one');
    expect(await other.acquire('agenda', 'other', ttl)).to.equal(undefined);
    now += ttl - 1;
    expect(await other.acquire('agenda', 'other', ttl)).to.equal(undefined);
    now += 1;
    expect(await taken(other, 'other')).to.include({ holder: 'other', token: 2 });
    expect(await one.renew(lost)).to.equal(false);
    // The paused holder asks anew, as any candidate.
    expect(await one.acquire('agenda', 'one', ttl)).to.equal(undefined);
  });

  it('is lost to its former holder even when what tells it so could not be cleared away', async () => {
    const one = process();
    const lost = await taken(one, 'one');
    const unable = interceptedMongo(mongo.another(), async ({ operation, send }) => {
      if (operation === 'deleteMany') throw new Error('not now');
      return send();
    });
    const other = openMongoLeases(unable, () => now);
    await other.acquire('agenda', 'other', ttl);
    now += ttl;
    expect((await taken(other, 'other')).token).to.equal(2);
    expect(await one.renew(lost)).to.equal(false);
  });

  it('counts only the time that a candidate has itself seen: clocks may be hours apart, or jump', async () => {
    const one = process();
    const lease = await taken(one, 'one');
    now += 3_600_000;
    const late = process();
    expect(await late.acquire('agenda', 'late', ttl)).to.equal(undefined);
    now += ttl - 1;
    expect(await one.renew(lease)).to.equal(true);
    now += 1;
    expect(await late.acquire('agenda', 'late', ttl)).to.equal(undefined);
  });

  it('waits as long as the holder said, whatever the candidate would', async () => {
    await taken(process(), 'one');
    const hasty = process();
    expect(await hasty.acquire('agenda', 'hasty', 10)).to.equal(undefined);
    now += 5_000;
    expect(await hasty.acquire('agenda', 'hasty', 10)).to.equal(undefined);
  });

  it('goes at once to the next when released, and its token still grows', async () => {
    const [one, other] = [process(), process()];
    const first = await taken(one, 'one');
    await one.release(first);
    expect(await one.renew(first)).to.equal(false);
    const second = await taken(other, 'other');
    expect(second.token).to.equal(2);
    await one.release(first);
    expect(await other.renew(second)).to.equal(true);
  });

  it('goes to exactly one of many who ask at the same moment', async () => {
    const candidates = Array.from({ length: 8 }, () => process());
    for (let round = 1; round <= 6; round += 1) {
      const answers = await Promise.all(
        candidates.map(async (one, n) => one.acquire('agenda', `candidate-${n}`, ttl)),
      );
      const [winner, ...others] = answers.filter((lease) => lease !== undefined);
      expect(others).to.deep.equal([]);
      expect(winner?.token).to.equal(round);
      // Each sees the winner; then it falls silent, or gives up.
      for (const one of candidates) await one.acquire('agenda', 'x', ttl);
      if (round % 2 === 0 && winner) await candidates[0]?.release(winner);
      else now += ttl;
    }
  });

  it('is not taken with an old number by a candidate that was paused for long', async () => {
    let arrive = (): void => undefined;
    let resume = (): void => undefined;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    const resumed = new Promise<void>((resolve) => (resume = resolve));
    const first = await taken(process(), 'first');
    await process().release(first);
    const pausing = interceptedMongo(mongo.another(), async ({ operation, send }) => {
      if (operation === 'insertOne') {
        arrive();
        await resumed;
      }
      return send();
    });
    const paused = openMongoLeases(pausing, () => now).acquire('agenda', 'paused', ttl);
    await arrived;
    await process().release(await taken(process(), 'second'));
    const third = process();
    const held = await taken(third, 'third');
    resume();
    expect(await paused).to.equal(undefined);
    expect(await third.renew(held)).to.equal(true);
    expect(held.token).to.equal(3);
  });
});
