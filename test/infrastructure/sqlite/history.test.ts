import { expect } from 'chai';
import Database from 'better-sqlite3';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setImmediate as breath } from 'node:timers/promises';
import { acceptHistory } from '../../../src/infrastructure/acceptHistory.ts';
import type { SubjectId } from '../../../src/domain/kernel/ids.ts';
import { MasterKey } from '../../../src/infrastructure/crypto/masterKey.ts';
import { seal } from '../../../src/infrastructure/crypto/sealing.ts';
import {
  DataFileRefusedError,
  type DataFileRefusal,
} from '../../../src/infrastructure/sqlite/dataFileErrors.ts';
import { openHistory, type History } from '../../../src/infrastructure/sqlite/history.ts';
import { openSqliteEventStore } from '../../../src/infrastructure/sqlite/sqliteEventStore.ts';
import { SqliteKeyVault } from '../../../src/infrastructure/sqlite/sqliteKeyVault.ts';
import { verifyHistory } from '../../../src/infrastructure/verifyHistory.ts';
import { failure, portal } from '../../support/portalProcess.ts';
import { childId } from '../../support/townFacts.ts';
import { all } from '../../contract/eventStoreTools.ts';
import { temporaryDirectory } from './temporaryDirectory.ts';

const sealedFor = (subject: SubjectId) => ({
  type: 'ChildRegistered',
  data: JSON.stringify({ childId: subject, personal: seal(new Uint8Array(32), subject, {}) }),
  metadata: '{}',
});

const masterKey = MasterKey.parse('8f'.repeat(32));

describe('the files that hold a history', () => {
  let directory: string;
  let remove: () => void;
  const opened: History[] = [];
  beforeEach(() => ({ directory, remove } = temporaryDirectory()));
  afterEach(async () => {
    for (const history of opened.splice(0)) await history.close();
    remove();
  });

  const file = (name: string): string => join(directory, name);
  const onTrouble = (error: unknown): never => expect.fail(String(error));
  const open = async (): Promise<History> => {
    const history = await openHistory({ directory, masterKey, onTrouble });
    opened.push(history);
    return history;
  };
  const closeAll = async (): Promise<void> => {
    for (const history of opened.splice(0)) await history.close();
  };
  /** Books for these children, each in a session of its own, and closes. */
  const booked = async (...names: readonly string[]): Promise<void> => {
    const { events, vault } = await open();
    const { books } = portal(events);
    for (const name of names) {
      await vault.findOrCreate(childId(name));
      await books(name);
    }
    await closeAll();
  };
  const change = (name: string, sql: string): void => {
    const database = new Database(file(name));
    database.exec(sql);
    database.close();
  };
  const cutLast = (count: number): void =>
    change(
      'events.db',
      `DELETE FROM stream_index WHERE position > (SELECT max(position) FROM events) - ${count};
       DELETE FROM events WHERE position > (SELECT max(position) FROM events) - ${count};
       UPDATE stream_index_progress SET through = min(through, (SELECT coalesce(max(position), 0) FROM events))`,
    );
  const expectRefusal = async (name: string, reason: DataFileRefusal): Promise<void> => {
    const others = ['events.db', 'keys.db'].filter((one) => existsSync(file(one)));
    const before = others.map((one) => readFileSync(file(one)));
    const error = await failure(open());
    expect(error).to.be.instanceOf(DataFileRefusedError);
    expect(error).to.include({ reason, file: file(name) });
    expect(error)
      .to.have.property('message')
      .that.includes(file(name))
      .and.matches(/^Le fichier «\u00a0/);
    for (const one of ['events.db', 'keys.db'])
      expect(existsSync(file(one)), one).to.equal(others.includes(one));
    expect(
      others.map((one, index) => readFileSync(file(one)).equals(before[index]!)),
    ).not.to.include(false);
    // Nothing stays locked.
    await failure(open());
  };
  const faults = async (): Promise<readonly string[]> => (await verifyHistory(directory)).faults;

  it('go on together from one start to the next, and are sound', async () => {
    await booked('ana', 'ben');
    await booked('cyd');
    expect(await verifyHistory(directory)).to.deep.include({ events: 3, faults: [] });
    const { events, vault } = await open();
    expect(await all(events.readAll())).to.have.length(3);
    expect(await vault.find(childId('ana'))).to.be.instanceOf(Uint8Array);
  });

  it('are taken up as an earlier version left them', async () => {
    const events = openSqliteEventStore({ directory, mode: 'write' });
    const { books } = portal(events);
    await books('ana');
    await events.close();
    const vault = new SqliteKeyVault(directory, masterKey);
    await vault.findOrCreate(childId('ana'));
    await vault.close();
    change('keys.db', 'DROP TABLE IF EXISTS log_anchor');
    expect(await faults()).to.deep.equal([]);
    await booked('ben');
    expect(await faults()).to.deep.equal([]);
    cutLast(1);
    await expectRefusal('events.db', 'cut');
  });

  it('are taken up when the first start stopped half-way', async () => {
    await openSqliteEventStore({ directory, mode: 'write' }).close();
    await booked();
    rmSync(file('keys.db'));
    await booked();
    change('events.db', 'DROP TABLE directory');
    await booked('ana');
    expect(await faults()).to.deep.equal([]);
  });

  describe('are refused, and left alone, when', () => {
    beforeEach(() => booked('ana', 'ben', 'cyd'));

    it('the keys are missing', async () => {
      rmSync(file('keys.db'));
      await expectRefusal('keys.db', 'lost');
      expect(await faults()).to.have.length(1);
    });

    it('the keys are an empty file', async () => {
      truncateSync(file('keys.db'), 0);
      await expectRefusal('keys.db', 'lost');
    });

    it('the keys are missing where an earlier version wrote', async () => {
      change('events.db', 'DROP TABLE directory');
      rmSync(file('keys.db'));
      await expectRefusal('keys.db', 'lost');
    });

    it('the journal is missing', async () => {
      rmSync(file('events.db'));
      await expectRefusal('events.db', 'lost');
    });

    it('the journal is missing where an earlier version wrote', async () => {
      change('keys.db', 'DROP TABLE log_anchor');
      rmSync(file('events.db'));
      await expectRefusal('events.db', 'lost');
    });

    it('the keys are no database, or cut short, or damaged', async () => {
      const whole = readFileSync(file('keys.db'));
      writeFileSync(file('keys.db'), 'Recettes de la cantine. '.repeat(400));
      await expectRefusal('keys.db', 'foreign');
      writeFileSync(file('keys.db'), whole.subarray(0, Math.floor(whole.length / 2)));
      await expectRefusal('keys.db', 'damaged');
      writeFileSync(file('keys.db'), whole.fill(0xab, 4_096, 8_192));
      await expectRefusal('keys.db', 'damaged');
      expect(await faults()).to.have.length(1);
    });

    it('a table of the keys no longer has its columns', async () => {
      const whole = readFileSync(file('keys.db'));
      for (const renamed of [
        'keys RENAME wrapped TO wrappee',
        'log_anchor RENAME digest TO digesu',
      ]) {
        change('keys.db', `ALTER TABLE ${renamed}`);
        await expectRefusal('keys.db', 'damaged');
        writeFileSync(file('keys.db'), whole);
      }
    });

    it('the keys are those of another portal', async () => {
      const { directory: other, remove: removeOther } = temporaryDirectory();
      const history = await openHistory({
        directory: other,
        masterKey,
        onTrouble: () => undefined,
      });
      await history.vault.findOrCreate(childId('dee'));
      await history.close();
      copyFileSync(join(other, 'keys.db'), file('keys.db'));
      removeOther();
      await expectRefusal('keys.db', 'unpaired');
      expect(await faults()).to.have.length(1);
    });

    it('the last events were cut off', async () => {
      cutLast(1);
      expect(await faults()).to.have.length(1);
      expect((await faults())[0]).to.include('ses derniers événements manquent');
      await expectRefusal('events.db', 'cut');
      cutLast(2);
      expect(await faults()).to.have.length(1);
      await expectRefusal('events.db', 'cut');
    });

    it('the last events were written anew', async () => {
      change('events.db', "UPDATE events SET metadata = '{}' WHERE position = 3");
      await expectRefusal('events.db', 'rewritten');
    });

    it('what was noted of the journal was changed to suit', async () => {
      cutLast(1);
      rmSync(file('events.end'));
      change('keys.db', 'UPDATE log_anchor SET position = 2');
      await expectRefusal('keys.db', 'tampered');
    });
  });

  it('are taken as they are when the operator says so, without read models that are ahead', async () => {
    await booked('ana', 'ben', 'cyd');
    cutLast(1);
    await expectRefusal('events.db', 'cut');
    writeFileSync(file('read-models.db'), 'of three events');
    await acceptHistory(directory, masterKey);
    expect(existsSync(file('read-models.db'))).to.equal(false);
    expect(await faults()).to.deep.equal([]);
    await booked('dee');
    expect(await verifyHistory(directory)).to.deep.include({ events: 3, faults: [] });
  });

  it('note the end of the journal in a quiet moment, before any close', async () => {
    const history = await openHistory({ directory, masterKey, onTrouble, quiet: 1 });
    opened.push(history);
    await portal(history.events).books('ana');
    expect(history.vault.anchor()).to.include({ position: 0n });
    history.appended();
    for (const end = Date.now() + 10_000; history.vault.anchor()?.position !== 1n; await breath())
      expect(Date.now()).to.be.below(end);
    expect(await faults()).to.deep.equal([]);
  });

  /** What a kill would leave of the directory, as it stands now. */
  const asKilled = async (): Promise<void> => {
    const image = temporaryDirectory();
    mkdirSync(image.directory);
    for (const name of readdirSync(directory))
      if (!name.startsWith('lock')) copyFileSync(file(name), join(image.directory, name));
    await closeAll();
    remove();
    ({ directory, remove } = image);
  };
  const keep = async (names: readonly string[]): Promise<void> => {
    const { events, vault } = await open();
    for (const name of names) {
      await vault.findOrCreate(childId(name));
      await portal(events).books(name);
    }
  };

  it('killed, started and killed again, lose no key unseen when a byte of their log is damaged', async () => {
    await booked('ana');
    await keep(['ben', 'cyd']);
    await asKilled();
    await keep(['dee', 'eve']);
    await asKilled();
    const whole = readFileSync(file('keys.db-wal'));
    for (const at of [40, 500, whole.length - 500]) {
      const damaged = Buffer.from(whole);
      damaged.writeUInt8(damaged.readUInt8(at) ^ 0x55, at);
      writeFileSync(file('keys.db-wal'), damaged);
      rmSync(file('keys.db-shm'), { force: true });
      expect((await faults())[0], `${at}`).to.include('moins de clés');
      await expectRefusal('keys.db', 'fewer');
    }
    writeFileSync(file('keys.db-wal'), whole);
    rmSync(file('keys.db-shm'), { force: true });
    const { vault } = await open();
    for (const name of ['ana', 'ben', 'cyd', 'dee', 'eve'])
      expect(await vault.find(childId(name)), name).to.be.instanceOf(Uint8Array);
  });

  it('have their keys moved into the file itself by each start', async () => {
    await booked('ana');
    await keep(['ben']);
    await asKilled();
    await open();
    expect(statSync(file('keys.db-wal')).size).to.equal(0);
  });

  it('that lack the key of somebody in them are named, also when no mark says so', async () => {
    const { events, vault } = await open();
    await vault.findOrCreate(childId('ana'));
    for (const [index, subject] of ['ana', 'ben', 'ben'].entries())
      await events.append(
        `child-${index}`,
        [{ ...sealedFor(childId(subject)), id: `${index}` }],
        'no-stream',
      );
    await closeAll();
    rmSync(file('events.end'));
    const missing = (await faults()).filter((fault) => fault.includes('pas la clé'));
    expect(missing).to.have.length(1);
    expect(missing[0]).to.include(file('keys.db')).and.include('il en manque 1,');
  });

  it('lose a whole stream, the end of one, or one within, never unseen', async () => {
    await booked('ana', 'ben', 'cyd');
    const { events } = await open();
    const { books } = portal(events);
    await books('dee', undefined, 'c-1');
    await closeAll();
    for (const position of [1, 2, 3, 4]) {
      const whole = readFileSync(file('events.db'));
      change(
        'events.db',
        `DELETE FROM events WHERE position = ${position};
         DELETE FROM stream_index WHERE position = ${position}`,
      );
      expect(await faults(), `${position}`).not.to.deep.equal([]);
      writeFileSync(file('events.db'), whole);
      expect(await faults()).to.deep.equal([]);
    }
  });
});
