import { expect } from 'chai';
import { sessionBooks, sessionId } from '../../../src/application/aggregates.ts';
import { StoreUnavailableError } from '../../../src/application/ports/eventStore.ts';
import { findChainFault } from '../../../src/infrastructure/events/hashChain.ts';
import { MemoryEventStore } from '../../../src/infrastructure/memory/memoryEventStore.ts';
import { canteen, group } from '../../support/activityFacts.ts';
import { failure, heldIn, made, portal, roomFor, stream } from '../../support/portalProcess.ts';
import { asks, session, thursday } from '../../support/sessionFacts.ts';
import { storedIn, storeLike } from '../../support/storeDoubles.ts';
import { childId, paris } from '../../support/townFacts.ts';

describe('If-Match', () => {
  it('lets a command through when it names the last revision', async () => {
    const { run, books } = portal();
    expect(made(await run('a', asks('ana'), { expectedRevision: -1n }))).to.have.length(1);
    await books('ben');
    const third = await run('c', asks('chloe'), { expectedRevision: 1n });
    expect(third).to.include({ kind: 'done', revision: 2n });
  });

  it('stops a command when something happened since, and says what the last revision is', async () => {
    const { run, books, store } = portal();
    await books('ana');
    await books('ben');
    for (const expectedRevision of [-1n, 0n, 2n])
      expect(await run('c', asks('chloe'), { expectedRevision })).to.deep.equal({
        kind: 'staleRevision',
        revision: 1n,
      });
    expect(await storedIn(store, stream)).to.have.length(2);
  });

  it('lets one of two at the same time through', async () => {
    const { run, books } = portal();
    await books('ana');
    const answers = await Promise.all([
      run('b', asks('ben', { terms: roomFor(9) }), { expectedRevision: 0n }),
      run('c', asks('chloe', { terms: roomFor(9) }), { expectedRevision: 0n }),
    ]);
    expect(answers.map(({ kind }) => kind)).to.deep.equal(['done', 'staleRevision']);
  });

  it('does not stop a command that took effect already', async () => {
    const { run, books } = portal();
    await run('a', asks('ana'), { expectedRevision: -1n });
    await books('ben');
    const again = await run('a', asks('ana'), { expectedRevision: -1n });
    expect(again).to.include({ kind: 'done', repeated: true });
  });

  it('is compared with what is stored, not with what this process remembers', async () => {
    const one = portal();
    const other = portal(one.store, { vault: one.vault });
    await one.books('ana');
    await other.books('ben');
    const fresh = await one.run('c', asks('chloe'), { expectedRevision: 1n });
    expect(fresh).to.include({ kind: 'done', revision: 2n });
    const stale = await other.run('d', asks('dan'), { expectedRevision: 1n });
    expect(stale).to.deep.equal({ kind: 'staleRevision', revision: 2n });
  });
});

describe('a command that usually makes its stream', () => {
  const first = { usuallyFirst: true };

  it('is decided again on what is stored, when the stream was there', async () => {
    const one = portal();
    const other = portal(one.store, { vault: one.vault });
    await one.books('ana');
    expect(made(await other.run('b', asks('ben'), first))).to.have.length(1);
    expect(await storedIn(one.store, stream)).to.have.length(2);
    expect(findChainFault(await storedIn(one.store, stream))).to.equal(undefined);
  });

  it('is found again by another process, and does nothing twice', async () => {
    const one = portal();
    const other = portal(one.store, { vault: one.vault });
    await one.run('a', asks('ana'), first);
    // Later, as a second sending always is: what it would append is not the same as what is stored.
    const now = paris('2026-11-16 10:01');
    const again = await other.run('a', asks('ana', { at: now }), { ...first, now });
    expect(again).to.include({ kind: 'done', revision: 0n, repeated: true });
    expect(made(again)).to.deep.equal(['ReservationConfirmed']);
    expect(made(await other.run('b', asks('ana', { at: now }), { ...first, now }))).to.deep.equal(
      [],
    );
    expect(await storedIn(one.store, stream)).to.have.length(1);
  });
});

describe('a stream that another process appended to', () => {
  const load = ({ handler }: ReturnType<typeof portal>) =>
    handler.load(sessionBooks, sessionId(canteen, thursday));

  it('is read from memory until told, then as it is stored', async () => {
    const one = portal();
    const other = portal(one.store, { vault: one.vault });
    await one.books('ana');
    expect((await load(other)).revision).to.equal(0n);
    await one.books('ben');
    expect((await load(other)).revision).to.equal(0n);
    other.handler.noticed(stream, 1n);
    const seen = await load(other);
    expect(seen.revision).to.equal(1n);
    expect(heldIn(seen.state)).to.have.length(2);
  });

  it('is read again each time while nobody tells', async () => {
    const one = portal();
    const other = portal(one.store, { vault: one.vault, isFollowed: () => false });
    await one.books('ana');
    expect((await load(other)).revision).to.equal(0n);
    const [, , loaded] = await Promise.all([other.books('chloe'), other.books('dan'), load(other)]);
    expect(loaded.revision >= 0n).to.equal(true);
    await one.books('ben');
    expect((await load(other)).revision).to.equal(3n);
    // What was read twice is still known once: a repeated command finds its own events.
    const again = await other.books('dan');
    expect(again.kind).to.equal('done');
    expect(await storedIn(one.store, stream)).to.have.length(4);
  });
});

describe('two processes on one store', () => {
  it('never overbook, and tell each of 64 callers the truth', async () => {
    const one = portal();
    const other = portal(one.store, { vault: one.vault });
    const terms = roomFor(10);
    const names = Array.from({ length: 64 }, (_, n) => `child-${n}`);
    const answers = await Promise.all(
      names.map((name, n) => (n % 2 === 0 ? one : other).books(name, terms)),
    );
    const book = await portal(one.store, { vault: one.vault }).book();
    expect(heldIn(book)).to.have.length(10);
    expect(book.waiting).to.have.length(54);
    const ranks: number[] = [];
    for (const [n, answer] of answers.entries()) {
      const event = answer.kind === 'done' && answer.events[0];
      const stored = book.reservations.get(book.lastOf.get(childId(`child-${n}`))!);
      if (!event || event.type === 'SessionClosed' || !stored) expect.fail(`child-${n} was lost`);
      expect(event.childId).to.equal(`child-${n}`);
      expect(event.type === 'ReservationConfirmed').to.equal(stored.status === 'confirmed');
      if (event.type === 'ReservationWaitlisted') {
        ranks.push(event.rank);
        expect(book.waiting[event.rank - 1]).to.equal(event.reservationId);
      }
    }
    expect(ranks.sort((a, b) => a - b)).to.deep.equal(Array.from({ length: 54 }, (_, n) => n + 1));
    expect(findChainFault(await storedIn(one.store, stream))).to.equal(undefined);
  });

  it('refuse nobody because of what one of them remembers', async () => {
    const one = portal();
    const other = portal(one.store, { vault: one.vault });
    const terms = session({ groups: [group('tous', 2, 12, 1)], waitingList: false });
    await one.books('ana', terms);
    expect(await other.books('ben', terms)).to.include({ code: 'RESERVATION.FULL' });
    await one.cancels('ana', terms);
    expect(made(await other.books('ben', terms))).to.deep.equal(['ReservationConfirmed']);
    expect(made(await one.cancels('ben', terms))).to.deep.equal(['ReservationCancelled']);
  });

  it('that never agree give up after a bound, and go on with the next command', async () => {
    const memory = new MemoryEventStore();
    let attempts = 0;
    let others = 0;
    const store = storeLike(memory, {
      append: async (name, events, expected) => {
        attempts += 1;
        if (attempts > 3) return memory.append(name, events, expected);
        others += 1;
        await portal(memory).books(`other-${others}`);
        return memory.append(name, events, expected);
      },
    });
    const { books } = portal(store, { maxAttempts: 3 });
    expect(await failure(books('ana'))).to.be.instanceOf(StoreUnavailableError);
    expect(attempts).to.equal(3);
    expect(made(await books('ana'))).to.deep.equal(['ReservationConfirmed']);
    expect(await storedIn(memory, stream)).to.have.length(4);
  });

  it('store nothing of a decision that failed, also when it would succeed on what the other wrote', async () => {
    const memory = new MemoryEventStore();
    let appends = 0;
    const store = storeLike(memory, {
      append: async (name, events, expected) => {
        appends += 1;
        if (appends === 2) await portal(memory).books('ben');
        return memory.append(name, events, expected);
      },
    });
    const { run, books } = portal(store);
    // The first goes alone; the two that wait meanwhile are decided together, and once more after the conflict.
    const [, answer, failed] = await Promise.all([
      books('dan'),
      books('ana'),
      failure(
        run('chloe', (book) => {
          if (book.reservations.size === 2) throw new Error('a slip');
          return asks('chloe', { terms: roomFor(9) })(book);
        }),
      ),
    ]);
    expect(made(answer)).to.deep.equal(['ReservationConfirmed']);
    expect(appends).to.equal(3);
    expect(failed).to.include({ message: 'a slip' });
    const { state } = await portal(memory).handler.load(sessionBooks, sessionId(canteen, thursday));
    expect(heldIn(state).toSorted()).to.deep.equal(['ana', 'ben', 'dan']);
  });

  it('re-decide on what the other wrote', async () => {
    const memory = new MemoryEventStore();
    let wrote = false;
    const store = storeLike(memory, {
      append: async (name, events, expected) => {
        if (!wrote) {
          wrote = true;
          await portal(memory).books('ben', roomFor(1));
        }
        return memory.append(name, events, expected);
      },
    });
    expect(made(await portal(store).books('ana', roomFor(1)))).to.deep.equal([
      'ReservationWaitlisted',
    ]);
  });
});
