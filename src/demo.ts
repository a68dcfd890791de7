import 'reflect-metadata';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { localDateAt } from './domain/kernel/parisTime.ts';
import { loadTownCalendar } from './infrastructure/calendar/townCalendar.ts';
import {
  dataDirectoryIn,
  readConfiguration,
  type Configuration,
} from './infrastructure/config/configuration.ts';
import { parseTown } from './infrastructure/config/town.ts';
import { lockDataDirectory } from './infrastructure/sqlite/dataDirectoryLock.ts';
import { systemClock } from './infrastructure/systemClock.ts';
import { demoAccounts } from './interfaces/cli/demo/demoAccounts.ts';
import { demoCalendar } from './interfaces/cli/demo/demoCalendar.ts';
import { demoKeyIn } from './interfaces/cli/demo/demoDay.ts';
import { demoPlan, type DemoKey } from './interfaces/cli/demo/demoPlan.ts';
import { fillDemoTown, isFilled } from './interfaces/cli/demo/fillDemoTown.ts';
import { removeDemoTown } from './interfaces/cli/demo/freshTown.ts';
import { progressBar } from './interfaces/cli/progressBar.ts';
import { demoSignIn } from './interfaces/web/demo/demoSignIn.ts';
import { defaultTown } from './interfaces/web/townIdentity.ts';
import { closeOnSignal, openPortal, type Portal } from './portal.ts';

/** The longest that the first start waits for the read models after the filling. */
const catchUpMs = 60_000;

/** Settles in the data directory, first of all, then reads the configuration: it makes a key there. */
function settle(): { readonly configuration: Configuration; readonly key: DemoKey } {
  const defaults = {
    dataDirectory: join('portail-data', 'demo'),
    logLevel: 'warn',
    town: parseTown(JSON.stringify({ ...defaultTown, logo: undefined, schoolZone: 'C' })),
    ownMasterKeyFile: (directory: string) => join(directory, 'master.key'),
  } as const;
  const directory = dataDirectoryIn(process.env, defaults.dataDirectory);
  if (process.argv.includes('--fresh')) removeDemoTown(directory, lockDataDirectory);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const today = localDateAt(systemClock.now());
  const key = demoKeyIn(directory, { seed: 'vallee-du-lot', today });
  return { configuration: readConfiguration(process.env, defaults), key };
}

/** Fills the town on the first start, through the portal's own commands. */
async function fill({ services }: Portal, key: DemoKey, calendar: Calendar): Promise<void> {
  if (await isFilled(services, key)) return;
  process.stdout.write('Premier démarrage : la commune de démonstration s’installe…\n');
  const plan = demoPlan({ ...key, calendar });
  await fillDemoTown({ plan, commands: services, onProgress: progressBar(process.stdout) });
  const head = await services.events.head();
  if (head !== undefined) await services.readSide.waitFor(head, catchUpMs);
}

type Calendar = ReturnType<typeof demoCalendar>;

async function main(): Promise<void> {
  const { configuration, key } = settle();
  const calendar = demoCalendar(loadTownCalendar({ zone: 'C', closures: [] }));
  const portal = await openPortal({
    configuration,
    calendar,
    town: defaultTown,
    demonstration: (context) => demoSignIn(context, demoAccounts),
  });
  closeOnSignal(portal);
  await fill(portal, key, calendar);
  const url = await portal.listen();
  await portal.ready();
  process.stdout.write(`\nLe portail de démonstration répond sur ${url}\n`);
  for (const { id, name, detail } of demoAccounts)
    process.stdout.write(`  ${name}, ${detail} : ${url}/demo/entrer/${id}\n`);
  process.stdout.write('Ctrl+C pour l’arrêter.\n');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : 'Arrêt inattendu'}\n`);
  process.exit(1);
});
