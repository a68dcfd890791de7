#!/usr/bin/env node
import 'reflect-metadata';
import { loadTownCalendar } from './infrastructure/calendar/townCalendar.ts';
import { ConfigurationError, readConfiguration } from './infrastructure/config/configuration.ts';
import { verifyHistory } from './infrastructure/verifyHistory.ts';
import { closeOnSignal, openPortal } from './portal.ts';

const usage = `Usage :
  portail serve    démarre le portail (réglages : variables PORTAIL_*, voir README)
  portail verify   vérifie que l’historique est entier et n’a pas été modifié
`;

async function serve(): Promise<void> {
  const configuration = readConfiguration(process.env);
  const { town } = configuration;
  const calendar = loadTownCalendar({
    zone: town.schoolZone,
    closures: town.closures,
    ...(town.publicHolidays === undefined ? {} : { publicHolidayRegion: town.publicHolidays }),
  });
  const portal = await openPortal({ configuration, town, calendar });
  closeOnSignal(portal);
  process.stdout.write(`Le portail répond sur ${await portal.listen()}\n`);
}

async function verify(): Promise<void> {
  const directory = process.env['PORTAIL_DATA'] ?? 'portail-data';
  const { streams, events, faults } = await verifyHistory(directory);
  for (const { stream, revision, fault } of faults)
    process.stdout.write(`${stream}, événement ${revision} : ${fault}\n`);
  process.stdout.write(`${streams} flux, ${events} événements, ${faults.length} anomalie(s)\n`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

const commands: Readonly<Record<string, () => Promise<void>>> = { serve, verify };

async function main(): Promise<void> {
  const command = commands[process.argv[2] ?? ''];
  if (command) return command();
  process.stdout.write(usage);
  process.exitCode = 2;
}

main().catch((error: unknown) => {
  const known = error instanceof ConfigurationError || error instanceof Error;
  process.stderr.write(`${known ? error.message : 'Arrêt inattendu'}\n`);
  process.exit(1);
});
