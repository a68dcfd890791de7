import Database from 'better-sqlite3';
import { expect } from 'chai';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projections } from '../../src/application/projections/all.ts';
import { createProjectionRunner } from '../../src/application/projections/projectionRunner.ts';
import type { SubjectId } from '../../src/domain/kernel/ids.ts';
import { decodeSealed } from '../../src/infrastructure/events/sealedDecoder.ts';
import { DataFileRefusedError } from '../../src/infrastructure/sqlite/dataFileErrors.ts';
import { readEndMark } from '../../src/infrastructure/sqlite/endMark.ts';
import type { History } from '../../src/infrastructure/sqlite/history.ts';
import { openSqliteEventStore } from '../../src/infrastructure/sqlite/sqliteEventStore.ts';
import { openSqliteReadModelStore } from '../../src/infrastructure/sqlite/sqliteReadModelStore.ts';
import { verifyHistory } from '../../src/infrastructure/verifyHistory.ts';
import { spawnPortal, type SpawnedPortal } from '../support/browser/spawnedPortal.ts';
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
  const images = ['killed', 'stopped', 'killedAgain'] as const;
  type Image = (typeof images)[number];
  const at = (image: Image): string => join(directory, image);
  const random = seeded(seed);
  const acknowledged: Load['acknowledged'] = new Map();
  const whole = new Map<Image, Content>();
  let made = 0;

  /** A copy of one of these directories, of which the test may do what it likes. */
  const copied = (image: Image, isWanted: (name: string) => boolean = () => true): string => {
    const to = join(directory, `trial-${(made += 1)}`);
    mkdirSync(to);
    copyOf(at(image), to, readdirSync(at(image)).filter(isWanted));
    return to;
  };
  const any = <T>(some: readonly T[]): T =>
    some[Math.floor(random() * some.length)] ?? expect.fail('there is none');

  const serving = (image: Image): SpawnedPortal =>
    spawnPortal(['--import=tsx', 'test/support/faults/townServer.ts', at(image)]);
  /** Notes what an image holds; answers the copy in which that was read. */
  async function keptOf(image: Image): Promise<string> {
    const kept = copied(image);
    const history = await openKept(kept);
    whole.set(image, await contentOf(history));
    await history.close();
    return kept;
  }

  before(async () => {
    const portal = serving('killed');
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

    const kept = await keptOf('killed');
    mkdirSync(at('stopped'));
    copyOf(kept, at('stopped'), readdirSync(kept));
    // As a stop leaves them: everything in the file itself.
    const readModels = new Database(join(at('stopped'), 'read-models.db'));
    readModels.pragma('wal_checkpoint(TRUNCATE)');
    readModels.close();
    await keptOf('stopped');

    // What the start after a kill has noted is all in the write-ahead logs, and so are the families that came then.
    mkdirSync(at('killedAgain'));
    copyOf(at('killed'), at('killedAgain'), readdirSync(at('killed')));
    const again = serving('killedAgain');
    const secondTown = new FaultTown(await again.address);
    for (let n = 0; n < 12; n += 1) await secondTown.register(`Encore${n}`);
    again.kill('SIGKILL');
    await again.ended;
    await keptOf('killedAgain');
  });
  after(remove);

  it('the files of a kill are not damaged: the portal starts with every receipt', async () => {
    for (const image of ['killed', 'killedAgain'] as const) {
      expect(readdirSync(at(image))).to.include.members(['events.db-wal', 'keys.db-wal']);
      const kept = copied(image);
      expect((await verifyHistory(kept)).faults).to.deep.equal([]);
      await expectSound(kept, acknowledged);
    }
  });

  /** What a start makes of a directory: refused in words, or what it then holds. */
  async function started(used: string): Promise<string | (Content & { readonly told: boolean })> {
    let history: History | undefined;
    try {
      history = await openKept(used);
      const content = await contentOf(history);
      return { ...content, told: (await history.vault.damaged(new AbortController().signal)) > 0 };
    } catch (error) {
      return refusal(error);
    } finally {
      await history?.close().catch(() => undefined);
    }
  }
  async function verified(used: string): Promise<readonly string[]> {
    try {
      return (await verifyHistory(used)).faults;
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
      const image = any(images);
      const content = whole.get(image) ?? expect.fail('nothing was kept of it');
      const isNeeded = (name: string): boolean => !name.startsWith('read-models');
      const one = copied(image, isNeeded);
      const name = any(readdirSync(one).filter((file) => files.test(file)));
      const done = damage(join(one, name), random);
      const what = `FAULT_SEED=${seed}, trial ${trial}: ${image}, ${name} ${done}`;
      try {
        const after = await started(one);
        // As the check that follows a start: in what that start has left.
        const faults = await verified(one);
        // A person without a row is missed at the start itself.
        if (typeof after !== 'string')
          expect(after.keys.size, `${what}: keys are gone`).to.equal(content.keys.size);
        if (typeof after === 'string') count.start += 1;
        else if (faults.length > 0) count.verify += 1;
        else {
          // A kill within a commit leaves a last transaction of which nobody was told: it may go.
          const kept = Math.max(after.events.length, Number(readEndMark(at(image))?.position));
          expect(after.events, what).to.deep.equal(content.events.slice(0, kept));
          if (after.told) count.log += 1;
          else {
            expect(sameKeys(after, content), `${what}: keys lost in silence`).to.equal(true);
            count.harmless += 1;
          }
        }
      } catch (error) {
        throw new Error(`${what}: ${String(error)}`, { cause: error });
      }
      rmSync(one, { recursive: true });
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
      const image = any(images);
      const used = copied(image);
      const name = any(readdirSync(used).filter((file) => /^read-models\.db(-wal)?$/.test(file)));
      const what = `FAULT_SEED=${seed}: ${image}, ${name} ${damage(join(used, name), random)}`;
      const store = openSqliteEventStore({ directory: used, mode: 'read' });
      const seen = new Map<string, bigint>();
      const onSetAside = (): void => void (afresh += 1);
      const readModels = openSqliteReadModelStore({ directory: used, mode: 'write', onSetAside });
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
      const history = await openKept(used);
      expect((await contentOf(history)).events, what).to.deep.equal(whole.get(image)?.events);
      await history.close();
      rmSync(used, { recursive: true });
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
      const to = copied('stopped');
      writeFileSync(join(to, name), bytes);
      return to;
    };
    const cases = [
      { name: 'lock.db', in: broken('lock.db', 'rien de bon '.repeat(200)), commands: ['serve'] },
      { name: 'events.db', in: broken('events.db', ''), commands: ['serve'] },
      { name: 'keys.db', in: broken('keys.db', 'x'.repeat(9_000)), commands: ['verify'] },
    ];
    await Promise.all(
      cases.flatMap(({ name, in: used, commands }) =>
        commands.map(async (command) => {
          const variables = smallTownVariables(used);
          const portal = spawnPortal(['--import=tsx', 'src/main.ts', command], variables);
          const { code, output, errors } = await portal.ended;
          expect(code, output + errors).to.equal(command === 'verify' ? 3 : 1);
          expect(output + errors).to.include(`Le fichier «\u00a0${join(used, name)}\u00a0»`);
          expect(output + errors).to.not.match(/^\s+at |Error|SQLITE/m);
        }),
      ),
    );
  });
});
