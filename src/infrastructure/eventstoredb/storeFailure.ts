import {
  AccessDeniedError,
  convertToCommandError,
  isCommandError,
  MaxAppendSizeExceededError,
  StreamDeletedError,
} from '@eventstore/db-client';
import { StoreUnavailableError } from '../../application/ports/eventStore.ts';

/** gRPC's INVALID_ARGUMENT: what the server would refuse again. */
const INVALID = 3;

/**
 * A failure that trying again does not mend: rights, a stream deleted by an operator, a position of another log. The
 * caller is told that the store is unavailable, as it is until someone acts.
 */
export class FinalStoreError extends StoreUnavailableError {}

/** The node knows no leader, or may not lead any more; the call itself goes on. Another node may know better. */
export class LeaderlessError extends StoreUnavailableError {}

/**
 * Whether a node says so. The client takes no notice where it stands within an answer to an append, nor where a read
 * fails with it, whose status is then "unknown".
 */
export const saysLeaderless = (text: string | undefined): boolean =>
  text !== undefined && /Server Is Not Ready|No leader info available/.test(text);

/** What a call failed with, in the port's words. The server's own text names addresses and streams, never secrets. */
export function storeFailure(error: unknown): StoreUnavailableError {
  if (error instanceof StoreUnavailableError) return error;
  const failure = error instanceof Error ? convertToCommandError(error) : new Error(String(error));
  const text = `EventStoreDB: ${failure.message || failure.name}`;
  return isFinal(failure)
    ? new FinalStoreError(text, { cause: failure })
    : new StoreUnavailableError(text, { cause: failure });
}

const isFinal = (failure: Error): boolean =>
  failure instanceof AccessDeniedError ||
  failure instanceof StreamDeletedError ||
  failure instanceof MaxAppendSizeExceededError ||
  (isCommandError(failure) && Number(failure.code) === INVALID);
