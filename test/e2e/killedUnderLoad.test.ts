import { expect } from 'chai';
import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { sessionBooks } from '../../src/application/aggregates.ts';
import type { RecordedEvent } from '../../src/application/ports/eventStore.ts';
import { fold } from '../../src/domain/kernel/decider.ts';
import type { ReservationEvent } from '../../src/domain/reservation/reservationEvents.ts';
import { MasterKey } from '../../src/infrastructure/crypto/masterKey.ts';
import { SealingEventCodec } from '../../src/infrastructure/events/eventCodec.ts';
import { ChainVerifier } from '../../src/infrastructure/events/hashChain.ts';
import { openSqliteEventStore } from '../../src/infrastructure/sqlite/sqliteEventStore.ts';
import { SqliteKeyVault } from '../../src/infrastructure/sqlite/sqliteKeyVault.ts';
import { crashKey, placesPerSession } from '../support/crash/crashTown.ts';

const kills = 50;
const root = fileURLToPath(new URL('../..', import.meta.url));

/** Requests acknowledged by one run, with how many events each made. The kill may cut the last line. */
async function runUntilKilled(script: string, directory: string): Promise<Map<string, number>> {
  const child = spawn(process.execPath, [script, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const acknowledged = new Map<string, number>();
  let lines = 0;
  // From the first command after the start to some hundred later: any instant of the group commit may be hit.
  const enough = 1 + Math.floor(Math.random() * 400);
  for await (const line of createInterface({ input: child.stdout })) {
    const [requestId = '', count = ''] = line.split(' ');
    if (requestId === 'ready') continue;
    if (requestId.length === 36 && count !== '') acknowledged.set(requestId, Number(count));
    lines += 1;
    if (lines === enough) child.kill('SIGKILL');
  }
  await ended;
  expect(child.signalCode).to.equal('SIGKILL');
  return acknowledged;
}

describe('a portal killed under load', () => {
  let directory = '';
  let script = '';

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'portail-kill-'));
    script = join(root, 'node_modules/.cache/portail-tests/bookUntilKilled.js');
    await build({
      entryPoints: [join(root, 'test/support/crash/bookUntilKilled.ts')],
      outfile: script,
      bundle: true,
      format: 'esm',
      platform: 'node',
      // One file loads faster than a thousand, fifty times.
      external: ['better-sqlite3'],
      banner: {
        js: "import{createRequire}from'node:module';globalThis.require??=createRequire(import.meta.url);",
      },
      logLevel: 'warning',
    });
  });

  after(() => rmSync(directory, { recursive: true, force: true }));

  it(`keeps every acknowledged command whole through ${kills} kills, and overbooks nothing`, async function () {
    this.timeout(150_000);
    const acknowledged = new Map<string, number>();
    for (let kill = 0; kill < kills; kill += 1)
      for (const [id, count] of await runUntilKilled(script, directory))
        acknowledged.set(id, count);

    const store = openSqliteEventStore({ directory, mode: 'write' });
    const vault = new SqliteKeyVault(directory, MasterKey.parse(crashKey));
    const codec = new SealingEventCodec(vault);
    const chains = new ChainVerifier();
    const byRequest = new Map<string, number>();
    const books = new Map<string, ReservationEvent[]>();
    for await (const records of store.readAll()) {
      for (const record of records) chains.follow(record);
      const ofBooks = records.filter(({ stream }: RecordedEvent) =>
        stream.startsWith('reservation-'),
      );
      const decoded = await codec.decode(sessionBooks, ofBooks);
      for (const [at, { event, metadata }] of decoded.entries()) {
        const { causationId } = metadata;
        byRequest.set(causationId, (byRequest.get(causationId) ?? 0) + 1);
        const { stream = '' } = ofBooks[at] ?? {};
        books.set(stream, [...(books.get(stream) ?? []), event]);
      }
    }
    await store.close();
    await vault.close();

    expect(chains.faults).to.deep.equal([]);
    const lost = [...acknowledged].filter(([id, count]) => byRequest.get(id) !== count);
    expect(lost).to.deep.equal([]);
    expect(acknowledged.size).to.be.greaterThan(kills);
    for (const events of books.values()) {
      const book = fold(sessionBooks.decider, events);
      const held = Object.values(book.held).reduce((sum, places) => sum + places, 0);
      expect(held).to.be.at.most(placesPerSession);
      // A place given back and its promotion are one append: never a free place while somebody waits.
      if (book.waiting.length > 0) expect(held).to.equal(placesPerSession);
    }
  });
});
