import { status, type ServerWritableStream } from '@grpc/grpc-js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { nameOf } from './batchAppendCall.ts';
import {
  accessDenied,
  alone,
  invalidPosition,
  isStranger,
  notLeader,
  rpcError,
  streamDeleted,
  type Node,
} from './node.ts';
import {
  eventMessage,
  filterOf,
  streamNotFoundMessage,
  type ReadOptions,
  type ReadRequest,
  type ReadResponse,
} from './readMessages.ts';
import { sender } from './sender.ts';
import type { LogRecord } from './serverLog.ts';
import { subscribeToAll } from './subscription.ts';

const { BACKWARDS } = streams.ReadReq.Options.ReadDirection;

/** Read: a stream or $all, either way, or a subscription to $all. */
export function readCall(node: Node) {
  return (call: ServerWritableStream<ReadRequest, ReadResponse>): void => {
    call.on('error', () => undefined);
    if (node.faults.hanging) return;
    const options = call.request.getOptions();
    if (!options?.hasUuidOption())
      return void call.emit('error', rpcError(status.INVALID_ARGUMENT, 'uuidOption is required'));
    const refusal =
      node.faults.denied || isStranger(node, call)
        ? accessDenied()
        : (alone(node) ?? notLeader(node, call));
    if (refusal) return void call.emit('error', refusal);
    if (options.hasSubscription()) {
      if (options.hasStream())
        return void call.emit('error', rpcError(status.UNIMPLEMENTED, 'subscription to a stream'));
      void subscribeToAll(node, call, options);
    } else if (options.hasStream()) readStream(node, call, options);
    else readAll(node, call, options);
  };
}

function readStream(
  { log, faults, settings }: Node,
  call: ServerWritableStream<ReadRequest, ReadResponse>,
  options: ReadOptions,
): void {
  faults.seen.reads += 1;
  const wanted = options.getStream();
  const name = nameOf(wanted?.getStreamIdentifier()?.getStreamName_asU8());
  if (log.isDeleted(name)) return void call.emit('error', streamDeleted(name));
  const records = log.stream(name);
  if (!records) {
    call.write(streamNotFoundMessage(name));
    return void call.end();
  }
  const backwards = options.getReadDirection() === BACKWARDS;
  const last = records.length - 1;
  const told = wanted?.hasRevision() ? Number(wanted.getRevision()) : wanted?.hasEnd() ? last : 0;
  const count = Number(options.getCount());
  const found = backwards
    ? records.slice(Math.max(0, Math.min(told, last) + 1 - count), told + 1).reverse()
    : records.slice(told, told + count);
  void sendAll(call, found, settings.tellsPositions);
}

function readAll(
  { log, faults }: Node,
  call: ServerWritableStream<ReadRequest, ReadResponse>,
  options: ReadOptions,
): void {
  faults.seen.reads += 1;
  const all = options.getAll();
  const backwards = options.getReadDirection() === BACKWARDS;
  const told = all?.getPosition();
  const commit = told ? Number(told.getCommitPosition()) : all?.hasEnd() ? log.end : 0;
  if (!log.isBoundary(commit)) return void call.emit('error', invalidPosition());
  const passes = filterOf(options);
  const count = Number(options.getCount());
  const found: LogRecord[] = [];
  const step = backwards ? -1 : 1;
  let index = log.indexFrom(commit) + (backwards ? -1 : 0);
  let looked = 0;
  for (; found.length < count && looked <= faults.longestLook; index += step) {
    const record = log.records[index];
    if (!record) break;
    looked = passes(record) ? 0 : looked + 1;
    if (looked === 0) found.push(record);
  }
  void sendAll(call, found, true, looked <= faults.longestLook);
}

async function sendAll(
  call: ServerWritableStream<ReadRequest, ReadResponse>,
  records: readonly LogRecord[],
  tellsPositions: boolean,
  ends = true,
): Promise<void> {
  const send = sender(call);
  for (const record of records) if (!(await send(eventMessage(record, tellsPositions)))) return;
  if (ends) call.end();
}
