import { expect } from 'chai';
import { sessionBooks, sessionId } from '../../../src/application/aggregates.ts';
import { SubjectErasedError } from '../../../src/application/ports/eventCodec.ts';
import { EventTooLargeError } from '../../../src/application/ports/eventStore.ts';
import { findChainFault } from '../../../src/infrastructure/events/hashChain.ts';
import { MemoryEventStore } from '../../../src/infrastructure/memory/memoryEventStore.ts';
import { canteen } from '../../support/activityFacts.ts';
import { MemoryKeyVault } from '../../support/memoryKeyVault.ts';
import { failure, heldIn, made, portal, roomFor, stream } from '../../support/portalProcess.ts';
import { asks } from '../../support/sessionFacts.ts';
import { counted, storedIn } from '../../support/storeDoubles.ts';
import { childId, day } from '../../support/townFacts.ts';

describe('many callers on one stream', () => {
  it('are decided together, in the order in which they came', async () => {
    const { store, appends } = counted(new MemoryEventStore());
    const { books, book } = portal(store);
    const names = Array.from({ length: 100 }, (_, n) => `child-${n}`);
    const answers = await Promise.all(names.map((name) => books(name, roomFor(60))));
    expect(appends.length).to.be.at.most(3);
    expect(answers.map((answer) => made(answer)[0])).to.deep.equal([
      ...names.slice(0, 60).map(() => 'ReservationConfirmed'),
      ...names.slice(60).map(() => 'ReservationWaitlisted'),
    ]);
    expect((await book()).waiting).to.have.length(40);
    expect(findChainFault(await storedIn(store, stream))).to.equal(undefined);
  });

  it('are bounded in what one append carries', async () => {
    const { store, appends } = counted(new MemoryEventStore());
    const { books } = portal(store);
    await Promise.all(Array.from({ length: 300 }, (_, n) => books(`child-${n}`, roomFor(500))));
    expect(Math.max(...appends)).to.be.at.most(128);
    expect(await storedIn(store, stream)).to.have.length(300);
  });
});

describe('one of many callers', () => {
  /** Eight callers book; the one in the midst sends something that fails, which is answered. */
  async function withFailing(
    decide: Parameters<ReturnType<typeof portal>['run']>[1],
    vault = new MemoryKeyVault(),
  ): Promise<unknown> {
    const { books, run, store } = portal(new MemoryEventStore(), { vault });
    const names = ['ben', 'chloe', 'dan', 'eve', 'fanny', 'gus', 'hugo', 'ines'];
    const before = names.slice(0, 4).map((name) => books(name));
    const failing = failure(run('failing', decide));
    const after = names.slice(4).map((name) => books(name));
    for (const answer of await Promise.all([...before, ...after]))
      expect(made(answer)).to.deep.equal(['ReservationConfirmed']);
    expect(await storedIn(store, stream)).to.have.length(8);
    expect(findChainFault(await storedIn(store, stream))).to.equal(undefined);
    return failing;
  }

  it('who sends what is too large to store fails alone', async () => {
    const tooLarge = asks('ana', { terms: roomFor(9), note: 'x'.repeat(1_000_001) });
    expect(await withFailing(tooLarge)).to.be.instanceOf(EventTooLargeError);
  });

  it('who writes about an erased child fails alone', async () => {
    const vault = new MemoryKeyVault();
    await vault.forget(childId('ana'));
    const noted = asks('ana', { terms: roomFor(9), note: 'Bonjour' });
    expect(await withFailing(noted, vault)).to.be.instanceOf(SubjectErasedError);
  });

  it('whose decision throws fails alone', async () => {
    const broken = new Error('broken rule');
    const throwing = () => {
      throw broken;
    };
    expect(await withFailing(throwing)).to.equal(broken);
  });
});

describe('a memory of few streams', () => {
  const dates = Array.from({ length: 20 }, (_, n) => `2026-11-${String(n + 1).padStart(2, '0')}`);

  it('forgets those used longest ago, and decides as before', async () => {
    const { run, handler } = portal(new MemoryEventStore(), { cachedStreams: 2 });
    for (const name of ['ana', 'ben', 'chloe'])
      for (const date of dates)
        await run(`${date}/${name}`, asks(name, { terms: roomFor(2) }), { date });
    for (const date of dates) {
      const { state, revision } = await handler.load(sessionBooks, sessionId(canteen, day(date)));
      expect(revision).to.equal(2n);
      expect(heldIn(state)).to.have.members(['ana', 'ben']);
      expect(state.waiting).to.deep.equal(['chloe']);
    }
  });

  it('keeps one queue per stream, though more are at work than it may hold', async () => {
    const { store, appends } = counted(new MemoryEventStore());
    const { run } = portal(store, { cachedStreams: 1, maxAttempts: 2 });
    const commands = Array.from({ length: 40 }, (_, n) => n).flatMap((n) =>
      dates
        .slice(0, 4)
        .map((date) => run(`${date}/${n}`, asks(`child-${n}`, { terms: roomFor(30) }), { date })),
    );
    const answers = await Promise.all(commands);
    expect(answers.filter((answer) => made(answer)[0] === 'ReservationConfirmed')).to.have.length(
      120,
    );
    expect(appends.length).to.be.at.most(12);
  });
});
