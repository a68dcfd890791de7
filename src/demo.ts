import 'reflect-metadata';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { localDateAt } from './domain/kernel/parisTime.ts';
import { loadTownCalendar } from './infrastructure/calendar/townCalendar.ts';
import { readConfiguration, type Configuration } from './infrastructure/config/configuration.ts';
import { parseTown } from './infrastructure/config/town.ts';
import { systemClock } from './infrastructure/systemClock.ts';
import { demoAccounts } from './interfaces/cli/demo/demoAccounts.ts';
import { demoCalendar } from './interfaces/cli/demo/demoCalendar.ts';
import { demoKeyIn } from './interfaces/cli/demo/demoDay.ts';
import { demoPlan } from './interfaces/cli/demo/demoPlan.ts';
import { fillDemoTown, isFilled } from './interfaces/cli/demo/fillDemoTown.ts';
import { progressBar } from './interfaces/cli/progressBar.ts';
import { demoSignIn } from './interfaces/web/demo/demoSignIn.ts';
import { defaultTown } from './interfaces/web/townIdentity.ts';
import { closeOnSignal, openPortal, type Portal } from './portal.ts';

/** The longest that the first start waits for the read models after the filling. */
const catchUpMs = 60_000;

function demoConfiguration(): Configuration {
  const defaults = {
    dataDirectory: join('portail-data', 'demo'),
    logLevel: 'warn',
    town: parseTown(JSON.stringify({ ...defaultTown, logo: undefined, schoolZone: 'C' })),
    ownMasterKeyFile: (directory: string) => join(directory, 'master.key'),
  } as const;
  const directory = process.env['PORTAIL_DATA'] ?? defaults.dataDirectory;
  if (process.argv.includes('--fresh')) rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return readConfiguration(process.env, defaults);
}

/** Fills the town on the first start, through the portal's own commands. */
async function fill(
  portal: Portal,
  { dataDirectory }: Configuration,
  calendar: Calendar,
): Promise<void> {
  const { services } = portal;
  const today = localDateAt(systemClock.now());
  const key = demoKeyIn(dataDirectory, { seed: 'vallee-du-lot', today });
  if (await isFilled(services, key)) return;
  process.stdout.write('Premier démarrage : la commune de démonstration s’installe…\n');
  const plan = demoPlan({ ...key, calendar });
  await fillDemoTown({ plan, commands: services, onProgress: progressBar(process.stdout) });
  const head = await services.events.head();
  if (head !== undefined) await services.readSide.waitFor(head, catchUpMs);
}

type Calendar = ReturnType<typeof demoCalendar>;

async function main(): Promise<void> {
  const configuration = demoConfiguration();
  const calendar = demoCalendar(loadTownCalendar({ zone: 'C', closures: [] }));
  const portal = await openPortal({
    configuration,
    calendar,
    town: defaultTown,
    demonstration: (context) => demoSignIn(context, demoAccounts),
  });
  closeOnSignal(portal);
  await fill(portal, configuration, calendar);
  const url = await portal.listen();
  process.stdout.write(`\nLe portail de démonstration répond sur ${url}\n`);
  for (const { id, name, detail } of demoAccounts)
    process.stdout.write(`  ${name}, ${detail} : ${url}/demo/entrer/${id}\n`);
  process.stdout.write('Ctrl+C pour l’arrêter.\n');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : 'Arrêt inattendu'}\n`);
  process.exit(1);
});
