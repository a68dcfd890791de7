import { expect } from 'chai';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalDate } from '../../../../src/domain/kernel/localDate.ts';
import { DataDirectoryInUseError } from '../../../../src/infrastructure/sqlite/dataFileErrors.ts';
import { lockDataDirectory } from '../../../../src/infrastructure/sqlite/dataDirectoryLock.ts';
import { DemoPlanError } from '../../../../src/interfaces/cli/demo/demoActs.ts';
import { demoKeyIn } from '../../../../src/interfaces/cli/demo/demoDay.ts';
import { removeDemoTown } from '../../../../src/interfaces/cli/demo/freshTown.ts';
import { spawnPortal } from '../../../support/browser/spawnedPortal.ts';

const key = { seed: 'vallee-du-lot', today: '2026-11-23' as LocalDate };

describe('a demo town begun afresh', () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'demo-fresh-'))));
  afterEach(() => rmSync(directory, { recursive: true }));

  const put = (...names: readonly string[]): void => {
    for (const name of names) writeFileSync(join(directory, name), name);
  };
  const names = (): string[] => readdirSync(directory).sort();
  const remove = (): void => removeDemoTown(directory, lockDataDirectory);

  const made = [
    ...['events.db', 'events.db-wal', 'events.db-shm', 'events.db.new', 'keys.db', 'keys.db-wal'],
    ...['read-models.db', 'read-models.db.corrupt-1', 'read-models.db.damaged', 'master.key'],
    ...['demo.json', 'demo.json.new'],
  ];

  it('loses what the demo made, and nothing else', () => {
    mkdirSync(join(directory, 'photos'));
    put(...made, 'budget.ods', 'my-events.db', 'events.dbx');
    remove();
    expect(names()).to.deep.equal([
      'budget.ods',
      'events.dbx',
      'lock.db',
      'my-events.db',
      'photos',
    ]);
  });

  it('asks for nothing where there is nothing yet', () => {
    remove();
    removeDemoTown(join(directory, 'not-there'), lockDataDirectory);
    expect(names()).to.deep.equal([]);
  });

  it('leaves alone a directory that the demo did not make', () => {
    const others = ['events.db', 'keys.db', 'master.key', 'read-models.db'];
    put(...others);
    expect(remove).to.throw(DemoPlanError, 'ne vient pas de la démonstration');
    expect(names()).to.deep.equal(others);
  });

  it('leaves alone a directory on which a portal runs', () => {
    put(...made);
    const lock = lockDataDirectory(directory);
    expect(remove).to.throw(DataDirectoryInUseError, 'déjà ouvert par un autre portail');
    lock.release();
    expect(names()).to.include.members(made);
  });

  for (const data of ['events.db', 'keys.db', 'events.db-wal'])
    it(`does not settle where a portal left ${data}`, () => {
      put(data);
      expect(() => demoKeyIn(directory, key)).to.throw(DemoPlanError, directory);
      expect(names()).to.deep.equal([data]);
    });

  it('is refused by the command, in French, before anything is touched', async () => {
    put('events.db', 'commune.json');
    for (const args of [['--fresh'], []]) {
      const { code, output, errors } = await spawnPortal(['dist/demo.js', ...args], {
        PORTAIL_DATA: directory,
        PORTAIL_PORT: '0',
      }).ended;
      expect([code, output]).to.deep.equal([1, '']);
      expect(errors).to.include('démonstration').and.include(directory);
      expect(errors).not.to.match(/\n\s+at /);
      expect(names()).to.deep.equal(['commune.json', 'events.db']);
    }
    expect(existsSync(directory)).to.equal(true);
  });
});
