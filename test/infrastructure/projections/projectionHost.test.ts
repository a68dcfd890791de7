import { expect } from 'chai';
import { build } from 'esbuild';
import { existsSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Logger } from '../../../src/application/ports/logger.ts';
import type { ReadModelStore } from '../../../src/application/ports/readModelStore.ts';
import { hostedReadSide } from '../../../src/infrastructure/projections/hostedReadSide.ts';
import {
  startProjectionHost,
  type ProjectionHost,
  type ProjectionHostOptions,
} from '../../../src/infrastructure/projections/projectionHost.ts';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../../../src/infrastructure/sqlite/sqliteEventStore.ts';
import { openSqliteReadModelStore } from '../../../src/infrastructure/sqlite/sqliteReadModelStore.ts';
import {
  append,
  documentsOf,
  tallied,
  voted,
  type Vote,
} from '../../application/projections/tallies.ts';

/** Longer than anything here takes: a test that waits so long fails. */
const LONG = 15_000;

describe('projection host', () => {
  let workers: string;
  let worker: URL;
  let directory: string;
  let events: SqliteEventStore;
  let readModels: ReadModelStore;
  let host: ProjectionHost | undefined;
  let lines: string[];
  let awaited: { readonly pattern: RegExp; readonly resolve: () => void } | undefined;

  const write = (fields: Parameters<Logger['info']>[0], message: string): void => {
    const line = `${message} ${JSON.stringify(fields)}`;
    lines.push(line);
    if (awaited?.pattern.test(line)) awaited.resolve();
  };
  const log: Logger = { info: write, warn: write, error: write };
  /** Resolves when a line of the log, past or to come, matches. */
  const logged = async (pattern: RegExp): Promise<void> => {
    if (lines.some((line) => pattern.test(line))) return;
    await new Promise<void>((resolve) => (awaited = { pattern, resolve }));
  };

  // As in production, the worker is a bundle; it stands where its packages are found.
  before(async () => {
    const cache = fileURLToPath(new URL('../../../node_modules/.cache/', import.meta.url));
    await mkdir(cache, { recursive: true });
    workers = await mkdtemp(join(cache, 'tally-worker-'));
    const outfile = join(workers, 'tallyWorker.mjs');
    await build({
      entryPoints: [fileURLToPath(new URL('./tallyWorker.ts', import.meta.url))],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      packages: 'external',
    });
    worker = pathToFileURL(outfile);
  });
  after(async () => rm(workers, { recursive: true }));

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'projection-host-'));
    events = openSqliteEventStore({ directory, mode: 'write' });
    readModels = openSqliteReadModelStore({ directory, mode: 'read' });
    lines = [];
  });
  afterEach(async () => {
    await host?.stop();
    await readModels.close();
    await events.close();
    await rm(directory, { recursive: true });
  });

  const start = (options: Partial<ProjectionHostOptions> = {}): ProjectionHost =>
    (host = startProjectionHost({
      workerData: { directory },
      projections: ['tallies', 'fragile'],
      log,
      worker,
      restartAfterMs: 1,
      ...options,
    }));
  const tell = async (...votes: readonly Vote[]): Promise<bigint> => {
    const position = await append(events, ...votes);
    host?.notify();
    return position;
  };
  const documents = async () => documentsOf(readModels);

  it('runs projections in another thread, and tells when readers see a position', async () => {
    const votes = [voted(1, 'a'), voted(2, 'a', 'b')];
    await append(events, ...votes);
    const running = start();
    expect(running.status()).to.deep.equal([
      { projection: 'tallies', state: 'starting', position: undefined },
      { projection: 'fragile', state: 'starting', position: undefined },
    ]);
    const position = await tell(voted(3, 'c'));
    expect(await running.waitFor(position, LONG)).to.equal(true);
    expect(await documents()).to.deep.equal(tallied([...votes, voted(3, 'c')]));
    expect(running.position('tallies')).to.satisfy((seen: bigint) => seen >= position);
    expect(running.status().map(({ state }) => state)).to.deep.equal(['running', 'running']);
    // Seen already: no time is needed.
    expect(await running.waitFor(position, 0, ['tallies'])).to.equal(true);
  });

  it('runs a worker from its TypeScript source', async () => {
    const running = start({ worker: new URL('./tallyWorker.ts', import.meta.url) });
    expect(await running.waitFor(await tell(voted(1, 'a')), LONG)).to.equal(true);
  });

  it('lets many wait at once, each for its own position', async () => {
    const running = start();
    const waits = Array.from({ length: 20 }, async (_, n) => {
      const position = await tell(voted(n, `box-${n % 3}`));
      expect(await running.waitFor(position, LONG, ['tallies'])).to.equal(true);
      expect(await documents()).to.have.property(`box-${n % 3}`);
    });
    await Promise.all(waits);
  });

  it('answers false when time is up, and knows its projections', async () => {
    const running = start();
    const position = await tell(voted(1, 'a'));
    expect(await running.waitFor(position, LONG)).to.equal(true);
    expect(await running.waitFor(position + 1n, 1)).to.equal(false);
    expect(() => running.rebuild('nobody')).to.throw(RangeError);
    const unknown = await running.waitFor(1n, 1, ['nobody']).catch((error: unknown) => error);
    expect(unknown).to.be.instanceOf(RangeError);
  });

  it('makes nobody wait for a projection that failed; the others go on', async () => {
    const running = start();
    await running.waitFor(await tell(voted(1, 'a')), LONG);
    const position = await tell(voted(2, 'poison'), voted(3, 'a'));
    expect(await running.waitFor(position, LONG, ['fragile'])).to.equal(false);
    expect(await running.waitFor(position, LONG, ['fragile'])).to.equal(false);
    expect(await running.waitFor(position, LONG, ['tallies'])).to.equal(true);
    const failed = running.status().find(({ projection }) => projection === 'fragile');
    expect(failed?.state).to.equal('failed');
    expect(failed?.error).to.match(/fragile failed at Voted, position \d+: RangeError/);
    await logged(/projection trouble .*tallyWorker/);
  });

  it('starts the thread again when it dies, and loses nothing', async () => {
    const running = start();
    await running.waitFor(await tell(voted(1, 'a')), LONG);
    writeFileSync(join(directory, 'die'), '');
    const position = await tell(voted(2, 'a'));
    expect(await running.waitFor(position, LONG)).to.equal(true);
    expect(existsSync(join(directory, 'die'))).to.equal(false);
    await logged(/projections ended: they start again .*"code":7/);
    expect(await documents()).to.deep.equal(tallied([voted(1, 'a'), voted(2, 'a')]));
  });

  it('keeps trying a thread that can not start, until it can or is stopped', async () => {
    const running = start({ worker: new URL('./nowhere.mjs', import.meta.url) });
    await logged(/start again .*"crashes":3/);
    expect(await running.waitFor(1n, 1)).to.equal(false);
    await running.stop();
  });

  it('rebuilds when asked', async () => {
    const running = start();
    await running.waitFor(await tell(voted(1, 'a')), LONG);
    await logged(/projection state .*tallies.*running/);
    lines = [];
    running.rebuild('tallies');
    await logged(/projection state .*tallies.*rebuilding/);
    await logged(/projection state .*tallies.*running/);
    expect(await documents()).to.deep.equal(tallied([voted(1, 'a')]));
    expect(await running.waitFor(await tell(voted(2, 'a')), LONG)).to.equal(true);
  });

  it('says so when the read models had to be built anew, and forgets the old positions', async () => {
    await append(events, voted(1, 'a'));
    writeFileSync(join(directory, 'read-models.db'), 'certainly not a database '.repeat(50));
    const running = start();
    expect(await running.waitFor(1n, LONG)).to.equal(true);
    await logged(/set aside, and built anew/);
    expect(await documents()).to.deep.equal(tallied([voted(1, 'a')]));
  });

  it('stops with what it took in written, ends every wait, and can be stopped twice', async () => {
    const running = start();
    await running.waitFor(await tell(voted(1, 'a')), LONG);
    const waiting = running.waitFor(10n ** 9n, LONG);
    await Promise.all([running.stop(), running.stop()]);
    expect(await waiting).to.equal(false);
    expect(await running.waitFor(10n ** 9n, LONG)).to.equal(false);
    expect(existsSync(join(directory, 'read-models.db-wal'))).to.equal(false);
    const states = (await readModels.status()).map(({ state }) => state);
    expect(states).to.deep.equal(['stopped', 'stopped']);
  });

  it('stops at once when it has hardly started', async () => {
    await start().stop();
    expect(await documents()).to.deep.equal({});
  });

  it('shows the read side how far each projection is behind the log', async () => {
    const running = start();
    const side = hostedReadSide(running, events, readModels);
    const position = await tell(voted(1, 'a'));
    expect(await side.waitFor(position, LONG)).to.equal(true);
    const [first] = await side.status();
    expect(first).to.include({ projection: 'tallies', state: 'running', head: position });
    expect(first?.checkpoint).to.equal(position);
    expect(first?.since).to.match(/^\d{4}-/);
    await side.rebuild('tallies');
    await logged(/rebuilding/);
    const refused = await side.rebuild('nobody').catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(RangeError);
  });
});
