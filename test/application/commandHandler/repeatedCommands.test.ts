import { expect } from 'chai';
import { sessionBooks, sessionId } from '../../../src/application/aggregates.ts';
import { findChainFault } from '../../../src/infrastructure/events/hashChain.ts';
import { MemoryEventStore } from '../../../src/infrastructure/memory/memoryEventStore.ts';
import { eventsOf, heldIn, made, portal, roomFor, stream } from '../../support/portalProcess.ts';
import { canteen } from '../../support/activityFacts.ts';
import { asks, monday, thursday } from '../../support/sessionFacts.ts';
import { gated, storedIn } from '../../support/storeDoubles.ts';

describe('a command', () => {
  it('appends what it decides, and answers with the state after it', async () => {
    const { books, store } = portal();
    const answer = await books('ana');
    expect(made(answer)).to.deep.equal(['ReservationConfirmed']);
    expect(answer).to.include({ kind: 'done', revision: 0n, repeated: false });
    expect(await storedIn(store, stream)).to.have.length(1);
  });

  it('that is refused or changes nothing appends nothing', async () => {
    const { books, cancels, store } = portal();
    expect(await cancels('ana')).to.include({ code: 'RESERVATION.UNKNOWN' });
    await books('ana');
    expect(await books('ana', roomFor(100), 'another')).to.deep.include({
      kind: 'done',
      events: [],
      position: undefined,
      revision: 0n,
    });
    expect(await storedIn(store, stream)).to.have.length(1);
  });

  it('is answered once its events are durable, not before', async () => {
    const gate = gated(new MemoryEventStore());
    let answered = false;
    const answer = portal(gate.store)
      .books('ana')
      .finally(() => (answered = true));
    await gate.arrived;
    await new Promise(setImmediate);
    expect(answered).to.equal(false);
    gate.open();
    expect(made(await answer)).to.deep.equal(['ReservationConfirmed']);
  });

  it('finds the stream as it was stored, also in a new process', async () => {
    const { books, store, vault } = portal();
    await books('ana');
    await books('ben');
    const { book } = portal(store, { vault });
    expect(heldIn(await book())).to.have.members(['ana', 'ben']);
  });
});

describe('a command that comes again', () => {
  it('has no second effect, and gets the same answer', async () => {
    const { books, store } = portal();
    const first = await books('ana');
    const again = await books('ana');
    expect(again).to.deep.equal({ ...first, repeated: true });
    expect(await storedIn(store, stream)).to.have.length(1);
  });

  it('gets the same answer after a restart', async () => {
    const { books, store, vault } = portal();
    const first = await books('ana');
    expect(await portal(store, { vault }).books('ana')).to.deep.equal({ ...first, repeated: true });
    expect(await storedIn(store, stream)).to.have.length(1);
  });

  it('while the first is still under way has no second effect either', async () => {
    const { books, store } = portal();
    const names = ['ben', 'ana', 'ana', 'chloe', 'ana'];
    const [, first, ...others] = await Promise.all(names.map((name) => books(name)));
    expect(made(first!)).to.deep.equal(['ReservationConfirmed']);
    for (const other of [others[0]!, others[2]!])
      expect(eventsOf(other)).to.deep.equal(eventsOf(first!));
    expect(await storedIn(store, stream)).to.have.length(3);
  });

  it('in two processes at the same time has one effect', async () => {
    const one = portal();
    const other = portal(one.store, { vault: one.vault });
    const answers = await Promise.all([one.books('ana'), other.books('ana')]);
    for (const answer of answers) expect(made(answer)).to.deep.equal(['ReservationConfirmed']);
    expect(await storedIn(one.store, stream)).to.have.length(1);
  });

  it('to a process that remembers less is answered with what is stored, and spoils nothing there', async () => {
    const one = portal();
    const other = portal(one.store, { vault: one.vault });
    await other.book();
    const first = await one.books('ana');
    // Ids are drawn by chance: decided again, the same command would make another reservation.
    const again = await other.run(
      'book/ana',
      asks('ana', { terms: roomFor(100), reservation: 'drawn-again' }),
    );
    expect(again).to.deep.equal({ ...first, repeated: true });
    expect([...(await other.book()).reservations.keys()]).to.deep.equal(['ana']);
    await other.books('ben');
    expect(findChainFault(await storedIn(one.store, stream))).to.equal(undefined);
  });

  it('after the place was given back does not book it again', async () => {
    const { books, cancels, book, store, vault } = portal();
    await books('ana');
    await cancels('ana');
    for (const again of [await books('ana'), await portal(store, { vault }).books('ana')])
      expect(made(again)).to.deep.equal(['ReservationConfirmed']);
    expect(heldIn(await book())).to.deep.equal([]);
    expect(await storedIn(store, stream)).to.have.length(2);
  });

  it('gets its own events alone, though others were decided with it', async () => {
    const { books, cancels, store, vault } = portal();
    const one = roomFor(1);
    await Promise.all([books('ana', one), books('ben', one), books('chloe', one)]);
    await cancels('ana', one);
    const again = await portal(store, { vault }).cancels('ana', one);
    expect(made(again)).to.deep.equal(['ReservationCancelled', 'ReservationPromoted']);
    expect(made(await portal(store, { vault }).books('ben', one))).to.deep.equal([
      'ReservationWaitlisted',
    ]);
  });
});

describe('a command that comes again for another request', () => {
  const asked = (handler: ReturnType<typeof portal>['handler'], requestDigest?: string) =>
    handler.execute(
      sessionBooks,
      sessionId(canteen, thursday),
      {
        commandId: 'c',
        correlationId: 'c',
        causationId: 'c',
        actor: { kind: 'guardian', id: 'g-1' },
        now: monday,
        requestDigest,
      },
      asks('ana', { terms: roomFor(100) }),
    );

  it('is refused, before and after a restart, and while the first is under way', async () => {
    const { handler, store, vault, books } = portal();
    // Ben's keeps the stream busy, so that the three are decided together.
    const [, first, twin, other] = await Promise.all([
      books('ben'),
      asked(handler, 'one'),
      asked(handler, 'one'),
      asked(handler, 'other'),
    ]);
    for (const same of [first, twin]) expect(made(same)).to.deep.equal(['ReservationConfirmed']);
    const restarted = portal(store, { vault }).handler;
    for (const again of [other, await asked(handler, 'other'), await asked(restarted, 'other')])
      expect(again).to.deep.include({ kind: 'rejection', code: 'REQUEST.KEY_REUSED' });
    for (const same of [await asked(handler, 'one'), await asked(restarted, 'one')])
      expect(same).to.deep.equal({ ...first, repeated: true });
    expect(await storedIn(store, stream)).to.have.length(2);
  });

  it('can’t be told when the first was kept without its digest', async () => {
    const { handler } = portal();
    const first = await asked(handler);
    expect(await asked(handler, 'other')).to.deep.equal({ ...first, repeated: true });
  });
});
