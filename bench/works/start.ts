import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { request } from 'undici';
import { projections } from '../../src/application/projections/all.ts';
import { addHours } from '../../src/domain/kernel/parisTime.ts';
import { systemClock } from '../../src/infrastructure/systemClock.ts';
import type { WorkReport } from '../figures.ts';
import { inTurns, median } from '../rounds.ts';
import { inTemporaryDirectory } from '../temporaryDirectory.ts';
import type { BenchFamily } from '../town/benchTown.ts';
import { tokens } from '../town/openTown.ts';
import { rebuildReadModels } from '../town/rebuildReadModels.ts';
import { writeHistory } from '../town/writeHistory.ts';
import { startPortal, until } from './portalProcess.ts';

const full = { rounds: 7, children: 10_000, events: 1_000_000 };
const small = { rounds: 2, children: 400, events: 15_000 };

/** From the start of the portal's process, on a data directory that has it all, to its first answers. */
export const start = (short: boolean): Promise<WorkReport> =>
  inTemporaryDirectory(async (folder) => {
    const { rounds, ...sizes } = short ? small : full;
    const directory = join(folder, 'data');
    const { families } = await writeHistory(directory, sizes);
    await rebuildReadModels(directory, projections);
    const [family] = families;
    if (!family) throw new RangeError('no family');
    const toPage: number[] = [];
    await firstAnswers(directory, family);
    const measured = await inTurns(rounds, {
      ours: async () => {
        const { ready, page } = await firstAnswers(directory, family);
        toPage.push(page);
        return ready;
      },
      floor: () => openingFile(join(directory, 'events.db')),
    });
    const floor = {
      name: 'a fresh process that opens the file with better-sqlite3 and reads one row',
      rounds: measured.floor,
    };
    const goals = [{ kind: 'itself', atMost: 2 }] as const;
    return {
      work: 'start',
      figures: [
        { name: 'to the first answer of /ready', unit: 's', rounds: measured.ours, floor, goals },
        { name: "to a family's agenda after it", unit: 's', rounds: toPage, floor, goals },
      ],
      notes: [
        `A log of ${sizes.events} events of bookings and their read models; the files are in the system's cache.`,
        `The page alone took ${Math.round(1_000 * median(toPage.map((s, n) => s - (measured.ours[n] ?? s))))} ms.`,
      ],
    };
  });

const since = (start: number): number => (performance.now() - start) / 1_000;

/** Seconds until `/ready` says yes, and until an agenda was shown. */
async function firstAnswers(
  directory: string,
  { family }: BenchFamily,
): Promise<{ readonly ready: number; readonly page: number }> {
  const begun = performance.now();
  const portal = startPortal(directory);
  const url = await portal.url;
  await until(async () => {
    const { statusCode, body } = await request(`${url}/ready`);
    await body.dump();
    return statusCode === 200;
  }, 5);
  const ready = since(begun);
  const { familyId, household } = family;
  const id = household.guardians[0]?.guardianId ?? familyId;
  const expiresAt = addHours(systemClock.now(), 1);
  const token = tokens.issue({ actor: { kind: 'guardian', id }, familyId }, expiresAt);
  const { statusCode, body } = await request(`${url}/reservations`, {
    headers: { cookie: `session=${token}` },
  });
  const html = await body.text();
  const page = since(begun);
  if (statusCode !== 200 || !html.includes('Réservations'))
    throw new Error(`the agenda was answered ${statusCode}`);
  await portal.stop();
  return { ready, page };
}

const readOneRow = `
  const Database = require('better-sqlite3');
  const database = new Database(process.argv[1], { readonly: true });
  database.prepare('SELECT * FROM events ORDER BY position DESC LIMIT 1').get();`;

async function openingFile(file: string): Promise<number> {
  const begun = performance.now();
  await promisify(execFile)(process.execPath, ['-e', readOneRow, file]);
  return since(begun);
}
