import Database from 'better-sqlite3';
import { expect } from 'chai';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import os, { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MasterKey } from '../../src/infrastructure/crypto/masterKey.ts';
import { checkHistory } from '../../src/infrastructure/historyCheck.ts';
import { openHistory } from '../../src/infrastructure/sqlite/history.ts';
import { commandSide, settle } from '../support/commandSide.ts';
import { until } from '../support/faults/until.ts';
import { capturedLog } from '../support/testPortal.ts';
import { childId, familyId } from '../support/townFacts.ts';

describe('the history, read again after a start', function () {
  this.timeout(60_000);
  let directory = '';
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'portail-relu-'));
    const history = await openHistory({
      directory,
      masterKey: MasterKey.parse('5d'.repeat(32)),
      onTrouble: (error) => expect.fail(String(error)),
    });
    const side = commandSide({ store: history.events, vault: history.vault });
    for (const name of ['durand', 'petit', 'leroy'])
      await settle(side, familyId(name), [childId(`${name}-a`)]);
    await history.close();
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  async function told(command?: readonly string[]) {
    const { log, lines } = capturedLog();
    const stop = checkHistory(directory, log, { afterMs: 0, ...(command && { command }) });
    await until('the history was read', () => lines.length > 0);
    await stop();
    return lines;
  }

  it('is said to be whole when it is', async () => {
    const [line] = await told();
    expect(line).to.include({ level: 'info', message: 'history verified' });
    expect(line?.fields['found']).to.match(/\sévénements, 0\sanomalie$/u);
  });

  it('is said to be damaged when one event in its middle is not what was written', async () => {
    const database = new Database(join(directory, 'events.db'));
    const { changes } = database
      .prepare(`UPDATE events SET data = replace(data, ':', ': ') WHERE position = 2`)
      .run();
    database.close();
    expect(changes).to.equal(1);
    const [line] = await told();
    expect(line?.level).to.equal('error');
    expect(JSON.stringify(line?.fields)).to.match(/événement \d+\s: modifié/u);
  });

  for (const [what, script, end] of [
    [
      'was interrupted',
      `process.kill(process.pid, 'SIGINT'); setInterval(() => 0, 1_000)`,
      'SIGINT',
    ],
    ['was killed', `process.kill(process.pid, 'SIGKILL')`, 'SIGKILL'],
    ['could not begin', `console.error('EMFILE'); process.exit(1)`, 1],
  ] as const)
    it(`is not said to be damaged when the reading ${what}`, async () => {
      const [line] = await told(['-e', script]);
      expect(line).to.include({ level: 'warn', message: 'the history could not be verified' });
      expect(line?.fields['end']).to.equal(end);
    });

  it('says so too when no other process can be started', async () => {
    const starting = process.execPath;
    process.execPath = join(directory, 'nothing');
    try {
      const [line] = await told();
      expect(line).to.include({ level: 'warn', message: 'the history could not be verified' });
    } finally {
      process.execPath = starting;
    }
  });

  it('is read where no process may be made less urgent, and nothing is thrown at the end', async () => {
    const { setPriority } = os;
    os.setPriority = () => {
      throw new Error('EPERM');
    };
    syncBuiltinESMExports();
    try {
      const [line] = await told(['-e', 'process.exit(3)']);
      expect(line).to.include({ level: 'error' });
      const { log, lines } = capturedLog();
      const begun = join(directory, 'begun');
      const script = `require('node:fs').writeFileSync(${JSON.stringify(begun)}, ''); setInterval(() => 0, 1_000)`;
      const stop = checkHistory(directory, log, { afterMs: 0, command: ['-e', script] });
      await until('the reading has begun', () => existsSync(begun));
      await stop();
      expect(lines).to.deep.equal([]);
    } finally {
      os.setPriority = setPriority;
      syncBuiltinESMExports();
    }
  });

  it('is left alone when the portal stops before', async () => {
    const { log, lines } = capturedLog();
    await checkHistory(directory, log)();
    expect(lines).to.deep.equal([]);
  });
});
