import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { checkOutcome, missedGoals } from '../../bench/check.ts';
import { ratioTo, valueOf, type Figure, type WorkReport } from '../../bench/figures.ts';
import { parseOptions, workNames } from '../../bench/options.ts';
import { resultOf, writeResult } from '../../bench/results.ts';
import { byCallers, inTurns, median, quantile } from '../../bench/rounds.ts';
import { formatRatio, formatValue, layOut, reportTable } from '../../bench/table.ts';
import { verifyChains } from '../../bench/town/verifyChains.ts';
import { getMongoServer, openBenchMongo } from '../../bench/works/mongoServer.ts';
import { MemoryEventStore } from '../../src/infrastructure/memory/memoryEventStore.ts';

const bookings = (changed: Partial<Figure> = {}): Figure => ({
  name: 'bookings',
  unit: '/s',
  rounds: [900, 1_000, 1_100],
  floor: { name: 'raw inserts', rounds: [1_800, 2_000, 2_200] },
  goals: [{ kind: 'ofFloor', atLeast: 0.4 }],
  ...changed,
});
const report = (...figures: Figure[]): WorkReport => ({ work: 'commands', notes: [], figures });
const peer = { name: 'another store', rounds: [10, 10, 10] };
const noPeer = { name: 'another store', install: 'npm install --prefix bench' };
const hundredTimes = { kind: 'ofPeer', atLeast: 100 } as const;
const atMost60 = { kind: 'itself', atMost: 60 } as const;
const lenient = { requirePeer: false };

describe('The benchmarks’ harness', () => {
  describe('medians and quantiles', () => {
    it('takes the middle value, or the mean of both', () => {
      expect(median([3, 1, 2])).to.equal(2);
      expect(median([4, 1, 3, 2])).to.equal(2.5);
      expect(() => median([])).to.throw(RangeError);
    });

    it('takes the value that a share of the values do not exceed', () => {
      const hundred = Array.from({ length: 100 }, (_, n) => 100 - n);
      expect(quantile(hundred, 0.99)).to.equal(99);
      expect(quantile(hundred, 1)).to.equal(100);
      expect(quantile([7], 0.99)).to.equal(7);
      expect(() => quantile([], 0.5)).to.throw(RangeError);
    });
  });

  it('lets contestants take turns, so that both meet the same disturbance', async () => {
    const order: string[] = [];
    const turn = (name: string) => (round: number) => order.push(`${name}${round}`);
    const measured = await inTurns(2, { a: turn('a'), b: turn('b') });
    expect(order).to.deep.equal(['a0', 'b0', 'a1', 'b1']);
    expect(measured).to.deep.equal({ a: [1, 3], b: [2, 4] });
  });

  it('lets so many callers act at once, each thing once', async () => {
    const done: number[] = [];
    let atOnce = 0;
    let most = 0;
    await byCallers(4, 10, async (n) => {
      most = Math.max(most, ++atOnce);
      await Promise.resolve();
      atOnce -= 1;
      done.push(n);
    });
    expect(most).to.equal(4);
    expect(done.sort((a, b) => a - b)).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('compares with the floor round by round, so that one slow round counts once', () => {
    const disturbed = bookings({
      rounds: [1_000, 100, 1_000],
      floor: { name: 'raw inserts', rounds: [2_000, 200, 4_000] },
    });
    expect(ratioTo(disturbed, { name: '', rounds: [2_000, 200, 4_000] })).to.equal(0.5);
    expect(valueOf(disturbed)).to.equal(1_000);
  });

  describe('--check', () => {
    it('passes when every goal is reached', () => {
      const figure = bookings({ peer, goals: [{ kind: 'ofFloor', atLeast: 0.5 }, hundredTimes] });
      expect(checkOutcome([report(figure)], lenient)).to.deep.equal({
        exitCode: 0,
        lines: ['every goal is reached'],
      });
    });

    it('exits 1 and names each figure that misses its goal', () => {
      const slow = bookings({ goals: [{ kind: 'ofFloor', atLeast: 0.8 }] });
      const late = bookings({ name: 'p99', unit: 'ms', rounds: [60.1], goals: [atMost60] });
      const far = bookings({ name: 'peer', rounds: [999], peer, goals: [hundredTimes] });
      const { exitCode, lines } = checkOutcome([report(slow, bookings(), late, far)], lenient);
      expect(exitCode).to.equal(1);
      expect(lines).to.deep.equal([
        'missed: commands: bookings is 50 % of the floor, not ≥ 80 % of the floor',
        'missed: commands: p99 is 60.1 ms, not ≤ 60 ms',
        'missed: commands: peer is 99.9 × the peer, not ≥ 100 × the peer',
      ]);
    });

    it('accepts a peer that is not installed, unless it is required', () => {
      const figure = bookings({ peer: noPeer, goals: [hundredTimes] });
      expect(missedGoals([report(figure)], lenient)).to.deep.equal([]);
      expect(missedGoals([report(figure)], { requirePeer: true })).to.deep.equal([
        'commands: bookings: nothing measured to hold it against (≥ 100 × the peer)',
      ]);
    });

    it('accepts a figure for want of a server, unless it is required, and says so', () => {
      const missing = { ...report(), notMeasured: [{ name: 'projections', howTo: 'build it' }] };
      expect(missedGoals([missing], lenient)).to.deep.equal([]);
      expect(missedGoals([missing], { requirePeer: true })).to.deep.equal([
        'commands: projections: not measured',
      ]);
      expect(reportTable(missing)).to.include(
        '« projections » not measured, for want of a server: build it',
      );
      expect(resultOf(missing, new Date(0)).notMeasured).to.deep.equal(missing.notMeasured);
      expect(resultOf(report(), new Date(0))).to.not.have.property('notMeasured');
    });

    it('accepts the limit that was measured where a goal is out of reach, and says so', () => {
      const slow = bookings({ goals: [{ kind: 'ofFloor', atLeast: 0.8, accepted: 0.4 }] });
      const { exitCode, lines } = checkOutcome([report(slow)], lenient);
      expect(exitCode).to.equal(0);
      expect(lines.join()).to.match(
        /^accepted: .*short of ≥ 80 % of the floor \(accepted: 40 %\)$/,
      );
      const slower = bookings({ goals: [{ kind: 'ofFloor', atLeast: 0.8, accepted: 0.7 }] });
      expect(checkOutcome([report(slower)], lenient).exitCode).to.equal(1);
      const goal = { kind: 'itself', atMost: 60, accepted: 2 } as const;
      const late = { name: 'p99', unit: 'ms', rounds: [70], goals: [goal] } as const;
      const floor = (rounds: number[]) => ({ floor: { name: 'bare', rounds } });
      expect(checkOutcome([report({ ...late, ...floor([36]) })], lenient).exitCode).to.equal(0);
      expect(checkOutcome([report({ ...late, ...floor([34]) })], lenient).exitCode).to.equal(1);
      expect(checkOutcome([report(late)], lenient).exitCode).to.equal(1);
    });
    it('never accepts a floor that was not measured', () => {
      const { name, unit, rounds, goals } = bookings();
      expect(missedGoals([report({ name, unit, rounds, goals })], lenient)).to.have.length(1);
    });

    it('misses a goal when nothing could be measured', () => {
      const figure = bookings({ unit: 'ms', rounds: [Number.NaN], goals: [atMost60] });
      expect(missedGoals([report(figure)], lenient)).to.have.length(1);
    });
  });

  describe('the table', () => {
    it('writes numbers with their unit, as few digits as they deserve', () => {
      expect(formatValue(41_208.4, '/s')).to.equal('41,208 /s');
      expect(formatValue(3.2149, 'ms')).to.equal('3.21 ms');
      expect(formatValue(0, '')).to.equal('0');
      expect(formatRatio(0.366)).to.equal('36.6 %');
      expect(formatRatio(152.4)).to.equal('152 ×');
    });

    it('lays columns out, text on the left and numbers on the right', () => {
      expect(
        layOut([
          ['a', '1'],
          ['long', '200'],
        ]),
      ).to.equal('a       1\nlong  200');
    });

    it('shows figure, floor, peer, ratio, goal and verdict', () => {
      const figure = bookings({ peer, goals: [{ kind: 'ofFloor', atLeast: 0.4 }, hundredTimes] });
      const [work, , row = ''] = reportTable(report(figure)).split('\n');
      expect(work).to.equal('commands');
      expect(row.split(/\s{2,}/)).to.deep.equal([
        'bookings',
        '1,000 /s',
        '2,000 /s',
        '10 /s',
        '50 %, 100 ×',
        '≥ 40 % of the floor, ≥ 100 × the peer',
        'ok, ok',
      ]);
    });

    it('says plainly how to install a peer that is missing', () => {
      const text = reportTable(report(bookings({ peer: noPeer, goals: [hundredTimes] })));
      expect(text).to.include('peer not installed: npm install --prefix bench');
      expect(text).to.not.include('missed');
    });
  });

  describe('what is kept', () => {
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'bench-results-'));
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    it('is one file a work, with the machine’s kind and neither its name, its user nor a path', () => {
      writeResult(join(folder, 'results'), report(bookings({ peer: noPeer })), new Date(0));
      expect(readdirSync(join(folder, 'results'))).to.deep.equal(['commands.json']);
      const text = readFileSync(join(folder, 'results', 'commands.json'), 'utf8');
      const kept = JSON.parse(text) as ReturnType<typeof resultOf>;
      expect(kept.date).to.equal('1970-01-01T00:00:00.000Z');
      expect(kept.machine).to.have.all.keys('cores', 'cpu', 'platform', 'node');
      expect(kept.figures[0]).to.deep.include({
        value: 1_000,
        peer: { name: 'another store', installed: false },
        goals: [{ goal: '≥ 40 % of the floor', verdict: 'ok' }],
      });
      for (const secret of [hostname(), `"${userInfo().username}"`, process.cwd(), folder])
        expect(text).to.not.include(secret);
    });
  });

  describe('the distributed stores', () => {
    it('are left out, with what to run, where neither a binary nor a server is there', async () => {
      expect(await openBenchMongo('', join(tmpdir(), 'no-such-binary'))).to.equal(undefined);
      expect(getMongoServer)
        .to.include('test/support/ferretdb/build.sh')
        .and.include('MONGODB_URL');
    });

    it('have every hash chain of the town followed, and no other stream', async () => {
      const store = new MemoryEventStore();
      const append = (stream: string) =>
        store.append(
          stream,
          [{ id: randomUUID(), type: 'Said', data: '{}', metadata: '{"hash":"no"}' }],
          'no-stream',
        );
      await append('bare-reservation-1');
      expect(await verifyChains(store)).to.deep.equal({ streams: 0, events: 0, faults: [] });
      await append('reservation-1');
      const { events, faults } = await verifyChains(store);
      expect(events).to.equal(1);
      expect(faults).to.deep.equal(['reservation-1@0: altered']);
    });
  });

  describe('the command line', () => {
    it('names one work, or all of them', () => {
      expect(parseOptions(['rebuild', '--check'])).to.deep.equal({
        works: ['rebuild'],
        check: true,
        short: false,
        requirePeer: false,
      });
      expect(parseOptions(['all', '--short'])).to.deep.include({ works: workNames, short: true });
    });

    it('is refused when it makes no sense', () => {
      for (const argv of [[], ['unknown'], ['http', 'start'], ['http', '--fast']])
        expect(parseOptions(argv)).to.equal(undefined);
    });
  });
});
