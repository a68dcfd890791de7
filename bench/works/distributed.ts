import { join } from 'node:path';
import type { NotMeasured, WorkReport } from '../figures.ts';
import { inTemporaryDirectory } from '../temporaryDirectory.ts';
import { writeHistory } from '../town/writeHistory.ts';
import { distributedBookings } from './distributedBookings.ts';
import { besideBare, distributedProjection, shareOfCommits } from './distributedProjection.ts';
import { getMongoServer, openBenchMongo } from './mongoServer.ts';
import { agendaEvents } from './projectedAgenda.ts';

/** What a live projection takes in at once when it is behind (src/application/projections/liveBuild.ts). */
const fullBatch = 2_000;

const full = {
  bookings: { rounds: 7, children: 640, warmUp: 20_000, bookings: 12_800 },
  history: { children: 2_000, events: 60_000 },
  behind: { rounds: 7, events: 12_000, perCommit: fullBatch },
  rebuild: { rounds: 7, events: 60_000, perCommit: 60_000 },
  steady: { rounds: 5, events: 3_000, perCommit: 100 },
};
const small: typeof full = {
  bookings: { rounds: 2, children: 40, warmUp: 640, bookings: 640 },
  history: { children: 400, events: 6_000 },
  behind: { rounds: 2, events: 4_000, perCommit: fullBatch },
  rebuild: { rounds: 2, events: 6_000, perCommit: 6_000 },
  steady: { rounds: 2, events: 500, perCommit: 100 },
};

/** The same portal on the stores of several processes, each beside its client alone. */
export const distributed = (short: boolean): Promise<WorkReport> =>
  inTemporaryDirectory(async (folder) => {
    const sizes = short ? small : full;
    const bookings = await distributedBookings(join(folder, 'keys'), sizes.bookings);
    const projections = await projected(join(folder, 'history'), sizes);
    return {
      work: 'distributed',
      figures: [bookings.figure, ...projections.figures],
      notMeasured: projections.notMeasured,
      notes: [...bookings.notes, ...projections.notes],
    };
  });

const named = {
  behind: 'agenda documents, catching up',
  commits: 'agenda documents, commits of a rebuild',
  rebuild: 'agenda documents, whole rebuild',
  steady: 'agenda documents, 100 events a commit',
};

type Projections = Pick<WorkReport, 'figures' | 'notes'> & {
  readonly notMeasured: readonly NotMeasured[];
};

async function projected(directory: string, sizes: typeof full): Promise<Projections> {
  const mongo = await openBenchMongo();
  if (!mongo) {
    const notMeasured = Object.values(named).map((name) => ({ name, howTo: getMongoServer }));
    return { figures: [], notes: [], notMeasured };
  }
  try {
    await writeHistory(directory, sizes.history);
    const events = await agendaEvents(directory);
    const behind = await distributedProjection(mongo, events, sizes.behind);
    const rebuild = await distributedProjection(mongo, events, sizes.rebuild);
    const steady = await distributedProjection(mongo, events, sizes.steady);
    const goals = [{ kind: 'ofFloor', atLeast: 0.5 }] as const;
    const rest = Math.round(100 * (1 - shareOfCommits(rebuild)));
    return {
      figures: [
        besideBare(named.behind, behind.whole, behind, goals),
        besideBare(named.commits, rebuild.commits, rebuild, goals),
        besideBare(named.rebuild, rebuild.whole, rebuild, []),
        besideBare(named.steady, steady.whole, steady, []),
      ],
      notes: [
        `MongoDB's protocol is spoken by ${mongo.serverName}.`,
        `Catching up: ${behind.size}. Rebuild: ${rebuild.size}. 100 events a commit: ${steady.size}.`,
        `Decoding and folding events take ${rest} % of the rebuild's time; nothing of it asks the server.`,
      ],
      notMeasured: [],
    };
  } finally {
    await mongo.end();
  }
}
