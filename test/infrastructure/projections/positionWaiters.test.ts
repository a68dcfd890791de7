import { expect } from 'chai';
import { PositionWaiters } from '../../../src/infrastructure/projections/positionWaiters.ts';

/** Longer than anything here takes. */
const LONG = 15_000;

describe('position waiters', () => {
  let waiters: PositionWaiters;
  beforeEach(() => {
    waiters = new PositionWaiters();
  });
  afterEach(() => waiters.close());

  it('resolve once every projection has seen the position, whatever the order', async () => {
    const both = waiters.wait(['agenda', 'occupancy'], 5n, LONG);
    const later = waiters.wait(['agenda'], 9n, 1);
    waiters.moved('occupancy', 7n);
    waiters.moved('agenda', 4n);
    waiters.moved('agenda', 5n);
    expect(await both).to.equal(true);
    expect(await later).to.equal(false);
  });

  it('resolve at once when there is nothing to wait for', async () => {
    waiters.moved('agenda', 5n);
    expect(await waiters.wait(['agenda'], 5n, 0)).to.equal(true);
    expect(await waiters.wait([], 5n, 0)).to.equal(true);
  });

  it('give up on a projection that stopped before the position, and only then', async () => {
    const passed = waiters.wait(['agenda', 'occupancy'], 5n, LONG);
    const short = waiters.wait(['agenda'], 6n, LONG);
    waiters.moved('agenda', 5n);
    waiters.stopped('agenda');
    expect(await short).to.equal(false);
    waiters.moved('occupancy', 5n);
    expect(await passed).to.equal(true);
  });

  it('trust no position from before the read models were built anew', async () => {
    waiters.moved('agenda', 5n);
    waiters.forget();
    expect(waiters.position('agenda')).to.equal(undefined);
    expect(await waiters.wait(['agenda'], 5n, 0)).to.equal(false);
  });

  it('all end when closed', async () => {
    const waits = [1n, 2n].map((position) => waiters.wait(['agenda'], position, LONG));
    waiters.close();
    expect(await Promise.all(waits)).to.deep.equal([false, false]);
  });
});
