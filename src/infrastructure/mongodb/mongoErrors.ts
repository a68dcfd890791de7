import {
  MongoBulkWriteError,
  MongoClientClosedError,
  MongoError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoOperationTimeoutError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
  MongoWriteConcernError,
} from 'mongodb';
import { StoreUnavailableError } from '../../application/ports/eventStore.ts';

const DUPLICATE_KEY = 11_000;

/**
 * Codes by which a server says « not now »: no primary, shutting down, out of time, or a majority that did not answer.
 * See src/mongo/base/error_codes.yml of MongoDB: HostUnreachable, HostNotFound, NetworkTimeout, ShutdownInProgress,
 * PrimarySteppedDown, ExceededTimeLimit, SocketException, NotWritablePrimary, InterruptedAtShutdown,
 * InterruptedDueToReplStateChange, NotPrimaryNoSecondaryOk, NotPrimaryOrSecondary, MaxTimeMSExpired,
 * WriteConcernFailed.
 */
const NOT_NOW = new Set([
  6, 7, 50, 64, 89, 91, 189, 262, 9001, 10_058, 10_107, 11_600, 11_602, 13_435, 13_436,
]);
/** Errors of the connection pool, which the driver does not export. */
const POOL = new Set(['MongoWaitQueueTimeoutError', 'MongoPoolClosedError']);
/** Errors of a socket that the driver lets through as they are, when the server went away between two requests. */
const SOCKET = new Set([
  'EPIPE',
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'ETIMEDOUT',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
  'ERR_SOCKET_CLOSED',
]);
const RETRYABLE = ['RetryableWriteError', 'RetryableError', 'TransientTransactionError'];

/** Somebody inserted that id first. */
export const isDuplicateKey = (error: unknown): boolean =>
  error instanceof MongoServerError && error.code === DUPLICATE_KEY;

/**
 * Indexes of the documents that an unordered insertMany found there already; throws the error when anything else
 * went wrong too.
 */
export function duplicatesIn(error: unknown): readonly number[] {
  if (!(error instanceof MongoBulkWriteError)) throw error;
  const failures = [error.writeErrors].flat();
  const onlyDuplicates =
    failures.length > 0 && failures.every(({ code }) => code === DUPLICATE_KEY);
  if (!onlyDuplicates || error.result.getWriteConcernError()) throw error;
  return failures.map(({ index }) => index);
}

/**
 * Runs one piece of work on the server. What a later try may mend becomes StoreUnavailableError; its message holds the
 * kind of error alone, since the driver's may quote addresses, and documents.
 */
export async function answering<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isPassing(error)) throw error;
    throw new StoreUnavailableError(`the MongoDB server does not answer (${kindOf(error)})`);
  }
}

const isOfSocket = (error: unknown): error is Error & { readonly code: string } =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  SOCKET.has(error.code);

function isPassing(error: unknown): error is MongoError | (Error & { readonly code: string }) {
  if (
    isOfSocket(error) ||
    error instanceof MongoNetworkError ||
    error instanceof MongoServerSelectionError ||
    error instanceof MongoOperationTimeoutError ||
    error instanceof MongoNotConnectedError ||
    error instanceof MongoClientClosedError ||
    error instanceof MongoTopologyClosedError ||
    error instanceof MongoWriteConcernError
  )
    return true;
  if (error instanceof MongoBulkWriteError && error.result.getWriteConcernError()) return true;
  if (!(error instanceof MongoError)) return false;
  const { code, name } = error;
  if (POOL.has(name) || RETRYABLE.some((label) => error.hasErrorLabel(label))) return true;
  return typeof code === 'number' && NOT_NOW.has(code);
}

const kindOf = ({ name, code }: Error & { readonly code?: number | string }): string =>
  code === undefined ? name : `${name} ${code}`;
