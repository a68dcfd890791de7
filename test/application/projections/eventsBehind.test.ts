import { expect } from 'chai';
import {
  eventsBehind,
  projectionsBehind,
} from '../../../src/application/projections/eventsBehind.ts';
import { MemoryEventStore } from '../../../src/infrastructure/memory/memoryEventStore.ts';
import { uuids } from '../../../src/infrastructure/uuids.ts';

async function filled(types: readonly string[]): Promise<MemoryEventStore> {
  const store = new MemoryEventStore();
  const events = types.map((type) => ({ id: uuids.next(), type, data: '{}', metadata: '{}' }));
  await store.append('s-1', events, 'no-stream');
  return store;
}

describe('how far a projection is behind', () => {
  const types = ['ActivityDefined', 'ActivityTermsChanged', 'ReservationConfirmed'];
  const lagOf = async (store: MemoryEventStore, checkpoint: bigint | undefined, atMost = 10) => {
    const head = await store.head();
    return eventsBehind(store, { projection: 'activities', checkpoint, head }, atMost);
  };

  it('counts the events of its own types after its checkpoint', async () => {
    const store = await filled(types);
    const positions: bigint[] = [];
    for await (const batch of store.readAll()) positions.push(...batch.map((one) => one.position));
    expect(await lagOf(store, undefined)).to.equal(2);
    expect(await lagOf(store, positions[0])).to.equal(1);
    expect(await lagOf(store, positions[1])).to.equal(0);
    expect(await lagOf(store, positions[2])).to.equal(0);
    expect(await lagOf(new MemoryEventStore(), undefined)).to.equal(0);
  });

  it('counts one more than asked when there are more', async () => {
    expect(await lagOf(await filled(Array(9).fill('ActivityDefined')), undefined, 4)).to.equal(5);
  });

  it('is not told of one whose events can’t be counted in time, and of the others it is', async () => {
    const store = await filled(types);
    const head = await store.head();
    const late = { state: 'running', since: '', checkpoint: undefined, head } as const;
    const status = async () => [
      { ...late, projection: 'agenda' },
      { ...late, projection: 'activities', checkpoint: head },
    ];
    const stuck = {
      readAll: () => ({
        [Symbol.asyncIterator]: () => ({ next: async () => new Promise<never>(() => undefined) }),
      }),
    };
    const told = await projectionsBehind({ events: stuck, readSide: { status } }, 5);
    expect(told.map(({ behind }) => behind)).to.deep.equal([undefined, 0]);
  });
});
