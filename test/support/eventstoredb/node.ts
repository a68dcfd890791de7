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
  /** Servers before 23.10 never say that a subscription has caught up. */
  readonly saysCaughtUp: boolean;
  /** Bytes that one append may hold. */
  readonly maxAppendSize: number;
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

/** The answer of a follower to a call that must go to the leader; undefined where the call may go on. */
export function notLeader(
  node: Node,
  call: { readonly metadata: Metadata },
): ServiceError | undefined {
  const leader = node.leaderElsewhere();
  if (!leader || call.metadata.get('requires-leader')[0] !== 'true') return undefined;
  node.faults.seen.redirected += 1;
  return rpcError(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': leader.host,
    'leader-endpoint-port': `${leader.port}`,
  });
}
