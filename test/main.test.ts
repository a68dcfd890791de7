import { expect } from 'chai';
import Database from 'better-sqlite3';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MasterKey } from '../src/infrastructure/crypto/masterKey.ts';
import { openHistory } from '../src/infrastructure/sqlite/history.ts';
import { spawnPortal, type Ended } from './support/browser/spawnedPortal.ts';
import { portal } from './support/portalProcess.ts';

const key = '8f'.repeat(32);

describe('the command of the portal', function () {
  this.timeout(60_000);
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'portail-commande-'))));
  afterEach(() => rmSync(directory, { recursive: true }));

  const run = (command: string, more: Readonly<Record<string, string>> = {}): Promise<Ended> =>
    spawnPortal(['--enable-source-maps', 'dist/main.js', command], {
      PORTAIL_DATA: directory,
      ...more,
    }).ended;

  it('tells how to use it when it is called by a name that every object has', async () => {
    const { code, output } = await run('constructor');
    expect(code).to.equal(2);
    expect(output).to.include('portail serve').and.include('portail verify');
  });

  it('tells damage by a code of its own, and never a history that it can’t get at', async () => {
    const absent = await run('verify');
    expect([absent.code, absent.output]).to.deep.equal([1, '']);
    expect(absent.errors).to.include('events.db');
    writeFileSync(join(directory, 'events.db'), 'rien de bon '.repeat(400));
    const spoilt = await run('verify');
    expect([spoilt.code, spoilt.errors]).to.deep.equal([3, '']);
    expect(spoilt.output).to.include('n’est pas un fichier du portail');
  });

  it('names what is missing at the end of the history, and takes it as it is when told to', async () => {
    const masterKey = MasterKey.parse(key);
    const history = await openHistory({ directory, masterKey, onTrouble: () => undefined });
    const { books } = portal(history.events);
    await books('ana');
    await books('ben');
    await history.close();
    const database = new Database(join(directory, 'events.db'));
    database.exec(`DELETE FROM stream_index WHERE position = 2; DELETE FROM events WHERE position = 2;
                   UPDATE stream_index_progress SET through = 1`);
    database.close();

    const settings = { PORTAIL_MASTER_KEY: key, PORTAIL_TOWN: 'data/vallee-du-lot.json' };
    const found = await run('verify');
    expect(found.code).to.equal(3);
    expect(found.output).to.include('events.db').and.include('ses derniers événements manquent');
    expect(found.output).to.match(/1\u00a0anomalie\n$/);
    const started = await run('serve', settings);
    expect([started.code, started.output]).to.deep.equal([1, '']);
    expect(started.errors).to.include('ses derniers événements manquent');
    expect(started.errors).not.to.match(/\n\s+at /);
    const accepted = await run('accept', settings);
    expect([accepted.code, accepted.errors]).to.deep.equal([0, '']);
    expect((await run('verify')).output).to.include('0\u00a0anomalie');
  });
});
