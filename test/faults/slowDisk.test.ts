import { expect } from 'chai';
import type { Portal } from '../../src/portal.ts';
import { booking, type ReceiptBody } from '../support/apiTown.ts';
import { FaultTown, openFaultPortal, ownDirectory } from '../support/faults/faultTown.ts';
import { counted, lasted, publishFigures } from '../support/faults/figures.ts';
import { watch } from '../support/faults/healthWatch.ts';
import { Load } from '../support/faults/load.ts';
import { slowFlushes } from '../support/faults/slowFlushes.ts';
import { expectSound } from '../support/faults/soundness.ts';
import { p99 } from '../support/faults/steadyLoad.ts';
import { standsAt } from '../support/faults/townMoment.ts';
import { until } from '../support/faults/until.ts';
import { capturedLog, TestClock } from '../support/testPortal.ts';
import { paris } from '../support/townFacts.ts';

const [quickest, slowest] = [50, 200];
const aSlowFlush = (): number => quickest + Math.random() * (slowest - quickest);

describe('a disk that takes 50 to 200 ms for each commit', function () {
  this.timeout(300_000);
  const { directory, remove } = ownDirectory();
  const clock = new TestClock(standsAt);
  const acknowledged: Load['acknowledged'] = new Map();
  let flush = (): number => 0;
  const disk = slowFlushes(() => flush());
  let portal: Portal;
  let town: FaultTown;

  before(async () => {
    portal = await openFaultPortal(directory, { clock, log: capturedLog().log });
    town = new FaultTown(await portal.listen());
    await town.settle(32);
    expect(await portal.ready()).to.equal(true);
  });
  beforeEach(() => (flush = aSlowFlush));
  afterEach(() => {
    flush = () => 0;
    clock.moveTo(standsAt);
  });
  after(async () => {
    try {
      await portal.close();
      disk.end();
      await expectSound(directory, acknowledged);
    } finally {
      remove();
    }
  });

  const keep = (receipts: ReadonlyMap<string, ReceiptBody>): void => {
    for (const [id, receipt] of receipts) acknowledged.set(id, receipt);
  };
  /** What the commits of the log have held so far. */
  const committed = async () => ({
    commits: await town.metric('portail_commit_seconds_count'),
    appends: await town.metric('portail_commit_appends_sum'),
  });
  const measured = async (callers: number, receipts: number) => {
    const from = await committed();
    const load = new Load(town, { callers });
    await until('they are answered', () => load.acknowledged.size >= receipts);
    await load.stop();
    const to = await committed();
    keep(load.acknowledged);
    expect(load.refused).to.deep.equal([]);
    const commits = to.commits - from.commits;
    return { load, commits, perCommit: (to.appends - from.appends) / commits };
  };

  it('answers late but true, and gathers more in each commit', async () => {
    flush = () => 0;
    const quick = await measured(32, 150);
    flush = aSlowFlush;
    const watched = watch(town.at('/health'));
    const slow = await measured(32, 150);
    const health = await watched();

    expect(slow.perCommit).to.be.greaterThan(3);
    expect(slow.commits).to.be.below(slow.load.acknowledged.size);
    expect(Math.min(...slow.load.latencies)).to.be.at.least(quickest);
    // It waits for the commits of the few turns in which its connection is read, never for the queue of commands.
    expect(p99(health)).to.be.below(5_000);
    publishFigures({
      name: 'slowDisk',
      fault: 'un disque lent : chaque écriture durable attend 50 à 200 ms de plus',
      stores: 'SQLite',
      figures: [
        ['demandes acceptées, 32 à la fois', counted(slow.load.acknowledged.size, 'accusé')],
        ['écritures durables', counted(slow.commits, 'transaction')],
        [
          'ajouts par transaction (disque normal, puis lent)',
          `${quick.perCommit.toFixed(1).replace('.', ',')}, puis ${slow.perCommit.toFixed(1).replace('.', ',')}`,
        ],
        ['99 demandes sur 100 en moins de', lasted(p99(slow.load.latencies))],
        ['99 réponses de `/health` sur 100 en moins de', lasted(p99(health))],
        ['accusés perdus', '0'],
      ],
    });
  });

  it('judges a deadline by the instant of receipt, not by that of the commit', async () => {
    flush = () => 0;
    const family = await town.register('Juste');
    clock.moveTo(paris('2026-11-22 08:59'));
    const [childId = '', sister = ''] = family.children;
    // The limit passes while the disk is at work: the clock moves once the request stands in the queue.
    let commits = 0;
    flush = () => {
      commits += 1;
      clock.moveTo(paris('2026-11-22 09:01'));
      return slowest;
    };
    const { body } = await town.send(family, 'juste-a-temps', [booking(childId, '2026-11-23')]);
    expect(commits).to.be.greaterThan(0);
    expect(body.lines[0]?.result.outcome).to.not.equal('refused');
    keep(new Map([[body.receiptId, body]]));
    const after = await town.send(family, 'trop-tard-0001', [booking(sister, '2026-11-23')]);
    expect(after.body.lines[0]?.result).to.include({
      outcome: 'refused',
      code: 'RESERVATION.TOO_LATE',
    });
  });

  it('gives one receipt to a client that gave up and asks again with the same key', async () => {
    flush = () => 0;
    const family = await town.register('Pressé');
    const [childId = ''] = family.children;
    const leaving = new AbortController();
    const key = 'abandon-puis-reprise';
    const asked = [booking(childId, '2026-12-21')];
    let begun = false;
    flush = () => {
      begun = true;
      return slowest;
    };
    const path = town.at(`/api/families/${family.familyId}/submissions`);
    const init = {
      method: 'POST',
      body: JSON.stringify({ book: asked, cancel: [] }),
      headers: {
        ...town.signedIn(town.guardian(family)),
        'content-type': 'application/json',
        'idempotency-key': key,
      },
    };
    const given = fetch(path, { ...init, signal: leaving.signal }).catch(() => 'left');
    await until('it is being stored', () => begun);
    leaving.abort();
    expect(await given).to.equal('left');
    const answers = await Promise.all([1, 2].map(() => town.send(family, key, asked)));
    const [one, other] = answers.map(({ body }) => body);
    expect(answers.map(({ status }) => status)).to.deep.equal([201, 201]);
    expect(other).to.deep.equal(one);
    expect(one?.lines[0]?.result.outcome).to.equal('accepted');
    if (one) keep(new Map([[one.receiptId, one]]));
    expect(disk.count()).to.be.greaterThan(0);
  });
});
