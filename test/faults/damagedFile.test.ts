import Database from 'better-sqlite3';
import { expect } from 'chai';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projections } from '../../src/application/projections/all.ts';
import { createProjectionRunner } from '../../src/application/projections/projectionRunner.ts';
import type { SubjectId } from '../../src/domain/kernel/ids.ts';
import { decodeSealed } from '../../src/infrastructure/events/sealedDecoder.ts';
import { DataFileRefusedError } from '../../src/infrastructure/sqlite/dataFileErrors.ts';
import type { History } from '../../src/infrastructure/sqlite/history.ts';
import { openSqliteEventStore } from '../../src/infrastructure/sqlite/sqliteEventStore.ts';
import { openSqliteReadModelStore } from '../../src/infrastructure/sqlite/sqliteReadModelStore.ts';
import { verifyHistory } from '../../src/infrastructure/verifyHistory.ts';
import { spawnPortal } from '../support/browser/spawnedPortal.ts';
import { smallTownVariables } from '../support/browser/smallTown.ts';
import { copyOf, damage, seeded } from '../support/faults/damage.ts';
import { FaultTown, ownDirectory } from '../support/faults/faultTown.ts';
import { counted, publishFigures } from '../support/faults/figures.ts';
import { Load } from '../support/faults/load.ts';
import { expectSound, openKept } from '../support/faults/soundness.ts';
import { standsAt } from '../support/faults/townMoment.ts';
import { until } from '../support/faults/until.ts';
import { everythingIn } from '../support/storeDoubles.ts';

const seed = Number(process.env['FAULT_SEED'] ?? Math.floor(Math.random() * 2 ** 32));
const trials = Number(process.env['FAULT_TRIALS'] ?? 120);

/** What a history holds: every event byte for byte, and the key of every person. */
interface Content {
  readonly events: readonly string[];
  readonly keys: ReadonlyMap<string, string>;
}

const text = (value: object): string =>
  JSON.stringify(value, (_key, one: unknown) => (typeof one === 'bigint' ? `${one}` : one));

async function contentOf({ events, vault }: History): Promise<Content> {
  const keys = new Map<string, string>();
  for await (const entries of vault.entries())
    for (const { subject } of entries) {
      const key = await vault.find(subject as SubjectId);
      keys.set(subject, key instanceof Uint8Array ? Buffer.from(key).toString('hex') : 'none');
    }
  return { events: (await everythingIn(events)).map(text), keys };
}

const sameKeys = (found: Content, whole: Content): boolean =>
  [...whole.keys].every(([subject, key]) => found.keys.get(subject) === key);

describe('a data file cut short, or with one byte changed', function () {
  this.timeout(120_000);
  const { directory, remove } = ownDirectory();
  const images = { killed: join(directory, 'killed'), stopped: join(directory, 'stopped') };
  const random = seeded(seed);
  const acknowledged: Load['acknowledged'] = new Map();
  let whole: Content;
  let made = 0;

  /** A copy of one of the two directories, of which the test may do what it likes. */
  const copied = (image: string, isWanted: (name: string) => boolean = () => true): string => {
    const to = join(directory, `trial-${(made += 1)}`);
    mkdirSync(to);
    copyOf(image, to, readdirSync(image).filter(isWanted));
    return to;
  };
  const any = <T>(some: readonly T[]): T =>
    some[Math.floor(random() * some.length)] ?? expect.fail('there is none');

  before(async () => {
    const portal = spawnPortal([
      '--import=tsx',
      'test/support/faults/townServer.ts',
      images.killed,
    ]);
    const town = new FaultTown(await portal.address);
    await town.settle(8);
    const load = new Load(town, { callers: 8 });
    await until('many are answered', () => load.acknowledged.size > 150);
    // Their keys are the last that the vault has written.
    await town.register('Tardive');
    await until('more are answered', () => load.acknowledged.size > 250);
    portal.kill('SIGKILL');
    await portal.ended;
    await load.stop();
    for (const [id, receipt] of load.acknowledged) acknowledged.set(id, receipt);

    const kept = copied(images.killed);
    const history = await openKept(kept);
    whole = await contentOf(history);
    await history.close();
    mkdirSync(images.stopped);
    copyOf(kept, images.stopped, readdirSync(kept));
    // As a stop leaves them: everything in the file itself.
    const readModels = new Database(join(images.stopped, 'read-models.db'));
    readModels.pragma('wal_checkpoint(TRUNCATE)');
    readModels.close();
  });
  after(remove);

  it('the files of a kill are not damaged: the portal starts with every receipt', async () => {
    expect(readdirSync(images.killed)).to.include.members(['events.db-wal', 'keys.db-wal']);
    const kept = copied(images.killed);
    expect((await verifyHistory(kept)).faults).to.deep.equal([]);
    await expectSound(kept, acknowledged);
  });

  /** What a start makes of a directory: refused in words, or what it then holds. */
  async function started(at: string): Promise<string | (Content & { readonly told: boolean })> {
    let history: History | undefined;
    try {
      history = await openKept(at);
      const content = await contentOf(history);
      return { ...content, told: (await history.vault.damaged(new AbortController().signal)) > 0 };
    } catch (error) {
      return refusal(error);
    } finally {
      await history?.close().catch(() => undefined);
    }
  }
  async function verified(at: string): Promise<readonly string[]> {
    try {
      return (await verifyHistory(at)).faults;
    } catch (error) {
      return [refusal(error)];
    }
  }
  function refusal(error: unknown): string {
    if (!(error instanceof DataFileRefusedError)) throw error;
    expect(error.message).to.match(/^Le fichier «\u00a0.+\u00a0» /);
    return error.message;
  }

  it(`is named or makes no difference, ${trials} times`, async () => {
    const count = { start: 0, log: 0, verify: 0, harmless: 0 };
    const files = /^(events|keys)\.db(-wal)?$/;
    for (let trial = 0; trial < trials; trial += 1) {
      const image = images[any(['killed', 'stopped'] as const)];
      const isNeeded = (name: string): boolean => !name.startsWith('read-models');
      const [one, other] = [copied(image, isNeeded), copied(image, isNeeded)];
      const name = any(readdirSync(one).filter((file) => files.test(file)));
      const done = damage(join(one, name), random);
      copyOf(one, other, [name]);
      const what = `FAULT_SEED=${seed}, trial ${trial}: ${image}, ${name} ${done}`;
      try {
        const after = await started(one);
        const faults = await verified(other);
        if (typeof after === 'string') count.start += 1;
        else if (faults.length > 0) count.verify += 1;
        else {
          expect(after.events, what).to.deep.equal(whole.events);
          if (after.told) count.log += 1;
          else {
            expect(sameKeys(after, whole), `${what}: keys lost in silence`).to.equal(true);
            count.harmless += 1;
          }
        }
      } catch (error) {
        throw new Error(`${what}: ${String(error)}`, { cause: error });
      }
      for (const used of [one, other]) rmSync(used, { recursive: true });
    }
    expect(count.start + count.log + count.verify + count.harmless).to.equal(trials);
    publishFigures({
      name: 'damagedFile',
      fault: 'un fichier tronqué ou un octet changé (`events.db`, `keys.db`, leurs `-wal`)',
      stores: 'SQLite',
      figures: [
        ['fichiers abîmés au hasard', counted(trials, 'essai')],
        ['dégât nommé au démarrage', counted(count.start, 'dégât')],
        ['nommé dans le journal du portail en marche (clé abîmée)', counted(count.log, 'dégât')],
        [
          'nommé par la relecture complète qui suit le démarrage (`portail verify`)',
          counted(count.verify, 'dégât'),
        ],
        ['octet sans effet, tout est là', counted(count.harmless, 'essai')],
        ['événements perdus en silence', '0'],
      ],
    });
  });

  it('of the read models takes nothing away, and they are made anew', async () => {
    let afresh = 0;
    const rounds = Number(process.env['FAULT_ROUNDS'] ?? 20);
    for (let round = 0; round < rounds; round += 1) {
      const at = copied(images[any(['killed', 'stopped'] as const)]);
      const name = any(readdirSync(at).filter((file) => /^read-models\.db(-wal)?$/.test(file)));
      const what = `FAULT_SEED=${seed}: ${name} ${damage(join(at, name), random)}`;
      const store = openSqliteEventStore({ directory: at, mode: 'read' });
      const seen = new Map<string, bigint>();
      const onSetAside = (): void => void (afresh += 1);
      const readModels = openSqliteReadModelStore({ directory: at, mode: 'write', onSetAside });
      const runner = createProjectionRunner({
        store,
        readModels,
        projections,
        decode: decodeSealed,
        now: () => standsAt,
        retryAfterMs: 1,
        onProgress: (projection, position) => void seen.set(projection, position),
      });
      runner.start();
      const head = (await store.head()) ?? 0n;
      const follows = ({ name: one }: { name: string }): boolean => seen.get(one) === head;
      await until(`${what}: they follow`, () => projections.every(follows));
      await runner.stop();
      await readModels.close();
      await store.close();
      const history = await openKept(at);
      expect((await contentOf(history)).events, what).to.deep.equal(whole.events);
      await history.close();
      rmSync(at, { recursive: true });
    }
    publishFigures({
      name: 'damagedFile',
      fault: 'un fichier des lectures tronqué ou un octet changé (`read-models.db`, son `-wal`)',
      stores: 'SQLite',
      figures: [
        ['fichiers abîmés au hasard', counted(rounds, 'essai')],
        ['lectures mises de côté et refaites du journal', counted(afresh, 'essai')],
        ['événements perdus', '0'],
      ],
    });
  });

  it('is told to the operator in French, by name, without a trace of code', async () => {
    const broken = (name: string, bytes: Buffer | string): string => {
      const at = copied(images.stopped);
      writeFileSync(join(at, name), bytes);
      return at;
    };
    const cases = [
      { name: 'lock.db', at: broken('lock.db', 'rien de bon '.repeat(200)), commands: ['serve'] },
      { name: 'events.db', at: broken('events.db', ''), commands: ['serve'] },
      { name: 'keys.db', at: broken('keys.db', 'x'.repeat(9_000)), commands: ['verify'] },
    ];
    await Promise.all(
      cases.flatMap(({ name, at, commands }) =>
        commands.map(async (command) => {
          const variables = smallTownVariables(at);
          const portal = spawnPortal(['--import=tsx', 'src/main.ts', command], variables);
          const { code, output, errors } = await portal.ended;
          expect(code, output + errors).to.equal(1);
          expect(output + errors).to.include(`Le fichier «\u00a0${join(at, name)}\u00a0»`);
          expect(output + errors).to.not.match(/^\s+at |Error|SQLITE/m);
        }),
      ),
    );
  });
});
