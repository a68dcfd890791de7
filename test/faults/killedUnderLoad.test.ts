import { expect } from 'chai';
import { openSqliteReadModelStore } from '../../src/infrastructure/sqlite/sqliteReadModelStore.ts';
import { spawnPortal, type SpawnedPortal } from '../support/browser/spawnedPortal.ts';
import { expectAsRebuilt } from '../support/crash/keptReadModels.ts';
import { bundledTown } from '../support/faults/bundledTown.ts';
import { FaultTown, ownDirectory, type FaultFamily } from '../support/faults/faultTown.ts';
import { counted, lasted, publishFigures } from '../support/faults/figures.ts';
import { Load } from '../support/faults/load.ts';
import { expectKnown, newcomersUntilGone } from '../support/faults/newcomers.ts';
import { expectSound, openKept } from '../support/faults/soundness.ts';
import { goingOnSince } from '../support/faults/townMoment.ts';
import { until } from '../support/faults/until.ts';

const kills = 50;
/** A kill comes after one to so many receipts: at any instant of what the portal does. */
const atMost = 120;
const callers = 8;
/** Each kill leaves a few days of which nobody knows the outcome, and which are left alone: enough remain. */
const families = 40;

describe('a portal killed under load', function () {
  this.timeout(600_000);
  let directory: string;
  let remove: () => void;
  let portal: SpawnedPortal | undefined;
  beforeEach(() => ({ directory, remove } = ownDirectory()));
  afterEach(async () => {
    portal?.kill('SIGKILL');
    await portal?.ended;
    remove();
  });

  it(`keeps all that it said through ${kills} kills, starts again each time, and overbooks nothing`, async () => {
    const script = await bundledTown();
    let town = new FaultTown('');
    const acknowledged: Load['acknowledged'] = new Map();
    const newcomers: FaultFamily[] = [];
    let longestStartMs = 0;
    // Who gives a day back must not do so at the very instant at which it was booked.
    const since = Date.now();

    /** On all that the last kill has left; its read models are up to date then. */
    const start = async (): Promise<SpawnedPortal> => {
      const begun = performance.now();
      const started = (portal = spawnPortal([script, directory, JSON.stringify({ since })]));
      town = town.movedTo(await started.address);
      longestStartMs = Math.max(longestStartMs, performance.now() - begun);
      return started;
    };
    const bookUntilKilled = async (running: SpawnedPortal): Promise<void> => {
      const load = new Load(town, { callers });
      const arriving = newcomersUntilGone(town);
      const enough = 1 + Math.floor(Math.random() * atMost);
      await until(`${enough} receipts`, () => load.acknowledged.size >= enough);
      const stopped = load.stop();
      running.kill('SIGKILL');
      expect((await running.ended).errors).to.equal('');
      await stopped;
      expect(load.refused).to.deep.equal([]);
      for (const [id, receipt] of load.acknowledged) acknowledged.set(id, receipt);
      newcomers.push(...(await arriving));
    };

    const first = await start();
    await town.settle(families);
    await bookUntilKilled(first);
    for (let kill = 1; kill < kills; kill += 1) await bookUntilKilled(await start());

    // One more start takes in what the last kill left half written.
    const last = await start();
    await until('the read models follow', () => town.follows());
    last.kill('SIGTERM');
    expect(await last.ended).to.include({ code: 0, errors: '' });

    const history = await openKept(directory);
    const readModels = openSqliteReadModelStore({ directory, mode: 'read' });
    try {
      await expectAsRebuilt(readModels, history.events);
      await expectKnown(history, newcomers);
    } finally {
      await readModels.close();
      await history.close();
    }
    await expectSound(directory, acknowledged, goingOnSince(since).now());
    publishFigures({
      name: 'killedUnderLoad',
      fault: `${kills} arrêts brutaux (SIGKILL) sous charge`,
      stores: 'SQLite',
      figures: [
        ['demandes acquittées', counted(acknowledged.size, 'demande')],
        ['inscriptions de familles acquittées', counted(newcomers.length, 'inscription')],
        ['perdues ou incomplètes', '0'],
        ['séances surréservées', '0'],
        ['lectures différentes d’une reconstruction', '0'],
        ['redémarrage le plus long, lectures à jour', lasted(longestStartMs)],
      ],
    });
  });
});
