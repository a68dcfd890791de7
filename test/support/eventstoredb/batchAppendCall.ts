import type { ServerDuplexStream } from '@grpc/grpc-js';
import googleCodes from '@eventstore/db-client/generated/code_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import statusMessages from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import { aloneWords, isStranger, notLeader, type Node } from './node.ts';
import type { Expected, Outcome, Proposed } from './serverLog.ts';

type Request = InstanceType<typeof streams.BatchAppendReq>;
type Response = InstanceType<typeof streams.BatchAppendResp>;
type Call = ServerDuplexStream<Request, Response>;

interface PendingWrite {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: Proposed[];
  readonly timer: NodeJS.Timeout | undefined;
  bytes: number;
}

const { Code } = googleCodes;
type Code = googleCodes.Code;

/** BatchAppend: any number of appends, in messages that carry their correlation id; answers come on one stream. */
export function batchAppendCall(node: Node) {
  return (call: Call): void => {
    const pending = new Map<string, PendingWrite>();
    const { log, faults, settings } = node;
    let stuck = false;

    const answer = (request: Request, stream: string, fill: (response: Response) => void): void => {
      const response = new streams.BatchAppendResp();
      response.setCorrelationId(request.getCorrelationId());
      const identifier = new shared.StreamIdentifier();
      identifier.setStreamName(Buffer.from(stream).toString('base64'));
      response.setStreamIdentifier(identifier);
      fill(response);
      const send = (): void => {
        if (!call.cancelled) call.write(response);
      };
      if (faults.answerDelay > 0) setTimeout(send, faults.answerDelay).unref();
      else send();
    };
    const refuse = (request: Request, stream: string, error: StatusMessage): void =>
      answer(request, stream, (response) => response.setError(error));

    const begin = (request: Request, correlation: string): void => {
      const options = request.getOptions();
      if (!options) return;
      const stream = nameOf(options.getStreamIdentifier()?.getStreamName_asU8());
      if (faults.denied || isStranger(node, call)) {
        const denied = new shared.AccessDenied();
        return refuse(request, stream, packed('AccessDenied', Code.PERMISSION_DENIED, denied));
      }
      // Without a deadline the server takes its own write timeout, which no request of one message comes near to.
      const left = (options.getDeadline()?.toDate().getTime() ?? Infinity) - Date.now();
      if (left <= 0) return refuse(request, stream, timedOut());
      const expire = (): void => {
        if (pending.delete(correlation)) refuse(request, stream, timedOut());
      };
      const timer =
        request.getIsFinal() || left > 1e9 ? undefined : setTimeout(expire, left).unref();
      pending.set(correlation, {
        stream,
        expected: expectedOf(options),
        events: [],
        timer,
        bytes: 0,
      });
    };

    const finish = (request: Request, { stream, events, expected }: PendingWrite): void => {
      const lost = aloneWords(node);
      if (lost !== undefined) return refuse(request, stream, packed(lost, Code.UNKNOWN));
      const elsewhere = notLeader(node, call);
      if (elsewhere) return void call.emit('error', elsewhere);
      if (faults.take('notReady'))
        return refuse(request, stream, packed('Server Is Not Ready', Code.UNKNOWN));
      if (faults.take('lostAppends')) return node.dropConnections();
      const outcome = log.append(stream, events, expected);
      if (faults.take('lostAnswers')) return node.dropConnections();
      if (faults.take('endedCalls')) return void call.end();
      if (faults.take('timeouts')) return refuse(request, stream, timedOut());
      answer(request, stream, (response) => fillOutcome(response, outcome, stream, expected));
    };

    call.on('data', (request: Request) => {
      stuck ||= faults.hanging;
      if (stuck) return;
      const correlation = request.getCorrelationId()?.getString() ?? '';
      begin(request, correlation);
      const write = pending.get(correlation);
      if (!write) return;
      for (const message of request.getProposedMessagesList()) {
        const event = proposed(message);
        if (sizeOf(event) > settings.maxAppendEventSize) {
          pending.delete(correlation);
          clearTimeout(write.timer);
          // The client doesn't know its details.
          const error = packed('MaximumAppendEventSizeExceeded', Code.INVALID_ARGUMENT, nothing);
          return refuse(request, write.stream, error);
        }
        write.events.push(event);
        write.bytes += sizeOf(event);
      }
      if (write.bytes > settings.maxAppendSize) {
        pending.delete(correlation);
        clearTimeout(write.timer);
        const exceeded = new shared.MaximumAppendSizeExceeded();
        exceeded.setMaxappendsize(settings.maxAppendSize);
        const error = packed('MaximumAppendSizeExceeded', Code.INVALID_ARGUMENT, exceeded);
        return refuse(request, write.stream, error);
      }
      if (!request.getIsFinal()) return;
      pending.delete(correlation);
      clearTimeout(write.timer);
      faults.seen.appends += 1;
      finish(request, write);
    });
    call.on('error', () => undefined);
    call.on('end', () => call.end());
    call.on('cancelled', () => pending.clear());
  };
}

type StatusMessage = InstanceType<typeof statusMessages.Status>;

interface Packable {
  serializeBinary(): Uint8Array;
}

const nothing: Packable = { serializeBinary: () => new Uint8Array() };

/** A google.rpc.Status whose details are a message of the server's; an empty one when there is nothing to say. */
function packed(message: string, code: Code, details?: Packable): StatusMessage {
  const wrapped = new any.Any();
  const name = details ? `event_store.client.${message}` : 'google.protobuf.Empty';
  wrapped.pack((details ?? new empty.Empty()).serializeBinary(), name);
  const status = new statusMessages.Status();
  status.setMessage(message);
  status.setCode(code);
  status.setDetails(wrapped);
  return status;
}

const timedOut = (): StatusMessage =>
  packed('Timeout', Code.DEADLINE_EXCEEDED, new shared.Timeout());

function fillOutcome(
  response: Response,
  outcome: Outcome,
  stream: string,
  expected: Expected,
): void {
  if (outcome.kind === 'written') {
    const success = new streams.BatchAppendResp.Success();
    success.setCurrentRevision(`${outcome.revision}`);
    if (outcome.position === undefined) success.setNoPosition(new empty.Empty());
    else {
      const position = new shared.AllStreamPosition();
      position.setCommitPosition(`${outcome.position}`);
      position.setPreparePosition(`${outcome.position}`);
      success.setPosition(position);
    }
    response.setSuccess(success);
    return;
  }
  if (outcome.kind === 'deleted') {
    const details = new shared.StreamDeleted();
    const identifier = new shared.StreamIdentifier();
    identifier.setStreamName(Buffer.from(stream).toString('base64'));
    details.setStreamIdentifier(identifier);
    response.setError(packed('StreamDeleted', Code.NOT_FOUND, details));
    return;
  }
  const wrong = new shared.WrongExpectedVersion();
  if (outcome.current < 0) wrong.setCurrentNoStream(new empty.Empty());
  else wrong.setCurrentStreamRevision(`${outcome.current}`);
  if (typeof expected === 'number') wrong.setExpectedStreamPosition(`${expected}`);
  else if (expected === 'any') wrong.setExpectedAny(new empty.Empty());
  else if (expected === 'no-stream') wrong.setExpectedNoStream(new empty.Empty());
  else wrong.setExpectedStreamExists(new empty.Empty());
  response.setError(packed('WrongExpectedVersion', Code.ALREADY_EXISTS, wrong));
}

interface ProposedMessage {
  getId(): { getString(): string } | undefined;
  getMetadataMap(): { get(key: string): string | undefined };
  getData_asU8(): Uint8Array;
  getCustomMetadata_asU8(): Uint8Array;
}

/** An event as a client proposes it, in either kind of append. */
export function proposed(message: ProposedMessage): Proposed {
  const described = message.getMetadataMap();
  return {
    id: message.getId()?.getString() ?? '',
    type: described.get('type') ?? '',
    isJson: described.get('content-type') === 'application/json',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

/** Event.SizeOnDisk: what the limit of an append counts. */
export const sizeOf = ({ data, metadata, type }: Proposed): number =>
  data.length + metadata.length + 2 * type.length;

export const nameOf = (bytes: Uint8Array | undefined): string =>
  Buffer.from(bytes ?? []).toString('utf8');

function expectedOf(options: InstanceType<typeof streams.BatchAppendReq.Options>): Expected {
  if (options.hasStreamPosition()) return Number(options.getStreamPosition());
  if (options.hasNoStream()) return 'no-stream';
  return options.hasStreamExists() ? 'stream-exists' : 'any';
}
