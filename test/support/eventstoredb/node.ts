import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import type { Faults } from './faults.ts';
import type { ServerLog } from './serverLog.ts';

/** What the calls of one server work with. */
export interface Node {
  readonly log: ServerLog;
  readonly faults: Faults;
  readonly settings: NodeSettings;
  /** Where the leader is, when it is another node. */
  leaderElsewhere(): { readonly host: string; readonly port: number } | undefined;
  /** Breaks every connection now. */
  readonly dropConnections: () => void;
}

export interface NodeSettings {
  /**
   * Servers since 24.2 say that a subscription has caught up, and send its checkpoint as it stands then. Those before
   * 23.10 say neither.
   */
  readonly saysCaughtUp: boolean;
  /** Servers before 22.6 don't tell the positions of events that are read from a stream. */
  readonly tellsPositions: boolean;
  /** Bytes that one append may hold, and one event of it (since 24.10). */
  readonly maxAppendSize: number;
  readonly maxAppendEventSize: number;
  /** Who may do anything; everybody may when undefined. */
  readonly user: { readonly name: string; readonly password: string } | undefined;
}

/** An error as the server sends it: a gRPC status, and trailers that the client recognises. */
export function rpcError(
  code: status,
  details: string,
  trailers: Readonly<Record<string, string>> = {},
): ServiceError {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return Object.assign(new Error(details), { code, details, metadata });
}

export const accessDenied = (): ServiceError =>
  rpcError(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });

export const streamDeleted = (stream: string): ServiceError =>
  rpcError(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });

export const invalidPosition = (): ServiceError =>
  rpcError(status.INVALID_ARGUMENT, 'Trying to read from an invalid position.');

/** Whether the call comes without the credentials that the server wants. */
export function isStranger({ settings: { user } }: Node, { metadata }: Called): boolean {
  if (!user) return false;
  const [told = ''] = metadata.get('authorization');
  return (
    told.toString() !== `Basic ${Buffer.from(`${user.name}:${user.password}`).toString('base64')}`
  );
}

interface Called {
  readonly metadata: Metadata;
}

/** The words of a node that is alone, in an answer to an append; undefined when it isn't. */
export const aloneWords = ({ faults: { alone } }: Node): string | undefined =>
  alone && (alone === 'not ready' ? 'Server Is Not Ready' : 'No leader info available in response');

/** Its answer to a read. */
export function alone(node: Node): ServiceError | undefined {
  const words = aloneWords(node);
  if (words === undefined) return undefined;
  return rpcError(node.faults.alone === 'not ready' ? status.UNAVAILABLE : status.UNKNOWN, words);
}

/** The answer of a follower to a call that must go to the leader; undefined where the call may go on. */
export function notLeader(node: Node, call: Called): ServiceError | undefined {
  const leader = node.leaderElsewhere();
  if (!leader || call.metadata.get('requires-leader')[0] !== 'true') return undefined;
  node.faults.seen.redirected += 1;
  return rpcError(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': leader.host,
    'leader-endpoint-port': `${leader.port}`,
  });
}
