import Database from 'better-sqlite3';
import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
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

  async function told() {
    const { log, lines } = capturedLog();
    const stop = checkHistory(directory, log, 0);
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

  it('is left alone when the portal stops before', async () => {
    const { log, lines } = capturedLog();
    await checkHistory(directory, log)();
    expect(lines).to.deep.equal([]);
  });
});
