import { plainToInstance } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  validateSync,
} from 'class-validator';
import { readFileSync } from 'node:fs';
import { MasterKey } from '../crypto/masterKey.ts';
import type { SharedServers } from '../distributed/sharedServers.ts';
import { parseTown, type Town } from './town.ts';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** The environment variables that the portal reads; README lists them. */
class Environment {
  @IsString()
  @IsNotEmpty({ message: 'indiquez une adresse, par exemple 127.0.0.1' })
  PORTAIL_HOST = '127.0.0.1';

  @IsInt({ message: 'indiquez un numéro de port' })
  @Min(0, { message: 'un port va de 0 à 65535' })
  @Max(65_535, { message: 'un port va de 0 à 65535' })
  PORTAIL_PORT = 3000;

  @IsString()
  @IsNotEmpty({ message: 'indiquez le dossier des données' })
  PORTAIL_DATA = 'portail-data';

  @IsOptional()
  @IsString()
  PORTAIL_MASTER_KEY?: string;

  @IsOptional()
  @IsString()
  PORTAIL_MASTER_KEY_FILE?: string;

  @IsOptional()
  @IsString()
  PORTAIL_TOWN?: string;

  @IsOptional()
  @IsUrl(
    { require_tld: false, protocols: ['http', 'https'], require_protocol: true },
    { message: 'indiquez l’adresse publique du portail, avec https://' },
  )
  PORTAIL_PUBLIC_URL?: string;

  @IsIn(['sqlite', 'eventstoredb'], { message: 'choisissez sqlite ou eventstoredb' })
  PORTAIL_EVENTS: 'sqlite' | 'eventstoredb' = 'sqlite';

  @IsIn(['sqlite', 'mongodb'], { message: 'choisissez sqlite ou mongodb' })
  PORTAIL_READ_MODELS: 'sqlite' | 'mongodb' = 'sqlite';

  @IsOptional()
  @Matches(/^esdb(\+discover)?:\/\/\S+$/, {
    message: 'indiquez une adresse d’EventStoreDB, par exemple esdb://serveur:2113',
  })
  PORTAIL_EVENTSTORE_URL?: string;

  @IsOptional()
  @IsString()
  PORTAIL_EVENTSTORE_USER?: string;

  @IsOptional()
  @IsString()
  PORTAIL_EVENTSTORE_PASSWORD?: string;

  @IsOptional()
  @IsString()
  PORTAIL_EVENTSTORE_PASSWORD_FILE?: string;

  @IsOptional()
  @Matches(/^mongodb(\+srv)?:\/\/[^/\s]+\/[^/?\s]+/, {
    message:
      'indiquez l’adresse de MongoDB et la base, par exemple mongodb://serveur:27017/portail',
  })
  PORTAIL_MONGODB_URL?: string;

  @IsOptional()
  @Matches(/^[A-Za-z0-9._~+/=-]{16,}$/, {
    message: 'indiquez un jeton de 16 caractères au moins (openssl rand -hex 32)',
  })
  PORTAIL_METRICS_TOKEN?: string;

  @IsIn(logLevels, { message: `choisissez parmi ${logLevels.join(', ')}` })
  PORTAIL_LOG_LEVEL: LogLevel = 'info';
}

/** Where the portal keeps what it knows: in files of one machine, or on servers that several processes share. */
export type StoresConfiguration =
  { readonly kind: 'embedded' } | ({ readonly kind: 'distributed' } & SharedServers);

export interface Configuration {
  readonly stores: StoresConfiguration;
  readonly host: string;
  readonly port: number;
  readonly dataDirectory: string;
  readonly masterKey: MasterKey;
  readonly town: Town;
  /** Where families reach the portal; https makes cookies secure. */
  readonly publicUrl?: string;
  /** Who carries it may read `/metrics`; nobody without it. */
  readonly metricsToken?: string;
  readonly logLevel: LogLevel;
}

/** Every fault of the configuration, named at once. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  constructor(readonly faults: readonly string[]) {
    super(
      `La configuration est à revoir\u00a0:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    );
  }
}

export interface ConfigurationDefaults {
  /** Where the demo makes its own master key; production has no such default. */
  readonly ownMasterKeyFile?: (dataDirectory: string) => string;
  readonly dataDirectory?: string;
  readonly logLevel?: LogLevel;
  /** The demo's own town. */
  readonly town?: Town;
  /** What else must be mended in the town's file, in French: what only the pages can judge. */
  readonly townFaults?: (town: Town) => readonly string[];
}

function attempt<T>(name: string, faults: string[], make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    faults.push(`${name}\u00a0: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

/** The data directory that the environment names; an empty setting is none. */
export const dataDirectoryIn = (
  { PORTAIL_DATA: given }: Readonly<Record<string, string | undefined>>,
  otherwise = 'portail-data',
): string => (given === undefined || given === '' ? otherwise : given);

/** Reads and checks the whole configuration. Throws ConfigurationError with every fault. */
export function readConfiguration(
  variables: Readonly<Record<string, string | undefined>>,
  defaults: ConfigurationDefaults = {},
): Configuration {
  const given = Object.fromEntries(
    Object.entries(variables).filter(
      ([name, value]) => name.startsWith('PORTAIL_') && value !== '',
    ),
  );
  if (defaults.dataDirectory !== undefined) given['PORTAIL_DATA'] ??= defaults.dataDirectory;
  if (defaults.logLevel !== undefined) given['PORTAIL_LOG_LEVEL'] ??= defaults.logLevel;
  const port = given['PORTAIL_PORT'];
  const plain = { ...given, ...(port === undefined ? {} : { PORTAIL_PORT: Number(port) }) };
  const environment = plainToInstance(Environment, plain, { exposeDefaultValues: true });
  const faults = validateSync(environment, {
    whitelist: true,
    forbidNonWhitelisted: true,
    stopAtFirstError: true,
  }).map(({ property, constraints = {} }) => {
    const unknown = 'whitelistValidation' in constraints;
    const why = unknown ? 'ce réglage n’existe pas' : Object.values(constraints).join(', ');
    return `${property}\u00a0: ${why}`;
  });

  const key = attempt('PORTAIL_MASTER_KEY', faults, () => masterKeyOf(environment, defaults));
  const town = attempt('PORTAIL_TOWN', faults, () => {
    const { PORTAIL_TOWN: file } = environment;
    if (file !== undefined) return parseTown(readFileSync(file, 'utf8'));
    if (defaults.town) return defaults.town;
    throw new RangeError(
      'indiquez le fichier qui décrit la commune (voir data/vallee-du-lot.json)',
    );
  });
  if (town)
    for (const fault of defaults.townFaults?.(town) ?? [])
      faults.push(`PORTAIL_TOWN\u00a0: ${fault}`);
  const stores = attempt('PORTAIL_EVENTS', faults, () => storesOf(environment));
  if (faults.length > 0 || !key || !town || !stores) throw new ConfigurationError(faults);
  const { PORTAIL_PUBLIC_URL: publicUrl, PORTAIL_METRICS_TOKEN: metricsToken } = environment;
  return {
    host: environment.PORTAIL_HOST,
    port: environment.PORTAIL_PORT,
    dataDirectory: environment.PORTAIL_DATA,
    stores,
    masterKey: key,
    town,
    logLevel: environment.PORTAIL_LOG_LEVEL,
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...(metricsToken === undefined ? {} : { metricsToken }),
  };
}

/** Both stores are of one kind: events on a server that several processes share want read models that they share. */
function storesOf(environment: Environment): StoresConfiguration {
  const { PORTAIL_EVENTS: events, PORTAIL_READ_MODELS: readModels } = environment;
  if (events === 'sqlite' && readModels === 'sqlite') return { kind: 'embedded' };
  if (events !== 'eventstoredb' || readModels !== 'mongodb')
    throw new RangeError(
      'PORTAIL_EVENTS et PORTAIL_READ_MODELS vont ensemble\u00a0: sqlite et sqlite, ou eventstoredb et mongodb',
    );
  const { PORTAIL_EVENTSTORE_URL: connectionString, PORTAIL_MONGODB_URL: mongoUrl } = environment;
  if (connectionString === undefined || mongoUrl === undefined)
    throw new RangeError('indiquez aussi PORTAIL_EVENTSTORE_URL et PORTAIL_MONGODB_URL');
  const { PORTAIL_EVENTSTORE_USER: username, PORTAIL_EVENTSTORE_PASSWORD_FILE: file } = environment;
  const password =
    environment.PORTAIL_EVENTSTORE_PASSWORD ?? (file && readFileSync(file, 'utf8').trim());
  return {
    kind: 'distributed',
    mongoUrl,
    eventStore: {
      connectionString,
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
    },
  };
}

function masterKeyOf(environment: Environment, defaults: ConfigurationDefaults): MasterKey {
  const { PORTAIL_MASTER_KEY: text, PORTAIL_MASTER_KEY_FILE: file } = environment;
  if (text !== undefined) return MasterKey.parse(text);
  if (file !== undefined) return MasterKey.fromFile(file, { create: false });
  if (defaults.ownMasterKeyFile) {
    return MasterKey.fromFile(defaults.ownMasterKeyFile(environment.PORTAIL_DATA), {
      create: true,
    });
  }
  throw new RangeError(
    'il faut une clé maîtresse de 32 octets (openssl rand -base64 32), ici ou dans PORTAIL_MASTER_KEY_FILE',
  );
}
