import { join } from 'node:path';
import type { WorkReport } from '../figures.ts';
import { inTurns, median } from '../rounds.ts';
import { inTemporaryDirectory } from '../temporaryDirectory.ts';
import { writeHistory } from '../town/writeHistory.ts';
import { toldBy } from './childRun.ts';
import type { ReadingTold, RebuildTold } from './rebuildOnce.ts';

const script = 'rebuildOnce.js';
const full = { rounds: 3, children: 10_000, events: 1_000_000 };
const small = { rounds: 1, children: 400, events: 15_000 };

const secondsOf = ({ ms }: { readonly ms: number }): number => ms / 1_000;

/** The agenda built anew from the whole log, in a fresh process each time, by the runner that the portal uses. */
export const rebuild = (short: boolean): Promise<WorkReport> =>
  inTemporaryDirectory(async (folder) => {
    const { rounds, ...sizes } = short ? small : full;
    const directory = join(folder, 'data');
    await writeHistory(directory, sizes);
    // Also brings the file into the system's cache, for both.
    const { events, head } = await toldBy<ReadingTold>(script, ['read', directory]);
    const builds: RebuildTold[] = [];
    const measured = await inTurns(rounds, {
      ours: async () => {
        const build = await toldBy<RebuildTold>(script, ['rebuild', directory, String(head)]);
        builds.push(build);
        return events / secondsOf(build);
      },
      floor: async () => {
        const reading = await toldBy<ReadingTold>(script, ['read', directory]);
        return reading.events / secondsOf(reading);
      },
    });
    const floor = 'reading the same events from the same file and parsing their JSON';
    const memory = (of: 'rss' | 'held') =>
      [0, 1, 2, 3].map((quarter) => median(builds.map((build) => build[of][quarter] ?? NaN)));
    return {
      work: 'rebuild',
      figures: [
        {
          name: 'events into the agenda',
          unit: '/s',
          rounds: measured.ours,
          floor: { name: floor, rounds: measured.floor },
          goals: [{ kind: 'ofFloor', atLeast: 0.25 }],
        },
        {
          name: 'memory held more from 25 % to 100 % of the log',
          unit: 'MB',
          rounds: builds.map(({ held }) => Math.max(...held.slice(1)) - (held[0] ?? NaN)),
          goals: [{ kind: 'itself', atMost: 100 }],
        },
      ],
      notes: [
        `${events} events of ${sizes.children} children who book month by month, cancel, wait and are promoted.`,
        `At 25, 50, 75, 100 %: held ${memory('held').join(', ')} MB; process (RSS) ${memory('rss').join(', ')} MB.`,
      ],
    };
  });
