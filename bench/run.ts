import { fork } from 'node:child_process';
import { once } from 'node:events';
import { bundleFolder, bundleWorks } from './bundle.ts';
import { checkOutcome } from './check.ts';
import type { WorkReport } from './figures.ts';
import { parseOptions, usage, type WorkName } from './options.ts';
import { writeResult } from './results.ts';
import { startFlags } from './startFlags.ts';
import { reportTable } from './table.ts';

const resultsFolder = 'bench/results';

/** Runs one work in a process of its own and waits for its figures. Throws when it ends without any. */
async function measure(name: WorkName, short: boolean): Promise<WorkReport> {
  const child = fork(`${bundleFolder}/workProcess.js`, [name, short ? 'short' : 'full'], {
    execArgv: [...startFlags(), ...process.execArgv.filter((arg) => arg.startsWith('--cpu'))],
  });
  let report: WorkReport | undefined;
  child.on('message', (message) => {
    report = message as WorkReport;
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0 || !report) throw new Error(`the work ${name} failed`);
  return report;
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (!options) {
    console.error(usage);
    process.exitCode = 2;
    return;
  }
  const { works, short, check } = options;
  await bundleWorks();
  const reports: WorkReport[] = [];
  for (const name of works) {
    const report = await measure(name, short);
    reports.push(report);
    console.log(`\n${reportTable(report)}`);
    if (!short) writeResult(resultsFolder, report, new Date());
  }
  if (!check) return;
  const { exitCode, lines } = checkOutcome(reports, options);
  console.log(`\n${lines.join('\n')}`);
  process.exitCode = exitCode;
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
