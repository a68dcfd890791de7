import { expect } from 'chai';
import type { ProjectionStatus } from '../../../src/application/ports/readModelStore.ts';
import { polledReadSide } from '../../../src/infrastructure/distributed/polledReadSide.ts';
import { failure } from '../../support/portalProcess.ts';

const status = (projection: string, checkpoint: bigint, state = 'running'): ProjectionStatus => ({
  projection,
  state: state as ProjectionStatus['state'],
  checkpoint,
  since: '2026-11-16T09:00:00.000Z',
});

describe('the read side, as any process sees it', () => {
  let statuses: ProjectionStatus[];
  let looks: number;
  let asked: string[];
  let now: number;
  let side: ReturnType<typeof polledReadSide>;
  beforeEach(() => {
    statuses = [status('agenda', 5n), status('children', 5n)];
    looks = 0;
    asked = [];
    now = 0;
    side = polledReadSide({
      events: { head: async () => 9n },
      readModels: {
        status: async () => {
          looks += 1;
          return statuses;
        },
      },
      requests: { ask: async (projection) => void asked.push(projection) },
      projections: ['agenda', 'children'],
      monotonic: () => now,
    });
  });
  afterEach(() => side.stop());

  it('is waited for by one look for all, and looks no more once nobody waits', async () => {
    const seen = [side.waitFor(5n, 5_000), side.waitFor(4n, 5_000, ['agenda'])];
    expect(await Promise.all(seen)).to.deep.equal([true, true]);
    expect(looks).to.equal(1);
    expect(await side.waitFor(5n, 5_000)).to.equal(true);
  });

  it('is waited for until all projections named have come there', async () => {
    const waiting = side.waitFor(7n, 10_000);
    statuses = [status('agenda', 7n), status('children', 6n)];
    expect(await side.waitFor(7n, 10_000, ['agenda'])).to.equal(true);
    statuses = [status('agenda', 8n), status('children', 7n)];
    expect(await waiting).to.equal(true);
  });

  it('is not waited for longer than told', async () => {
    expect(await side.waitFor(6n, 1)).to.equal(false);
  });

  it('is waited for while a projection fails: it may go on', async () => {
    statuses = [status('agenda', 5n, 'failed'), status('children', 6n)];
    const waiting = side.waitFor(6n, 10_000);
    expect(await side.waitFor(6n, 10_000, ['children'])).to.equal(true);
    statuses = [status('agenda', 6n), status('children', 6n)];
    expect(await waiting).to.equal(true);
  });

  it('tells where each projection stands, those that never ran too', async () => {
    statuses = [status('agenda', 5n)];
    expect(await side.status()).to.deep.equal([
      { ...status('agenda', 5n), head: 9n },
      { projection: 'children', state: 'stopped', checkpoint: undefined, since: '', head: 9n },
    ]);
  });

  it('tells for ten seconds of each stop that another process takes the projection over', async () => {
    const handedOver = async () =>
      (await side.status()).map((one) => one.handedOver ?? false).join();
    statuses = [status('agenda', 5n), status('children', 5n, 'stopped')];
    expect(await handedOver(), 'one that was never seen to run').to.equal('false,false');
    now = 60_000;
    statuses = [status('agenda', 5n, 'stopped'), status('children', 5n, 'stopped')];
    expect(await handedOver()).to.equal('true,false');
    now += 9_999;
    expect(await handedOver()).to.equal('true,false');
    now += 1;
    expect(await handedOver(), 'nobody took it').to.equal('false,false');
    statuses = [status('agenda', 5n), status('children', 5n)];
    expect(await handedOver()).to.equal('false,false');
    statuses = [status('agenda', 5n, 'stopped'), status('children', 5n, 'failed')];
    expect(await handedOver(), 'stopped again').to.equal('true,false');
  });

  it('passes a rebuild on to whoever runs the projection, and knows which there are', async () => {
    await side.rebuild('agenda');
    expect(asked).to.deep.equal(['agenda']);
    expect(await failure(side.rebuild('unknown'))).to.be.instanceOf(RangeError);
    expect(await failure(side.waitFor(1n, 1, ['unknown']))).to.be.instanceOf(RangeError);
  });
});
