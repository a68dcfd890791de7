#!/usr/bin/env node
import 'reflect-metadata';
import { acceptHistory } from './infrastructure/acceptHistory.ts';
import { loadTownCalendar } from './infrastructure/calendar/townCalendar.ts';
import {
  ConfigurationError,
  dataDirectoryIn,
  readConfiguration,
} from './infrastructure/config/configuration.ts';
import { verifyHistory } from './infrastructure/verifyHistory.ts';
import { checkTown } from './interfaces/web/checkTown.ts';
import { plural } from './interfaces/web/french/words.ts';
import { closeOnSignal, openPortal } from './portal.ts';

const usage = `Usage\u00a0:
  portail serve    démarre le portail (réglages\u00a0: variables PORTAIL_*, voir README)
  portail verify   vérifie que l’historique est entier et n’a pas été modifié
  portail accept   prend l’historique tel qu’il est, après la restauration d’une sauvegarde plus ancienne
`;

async function serve(): Promise<void> {
  const configuration = readConfiguration(process.env, { townFaults: checkTown });
  const { town } = configuration;
  const calendar = loadTownCalendar({
    zone: town.schoolZone,
    closures: town.closures,
    ...(town.publicHolidays === undefined ? {} : { publicHolidayRegion: town.publicHolidays }),
  });
  const portal = await openPortal({ configuration, town, calendar });
  closeOnSignal(portal);
  const url = await portal.listen();
  // Told once pages can be read: whoever reads the address may open it.
  const words = (await portal.ready())
    ? `Le portail répond sur ${url}`
    : `Le portail écoute sur ${url}, mais n’est pas encore prêt\u00a0: ${url}/ready dit ce qui manque`;
  process.stdout.write(`${words}\n`);
}

async function verify(): Promise<void> {
  const directory = dataDirectoryIn(process.env);
  const { streams, events, faults } = await verifyHistory(directory);
  for (const fault of faults) process.stdout.write(`${fault}\n`);
  const counts = [plural(streams, 'flux', 'flux'), plural(events, 'événement')];
  process.stdout.write(`${[...counts, plural(faults.length, 'anomalie')].join(', ')}\n`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

async function accept(): Promise<void> {
  const { dataDirectory, masterKey } = readConfiguration(process.env);
  await acceptHistory(dataDirectory, masterKey);
  process.stdout.write('Le portail repart de l’historique tel qu’il est.\n');
}

const commands = new Map([
  ['serve', serve],
  ['verify', verify],
  ['accept', accept],
]);

async function main(): Promise<void> {
  const command = commands.get(process.argv[2] ?? '');
  if (command) return command();
  process.stdout.write(usage);
  process.exitCode = 2;
}

main().catch((error: unknown) => {
  const known = error instanceof ConfigurationError || error instanceof Error;
  process.stderr.write(`${known ? error.message : 'Arrêt inattendu'}\n`);
  process.exit(1);
});
