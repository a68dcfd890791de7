import { expect } from 'chai';
import {
  StoreUnavailableError,
  type EventStore,
  type Position,
} from '../../src/application/ports/eventStore.ts';
import type { StoreUnderTest } from './eventStoreContract.ts';
import {
  all,
  anEvent,
  appended,
  eventsOf,
  failureOf,
  followUntil,
  freshName,
  idsOf,
  PATIENCE,
  someEvents,
} from './eventStoreTools.ts';

const after = (position: Position | undefined): { after?: Position } =>
  position === undefined ? {} : { after: position };

export function subscribeContract(subject: () => StoreUnderTest): void {
  describe('subscribe', () => {
    it('catches up with what is stored, in order, then says so', async () => {
      const { store } = subject();
      const start = await store.head();
      const events = someEvents(10);
      await appended(store.append(freshName('old'), events, 'no-stream'));
      const batches = await followUntil(store, { ...after(start), batchSize: 3 }, (seen) =>
        Boolean(seen.at(-1)?.caughtUp),
      );
      expect(idsOf(eventsOf(batches))).to.deep.equal(idsOf(events));
      for (const batch of batches) expect(batch.events.length).to.be.at.most(3);
      for (const { events: some, checkpoint } of batches)
        expect(some.every(({ position }) => position <= checkpoint)).to.equal(true);
      const checkpoint = batches.at(-1)?.checkpoint;
      expect(checkpoint! >= eventsOf(batches).at(-1)!.position).to.equal(true);
      expect(checkpoint! <= (await store.head())!).to.equal(true);
    });

    it('then delivers each event soon after it is stored', async () => {
      const { store } = subject();
      const start = await store.head();
      const stream = freshName('live');
      let written = 0;
      const write = async (): Promise<void> => {
        written += 1;
        await appended(store.append(stream, [anEvent(written)], 'any'));
      };
      await write();
      // Each delivery triggers the next append, so the subscription has to wake up each time.
      const batches = await followUntil(store, after(start), (seen) => {
        const received = eventsOf(seen).length;
        if (received < 20 && received === written) void write();
        return received === 20;
      });
      expect(eventsOf(batches)).to.deep.equal(await all(store.readStream(stream)));
    });

    it('resumes from its checkpoints without gap or double while writers write', async () => {
      const { store } = subject();
      const start = await store.head();
      const prefix = freshName('busy');
      const total = 6 * 40;
      const writing = Promise.all(
        [0, 1, 2, 3, 4, 5].map(async (writer) => {
          for (let count = 0; count < 20; count += 1)
            await appended(store.append(`${prefix}-${writer}`, someEvents(2), 'any'));
        }),
      );
      const seen: string[] = [];
      let from = start;
      while (seen.length < total) {
        // Leaves after a few batches, and comes back.
        const batches = await followUntil(
          store,
          { ...after(from), batchSize: 7, filter: { streamPrefixes: [prefix] } },
          (some) => some.length === 3 || seen.length + eventsOf(some).length >= total,
        );
        seen.push(...idsOf(eventsOf(batches)));
        from = batches.at(-1)?.checkpoint;
      }
      await writing;
      const log = await all(store.readAll(start === undefined ? {} : { from: start }));
      expect(seen).to.deep.equal(idsOf(log));
    });

    it('delivers only what the filter names, by type or by stream', async () => {
      const { store } = subject();
      const start = await store.head();
      const [wanted, other] = [freshName('Wanted'), freshName('Other')];
      const stream = freshName('mixed');
      for (let round = 0; round < 5; round += 1)
        await appended(
          store.append(
            `${stream}-${round}`,
            [anEvent(round, wanted), anEvent(round, other)],
            'any',
          ),
        );
      const log = await all(store.readAll(start === undefined ? {} : { from: start }));
      for (const [filter, expected] of [
        [{ eventTypes: [wanted] }, log.filter(({ type }) => type === wanted)],
        [
          { streamPrefixes: [`${stream}-3`, `${stream}-1`] },
          log.filter(({ stream: name }) => /-[13]$/.test(name)),
        ],
      ] as const) {
        const batches = await followUntil(
          store,
          { ...after(start), filter },
          (seen) => eventsOf(seen).length >= expected.length,
        );
        expect(eventsOf(batches)).to.deep.equal(expected);
      }
    });

    it('moves its checkpoint past events that the filter leaves out', async () => {
      const { store } = subject();
      const start = await store.head();
      const type = freshName('Rare');
      const { position } = await appended(
        store.append(freshName('rare'), [anEvent('only', type)], 'no-stream'),
      );
      for (let round = 0; round < 10; round += 1)
        await appended(store.append(freshName('noise'), someEvents(50), 'no-stream'));
      const batches = await followUntil(
        store,
        { ...after(start), filter: { eventTypes: [type] } },
        (seen) => (seen.at(-1)?.checkpoint ?? 0n) > position,
      );
      expect(eventsOf(batches)).to.have.length(1);
      const head = await store.head();
      const checkpoints = batches.map(({ checkpoint }) => checkpoint);
      expect(checkpoints.every((checkpoint) => checkpoint <= head!)).to.equal(true);
      expect(checkpoints).to.deep.equal(checkpoints.toSorted((a, b) => (a < b ? -1 : 1)));
    });

    it('has caught up with an event that the filter leaves out, stored while it begins', async () => {
      const { store } = subject();
      const start = await store.head();
      const type = freshName('Rare');
      await appended(store.append(freshName('rare'), [anEvent('only', type)], 'no-stream'));
      for (let round = 0; round < 10; round += 1) {
        const storing = appended(store.append(freshName('noise'), [anEvent()], 'no-stream'));
        const found = new AbortController();
        const signal = AbortSignal.any([found.signal, AbortSignal.timeout(PATIENCE)]);
        const known: { stored?: Position; reached?: Position } = {};
        const compare = ({ stored, reached } = known): void => {
          if (stored !== undefined && reached !== undefined && reached >= stored) found.abort();
        };
        const following = (async () => {
          const options = { ...after(start), filter: { eventTypes: [type] }, signal };
          for await (const { checkpoint, caughtUp } of store.subscribe(options)) {
            if (caughtUp) known.reached = checkpoint;
            compare();
          }
        })();
        known.stored = (await storing).position;
        compare();
        await following;
        expect(found.signal.aborted, `round ${round}`).to.equal(true);
      }
    });

    it('loses nothing to a filter that passes little, seen from several checkpoints', async () => {
      const { store } = subject();
      const start = await store.head();
      const type = freshName('Rare');
      const rare: string[] = [];
      for (let round = 0; round < 8; round += 1) {
        const event = anEvent(round, type);
        rare.push(event.id);
        await appended(
          store.append(freshName('mostly-noise'), [...someEvents(30), event], 'no-stream'),
        );
      }
      let from = start;
      const seen: string[] = [];
      while (seen.length < rare.length) {
        const batches = await followUntil(
          store,
          { ...after(from), batchSize: 2, filter: { eventTypes: [type] } },
          (some) => some.length > 0,
        );
        seen.push(...idsOf(eventsOf(batches)));
        from = batches.at(-1)?.checkpoint;
      }
      expect(seen).to.deep.equal(rare);
    });

    it('waits when there is nothing yet, and ends without an error when aborted', async () => {
      const { store } = subject();
      const stop = new AbortController();
      const live = waiting(store, await store.head(), stop.signal);
      const pending = live.next();
      stop.abort();
      expect(await pending).to.deep.include({ done: true });
      expect(await live.next()).to.deep.include({ done: true });
    });

    it('ends at once when it was aborted before it began', async () => {
      const { store } = subject();
      await appended(store.append(freshName('unread'), [anEvent()], 'no-stream'));
      const batches = [];
      for await (const batch of store.subscribe({ signal: AbortSignal.abort() }))
        batches.push(batch);
      expect(batches).to.deep.equal([]);
    });

    it('ends when its consumer leaves, even while it waits', async () => {
      const { store } = subject();
      const live = waiting(store, await store.head(), new AbortController().signal);
      const pending = live.next();
      await live.return?.();
      expect(await pending).to.deep.include({ done: true });
    });

    it('fails, rather than wait for ever, when the store closes', async () => {
      const { store } = subject();
      const live = waiting(store, await store.head(), new AbortController().signal);
      const pending = failureOf(live.next());
      await store.close();
      expect(await pending).to.be.instanceOf(StoreUnavailableError);
    });

    it('serves several subscribers, each at its own pace', async () => {
      const { store } = subject();
      const start = await store.head();
      const events = someEvents(30);
      const followers = [1, 4, 100].map((batchSize) =>
        followUntil(store, { ...after(start), batchSize }, (seen) => eventsOf(seen).length === 30),
      );
      const stream = freshName('shared');
      for (const event of events) await appended(store.append(stream, [event], 'any'));
      for (const batches of await Promise.all(followers))
        expect(idsOf(eventsOf(batches))).to.deep.equal(idsOf(events));
    });
  });
}

const waiting = (store: EventStore, from: Position | undefined, signal: AbortSignal) =>
  store.subscribe({ ...after(from), signal })[Symbol.asyncIterator]();
