import { expect } from 'chai';
import type { Lease, Leases } from '../../../src/application/ports/leases.ts';
import { keepLease, LEASE_TIMING } from '../../../src/application/processes/leaseKeeper.ts';

const timing = { ttlMs: 60, renewMs: 5, lookMs: 5 };

/** A lease in memory, that a test can lose, or make unreachable. */
function fakeLeases() {
  let token = 0;
  let held: Lease | undefined;
  const fake = {
    reachable: true,
    released: 0,
    get holder() {
      return held?.holder;
    },
    loseTo(holder: string | undefined) {
      held = holder === undefined ? undefined : { name: 'agenda', holder, token: (token += 1) };
    },
  };
  const insist = (): void => {
    if (!fake.reachable) throw new Error('unreachable');
  };
  const leases: Leases = {
    async acquire(name, holder) {
      insist();
      if (held) return undefined;
      return (held = { name, holder, token: (token += 1) });
    },
    async renew(lease) {
      insist();
      return held?.token === lease.token;
    },
    async release(lease) {
      fake.released += 1;
      if (held?.token === lease.token) held = undefined;
    },
  };
  return { fake, leases };
}

/** What was held, turn by turn; `next` resolves when the next turn begins. */
function turns() {
  const begun: { lease: Lease; signal: AbortSignal; end: (error?: Error) => void }[] = [];
  let wake = (): void => undefined;
  return {
    begun,
    hold: async (lease: Lease, signal: AbortSignal): Promise<void> =>
      new Promise<void>((resolve, reject) => {
        begun.push({ lease, signal, end: (error) => (error ? reject(error) : resolve()) });
        signal.addEventListener('abort', () => resolve(), { once: true });
        wake();
      }),
    turn: async (n: number) => {
      while (begun.length < n) await new Promise<void>((resolve) => (wake = resolve));
      const turn = begun[n - 1];
      if (!turn) throw new Error('no turn');
      return turn;
    },
  };
}
const aborted = async (signal: AbortSignal): Promise<void> => {
  if (!signal.aborted)
    await new Promise<void>((resolve) =>
      signal.addEventListener('abort', () => resolve(), { once: true }),
    );
};

describe('the lease keeper', () => {
  it('leaves time for several signs of life, and replaces a killed holder within 10 s', () => {
    const { ttlMs, renewMs, lookMs } = LEASE_TIMING;
    expect(ttlMs).to.be.at.least(3 * renewMs);
    expect(ttlMs + 2 * lookMs).to.be.at.most(10_000);
  });

  it('holds a free lease, and gives it up when stopped', async () => {
    const { fake, leases } = fakeLeases();
    const { hold, turn } = turns();
    const keeper = keepLease({ leases, name: 'agenda', holder: 'one', hold, timing });
    const { lease, signal } = await turn(1);
    expect(lease).to.deep.equal({ name: 'agenda', holder: 'one', token: 1 });
    await keeper.stop();
    expect(signal.aborted).to.equal(true);
    expect(fake.holder).to.equal(undefined);
  });

  it('waits while another holds it, then holds it with a higher token', async () => {
    const { fake, leases } = fakeLeases();
    const { hold, turn, begun } = turns();
    fake.loseTo('other');
    const looks: unknown[] = [];
    const watched: Leases = {
      ...leases,
      async acquire(...asked) {
        looks.push(asked);
        if (looks.length === 3) {
          expect(begun).to.have.length(0);
          fake.loseTo(undefined);
        }
        return leases.acquire(...asked);
      },
    };
    const keeper = keepLease({ leases: watched, name: 'agenda', holder: 'one', hold, timing });
    expect((await turn(1)).lease.token).to.equal(2);
    await keeper.stop();
  });

  it('ends its work when it learns that another holds the lease, and tries again', async () => {
    const { fake, leases } = fakeLeases();
    const { hold, turn } = turns();
    const keeper = keepLease({ leases, name: 'agenda', holder: 'one', hold, timing });
    const first = await turn(1);
    fake.loseTo('other');
    await aborted(first.signal);
    expect(fake.released).to.equal(0);
    fake.loseTo(undefined);
    expect((await turn(2)).lease.token).to.equal(3);
    await keeper.stop();
  });

  it('ends its work by itself when it could show no sign of life for the ttl', async () => {
    for (const unreachable of ['refuses', 'says nothing']) {
      const { fake, leases } = fakeLeases();
      const { hold, turn } = turns();
      const silent: Leases = {
        ...leases,
        renew: async (lease) =>
          unreachable === 'says nothing' && !fake.reachable
            ? new Promise<boolean>(() => undefined)
            : leases.renew(lease),
      };
      const errors: unknown[] = [];
      const options = { leases: silent, name: 'agenda', holder: 'one', hold, timing };
      const keeper = keepLease({ ...options, onError: (error) => errors.push(error) });
      const { signal } = await turn(1);
      const began = performance.now();
      fake.reachable = false;
      await aborted(signal);
      expect(performance.now() - began).to.be.at.least(timing.ttlMs - 2 * timing.renewMs);
      if (unreachable === 'refuses') expect(errors).not.to.have.length(0);
      await keeper.stop();
    }
  });

  it('lets others try when its work failed, and tries again itself', async () => {
    const { fake, leases } = fakeLeases();
    const { hold, turn } = turns();
    const errors: unknown[] = [];
    const options = { leases, name: 'agenda', holder: 'one', hold, timing };
    const keeper = keepLease({ ...options, onError: (error) => errors.push(error) });
    (await turn(1)).end(new Error('failed'));
    expect((await turn(2)).lease.token).to.equal(2);
    expect(errors.map(String)).to.deep.equal(['Error: failed']);
    expect(fake.released).to.equal(1);
    await keeper.stop();
  });
});
