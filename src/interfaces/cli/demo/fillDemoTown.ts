import { isRejection } from '../../../domain/kernel/rejection.ts';
import { BookFilling } from './bookFilling.ts';
import { demoPeople, type DemoPeople } from './demoPeople.ts';
import type { DemoKey, DemoPlan } from './demoPlan.ts';
import { DemoRequests, type DemoCommands } from './demoRequests.ts';
import { dossierSteps, writePapers } from './dossierFilling.ts';
import { OrderedWork } from './orderedWork.ts';

export interface DemoProgress {
  readonly done: number;
  readonly total: number;
  /** What is being filled, for people to read. */
  readonly label: string;
}

export interface FillOptions {
  readonly commands: DemoCommands;
  readonly plan: DemoPlan;
  readonly onProgress?: (progress: DemoProgress) => void;
  /** Commands under way at once; 512 unless told. */
  readonly concurrency?: number;
}

/** What the demo town holds. */
export interface DemoTown {
  readonly families: number;
  readonly children: number;
  readonly activities: number;
  readonly bookings: number;
  readonly people: DemoPeople;
}

/** How many times progress is told. */
const tellings = 200;

/** True when the town of this plan was filled to the end. Reads one stream. */
export async function isFilled(
  { submissions, ids }: Pick<DemoCommands, 'submissions' | 'ids'>,
  key: DemoKey,
): Promise<boolean> {
  const { receiptId, request } = new DemoRequests(key, ids).last();
  return !isRejection(await submissions.receipt(receiptId, request));
}

/**
 * Fills a portal with a demo town, through its commands, as if everybody had acted at their moment. Killed half-way and
 * run again with the same plan it completes what is missing, and does nothing twice. Throws DemoPlanError when the
 * portal refuses what the plan asks: the plan is wrong, or the portal was begun with another one.
 */
export async function fillDemoTown(options: FillOptions): Promise<DemoTown> {
  const { plan, commands, onProgress, concurrency = 512 } = options;
  const { dossiers, acts } = plan;
  const town: DemoTown = {
    families: dossiers.families.length,
    children: dossiers.children.length,
    activities: dossiers.activities.length,
    bookings: plan.bookings,
    people: demoPeople,
  };
  if (await isFilled(commands, plan)) return town;

  const requests = new DemoRequests(plan, commands.ids);
  const steps = dossierSteps(dossiers, commands, requests);
  const total = steps.reduce((sum, { papers }) => sum + papers.length, acts.length);
  const often = Math.max(1, Math.floor(total / tellings));
  let done = 0;
  const count = (label: string) => () => {
    done += 1;
    if (done % often === 0 || done === total) onProgress?.({ done, total, label });
  };
  const work = new OrderedWork(concurrency);
  for (const { label, papers } of steps) await writePapers(papers, work, count(label));
  await new BookFilling(commands, requests).run(acts, work, count('Les réservations'));
  return town;
}
