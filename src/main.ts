#!/usr/bin/env node
import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { acceptHistory } from './infrastructure/acceptHistory.ts';
import { loadTownCalendar } from './infrastructure/calendar/townCalendar.ts';
import {
  ConfigurationError,
  dataDirectoryIn,
  readConfiguration,
} from './infrastructure/config/configuration.ts';
import { FAULTS_FOUND } from './infrastructure/historyCheck.ts';
import type { MigrationProgress } from './infrastructure/migration/migrateStore.ts';
import { isDamage } from './infrastructure/sqlite/dataFileErrors.ts';
import { verifyHistory } from './infrastructure/verifyHistory.ts';
import { progressBar } from './interfaces/cli/progressBar.ts';
import { rulesCommand } from './interfaces/cli/rulesCommand.ts';
import { checkTown } from './interfaces/web/checkTown.ts';
import { plural } from './domain/kernel/french/words.ts';
import { closeOnSignal, openPortal } from './portal.ts';

const usage = `Usage\u00a0:
  portail serve    démarre le portail (réglages\u00a0: variables PORTAIL_*, voir README)
  portail verify   vérifie que l’historique est entier et n’a pas été modifié (code de sortie\u00a03 s’il ne l’est pas)
  portail accept   prend l’historique tel qu’il est, après la restauration d’une sauvegarde plus ancienne
  portail migrate-store --to eventstoredb|sqlite
                   copie l’historique et les clés du dossier vers EventStoreDB et MongoDB, ou l’inverse (portails arrêtés)
  portail rules validate FICHIER...        dit toutes les fautes d’un règlement écrit en données
  portail rules explain FICHIER            l’écrit en français
  portail rules check RÈGLEMENT... CAS     rejoue des cas résolus
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
  try {
    const { streams, events, faults } = await verifyHistory(directory);
    for (const fault of faults) process.stdout.write(`${fault}\n`);
    const counts = [plural(streams, 'flux', 'flux'), plural(events, 'événement')];
    process.stdout.write(`${[...counts, plural(faults.length, 'anomalie')].join(', ')}\n`);
    process.exitCode = faults.length === 0 ? 0 : FAULTS_FOUND;
  } catch (error) {
    // So damaged that the rest can't be read.
    if (!isDamage(error)) throw error;
    process.stdout.write(`${error.message}\n`);
    process.exitCode = FAULTS_FOUND;
  }
}

async function accept(): Promise<void> {
  const { dataDirectory, masterKey } = readConfiguration(process.env);
  await acceptHistory(dataDirectory, masterKey);
  process.stdout.write('Le portail repart de l’historique tel qu’il est.\n');
}

async function migrate(): Promise<void> {
  const [flag, to, ...more] = process.argv.slice(3);
  // Needs the clients of the servers, which a portal on its own files starts without.
  const { isMigrationTarget, migrateTo } = await import('./infrastructure/migration/migrateTo.ts');
  if (flag !== '--to' || !isMigrationTarget(to) || more.length > 0) return showUsage();
  // Both stores are read here, whichever of them the portal runs on.
  const { dataDirectory, masterKey, stores } = readConfiguration({
    ...process.env,
    PORTAIL_EVENTS: 'eventstoredb',
    PORTAIL_READ_MODELS: 'mongodb',
  });
  if (stores.kind === 'embedded') throw new Error('no servers are configured');
  process.stderr.write('Lecture et contrôle de la source…\n');
  const draw = progressBar(process.stderr);
  const onProgress = (progress: MigrationProgress): void => {
    draw(progress);
    if (progress.done === progress.total) process.stderr.write('Relecture de la copie…\n');
  };
  const places = { dataDirectory, masterKey, servers: stores };
  const { events, streams, keys, forgotten, resumedAfter } = await migrateTo(
    to,
    places,
    onProgress,
  );
  const counts = [
    plural(events, 'événement'),
    plural(streams, 'flux', 'flux'),
    plural(keys, 'clé'),
    plural(forgotten, 'personne effacée', 'personnes effacées'),
  ];
  const before = resumedAfter > 0 ? ` (dont ${plural(resumedAfter, 'événement')} déjà là)` : '';
  const settings =
    to === 'sqlite'
      ? 'PORTAIL_EVENTS=sqlite et PORTAIL_READ_MODELS=sqlite'
      : 'PORTAIL_EVENTS=eventstoredb et PORTAIL_READ_MODELS=mongodb';
  process.stdout.write(
    `${counts.join(', ')}\u00a0: la copie est vérifiée${before}. Démarrez le portail avec ${settings}.\n`,
  );
}

/** Needs neither the data nor a configuration: a town may try its rules anywhere. */
async function rules(): Promise<void> {
  const code = rulesCommand(process.argv.slice(3), {
    read: (file) => readFileSync(file, 'utf8'),
    print: (line) => void process.stdout.write(`${line}\n`),
    calendar: ({ municipality: { schoolZone, publicHolidays } }) =>
      loadTownCalendar({
        zone: schoolZone,
        closures: [],
        publicHolidayRegion: publicHolidays,
      }),
  });
  if (code === 2) showUsage();
  else process.exitCode = code;
}

function showUsage(): void {
  process.stdout.write(usage);
  process.exitCode = 2;
}

const commands = new Map([
  ['serve', serve],
  ['verify', verify],
  ['accept', accept],
  ['migrate-store', migrate],
  ['rules', rules],
]);

async function main(): Promise<void> {
  const command = commands.get(process.argv[2] ?? '');
  if (command) return command();
  showUsage();
}

main().catch((error: unknown) => {
  const known = error instanceof ConfigurationError || error instanceof Error;
  process.stderr.write(`${known ? error.message : 'Arrêt inattendu'}\n`);
  process.exit(1);
});
