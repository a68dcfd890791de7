import { expect } from 'chai';
import { StoreUnavailableError } from '../../../src/application/ports/eventStore.ts';
import { findChainFault } from '../../../src/infrastructure/events/hashChain.ts';
import { MemoryEventStore } from '../../../src/infrastructure/memory/memoryEventStore.ts';
import { failure, heldIn, made, portal, roomFor, stream } from '../../support/portalProcess.ts';
import { storedIn, storeLike } from '../../support/storeDoubles.ts';

describe('a store that fails', () => {
  const failing = (when: 'before' | 'after', error: Error) => {
    const memory = new MemoryEventStore();
    let failures = 1;
    const store = storeLike(memory, {
      append: async (name, events, expected) => {
        const fails = failures > 0;
        failures -= 1;
        if (fails && when === 'before') throw error;
        const result = await memory.append(name, events, expected);
        if (fails) throw error;
        return result;
      },
    });
    return { memory, store };
  };

  for (const error of [new StoreUnavailableError('down'), new Error('cable cut')]) {
    it(`before it appends (${error.name}) loses nothing: the same command is done when it comes again`, async () => {
      const { memory, store } = failing('before', error);
      const { books, book } = portal(store);
      expect(await failure(books('ana'))).to.equal(error);
      expect(heldIn(await book())).to.deep.equal([]);
      expect(made(await books('ana'))).to.deep.equal(['ReservationConfirmed']);
      expect(await storedIn(memory, stream)).to.have.length(1);
    });

    it(`after it appended (${error.name}) makes nothing twice: the same command gets its answer when it comes again`, async () => {
      const { memory, store } = failing('after', error);
      const { books, book } = portal(store);
      expect(await failure(books('ana'))).to.equal(error);
      expect(heldIn(await book())).to.deep.equal(['ana']);
      expect(await books('ana')).to.include({ kind: 'done', repeated: true, revision: 0n });
      expect(made(await books('ben', roomFor(1)))).to.deep.equal(['ReservationWaitlisted']);
      expect(findChainFault(await storedIn(memory, stream))).to.equal(undefined);
    });
  }

  it('while many wait fails them all, and each may come again', async () => {
    const { memory, store } = failing('after', new StoreUnavailableError('down'));
    const { books } = portal(store);
    const names = ['ana', 'ben', 'chloe', 'dan'];
    const first = await Promise.allSettled(names.map((name) => books(name, roomFor(2))));
    expect(first.map(({ status }) => status)).to.include('rejected');
    const again = await Promise.all(names.map((name) => books(name, roomFor(2))));
    expect(again.map((answer) => made(answer)[0])).to.deep.equal([
      'ReservationConfirmed',
      'ReservationConfirmed',
      'ReservationWaitlisted',
      'ReservationWaitlisted',
    ]);
    expect(await storedIn(memory, stream)).to.have.length(4);
  });

  it('after a long wait fails those who came meanwhile as well: nobody waits twice', async () => {
    const memory = new MemoryEventStore();
    let fail = (): void => undefined;
    let asked = 0;
    const store = storeLike(memory, {
      append: (name, events, expected) => {
        asked += 1;
        if (asked > 1) return memory.append(name, events, expected);
        return new Promise((_resolve, reject) => {
          fail = () => reject(new StoreUnavailableError('down'));
        });
      },
    });
    const { books } = portal(store);
    const first = failure(books('ana'));
    const appending = async (): Promise<void> => {
      while (asked === 0) await Promise.resolve();
    };
    await appending();
    const meanwhile = failure(books('ben'));
    fail();
    expect(await first).to.be.instanceOf(StoreUnavailableError);
    expect(await meanwhile).to.be.instanceOf(StoreUnavailableError);
    expect(asked).to.equal(1);
    expect(made(await books('ben'))).to.deep.equal(['ReservationConfirmed']);
  });

  it('to read fails the command, and is read again for the next', async () => {
    const memory = new MemoryEventStore();
    await portal(memory).books('ana', roomFor(1));
    let down = true;
    const store = storeLike(memory, {
      beforeRead: () => {
        if (down) throw new StoreUnavailableError('down');
      },
    });
    const { books, book } = portal(store);
    expect(await failure(books('ben', roomFor(1)))).to.be.instanceOf(StoreUnavailableError);
    expect(await failure(book())).to.be.instanceOf(StoreUnavailableError);
    down = false;
    expect(made(await books('ben', roomFor(1)))).to.deep.equal(['ReservationWaitlisted']);
  });

  it('does not unsay what it stored when someone who listens to appends throws', async () => {
    const { books } = portal(new MemoryEventStore(), {
      onAppended: () => {
        throw new Error('deaf');
      },
    });
    expect(made(await books('ana', roomFor(1)))).to.deep.equal(['ReservationConfirmed']);
    expect(made(await books('ben', roomFor(1)))).to.deep.equal(['ReservationWaitlisted']);
  });
});
