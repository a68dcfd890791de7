import Database from 'better-sqlite3';
import { StoreUnavailableError } from '../../application/ports/eventStore.ts';

/** Another process (or another instance in this one) writes in the data directory. The message is for the operator. */
export class DataDirectoryInUseError extends Error {
  override readonly name = 'DataDirectoryInUseError';
  constructor(readonly directory: string) {
    super(
      `Le dossier «\u00a0${directory}\u00a0» est déjà ouvert par un autre portail\u00a0: arrêtez-le, ou choisissez un autre dossier.`,
    );
  }
}

const refusals = {
  missing: 'n’existe pas ou plus',
  unreadable: 'ne peut pas être ouvert\u00a0: vérifiez les droits du dossier',
  foreign: 'n’est pas un fichier du portail, ou son début est abîmé. Rien n’y a été modifié',
  newer:
    'a été écrit par une version plus récente du portail\u00a0: mettez le portail à jour. Rien n’y a été modifié',
  damaged: 'est abîmé\u00a0: restaurez une sauvegarde. Rien n’y a été modifié',
  lost: 'n’existe plus ou est vide, alors que le fichier qui va avec lui, dans le même dossier, contient des données\u00a0: restaurez les deux ensemble. Rien n’a été modifié',
  unpaired:
    'ne va pas avec «\u00a0events.db\u00a0», à côté de lui\u00a0: ils viennent de deux dossiers ou de deux sauvegardes. Restaurez les deux ensemble. Rien n’y a été modifié',
  cut: 'est plus court que ce que le portail en avait noté\u00a0: ses derniers événements manquent. Restaurez une sauvegarde plus récente\u00a0; s’il n’y en a pas, «\u00a0portail accept\u00a0» le prend tel quel. Rien n’y a été modifié',
  fewer:
    'contient moins de clés que ce que le portail en avait noté\u00a0: les dernières manquent, et des personnes seraient illisibles. Restaurez une sauvegarde plus récente\u00a0; s’il n’y en a pas, «\u00a0portail accept\u00a0» le prend tel quel. Rien n’y a été modifié',
  rewritten:
    'ne contient pas le dernier événement que le portail en avait noté, mais un autre\u00a0: il a été modifié. Restaurez une sauvegarde\u00a0; s’il n’y en a pas, «\u00a0portail accept\u00a0» le prend tel quel. Rien n’y a été modifié',
  tampered:
    'a été modifié par un autre programme que le portail\u00a0: restaurez une sauvegarde. Rien n’y a été modifié',
} as const;

export type DataFileRefusal = keyof typeof refusals;

/** A data file that can't be used. It was left as it is. The message, for the operator, names it. */
export class DataFileRefusedError extends Error {
  override readonly name = 'DataFileRefusedError';
  constructor(
    readonly file: string,
    readonly reason: DataFileRefusal,
    options?: ErrorOptions,
  ) {
    super(`Le fichier «\u00a0${file}\u00a0» ${refusals[reason]}.`, options);
  }
}

/** What says nothing of the content of a file: it can't be got at. */
const notDamage: readonly DataFileRefusal[] = ['missing', 'unreadable', 'newer'];

/** Whether a data file was refused for what it holds. */
export const isDamage = (error: unknown): error is DataFileRefusedError =>
  error instanceof DataFileRefusedError && !notDamage.includes(error.reason);

type SqliteError = InstanceType<typeof Database.SqliteError>;

/** True for an error of SQLite, one whose code starts with one of these if any is named. */
export const isSqliteError = (error: unknown, ...codes: readonly string[]): error is SqliteError =>
  error instanceof Database.SqliteError &&
  (codes.length === 0 || codes.some((code) => error.code.startsWith(code)));

/** Runs work on a data file: what SQLite says of a damaged or unreachable file becomes a DataFileRefusedError. */
export function refusingBadFile<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const reason = refusalOf(cause);
    throw reason ? new DataFileRefusedError(file, reason, { cause }) : cause;
  }
}

/** What a caller of the open store is told: that its file is damaged, or else that it can't answer now. */
export function asStoreError(file: string, cause: unknown): unknown {
  if (!isSqliteError(cause)) return cause;
  return refusalOf(cause) === 'damaged'
    ? new DataFileRefusedError(file, 'damaged', { cause })
    : new StoreUnavailableError(`the event store can't answer: ${cause.message}`, { cause });
}

function refusalOf(error: unknown): DataFileRefusal | undefined {
  if (isSqliteError(error, 'SQLITE_CORRUPT')) return 'damaged';
  // Of tables that we made: damage has changed their names.
  if (isSqliteError(error, 'SQLITE_ERROR') && /^no such (column|table)/.test(error.message))
    return 'damaged';
  if (isSqliteError(error, 'SQLITE_NOTADB')) return 'foreign';
  const denied = ['SQLITE_CANTOPEN', 'SQLITE_PERM', 'SQLITE_READONLY'];
  return isSqliteError(error, ...denied) ? 'unreadable' : undefined;
}
