import { status, type ServerReadableStream, type sendUnaryData } from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { nameOf, proposed, sizeOf } from './batchAppendCall.ts';
import {
  accessDenied,
  alone,
  isStranger,
  notLeader,
  rpcError,
  streamDeleted,
  type Node,
} from './node.ts';
import type { Expected, Outcome, Proposed } from './serverLog.ts';

type Request = InstanceType<typeof streams.AppendReq>;
type Response = InstanceType<typeof streams.AppendResp>;

/** Append: one append by call, its events one by one. The client uses it when it gives credentials with an append. */
export function appendCall(node: Node) {
  return (call: ServerReadableStream<Request, Response>, answer: sendUnaryData<Response>): void => {
    const { log, faults, settings } = node;
    const events: Proposed[] = [];
    let stream = '';
    let expected: Expected = 'any';
    call.on('data', (request: Request) => {
      const options = request.getOptions();
      if (options) {
        stream = nameOf(options.getStreamIdentifier()?.getStreamName_asU8());
        expected = expectedOf(options);
      }
      const message = request.getProposedMessage();
      if (message) events.push(proposed(message));
    });
    call.on('error', () => undefined);
    call.on('end', () => {
      if (faults.hanging) return;
      faults.seen.appends += 1;
      if (faults.denied || isStranger(node, call)) return answer(accessDenied());
      const elsewhere = alone(node) ?? notLeader(node, call);
      if (elsewhere) return answer(elsewhere);
      const maximum = settings.maxAppendSize;
      if (events.reduce((sum, event) => sum + sizeOf(event), 0) > maximum)
        return answer(
          rpcError(status.INVALID_ARGUMENT, `Maximum Append Size of ${maximum} Exceeded.`, {
            exception: 'maximum-append-size-exceeded',
            'maximum-append-size': `${maximum}`,
          }),
        );
      if (faults.take('lostAppends')) return node.dropConnections();
      const outcome = log.append(stream, events, expected);
      if (faults.take('lostAnswers')) return node.dropConnections();
      if (outcome.kind === 'deleted') return answer(streamDeleted(stream));
      const response = responseOf(outcome, expected);
      setTimeout(() => answer(null, response), faults.answerDelay);
    });
  };
}

function responseOf(outcome: Exclude<Outcome, { kind: 'deleted' }>, expected: Expected): Response {
  const response = new streams.AppendResp();
  if (outcome.kind === 'written') {
    const success = new streams.AppendResp.Success();
    success.setCurrentRevision(`${outcome.revision}`);
    if (outcome.position === undefined) success.setNoPosition(new shared.Empty());
    else {
      const position = new streams.AppendResp.Position();
      position.setCommitPosition(`${outcome.position}`);
      position.setPreparePosition(`${outcome.position}`);
      success.setPosition(position);
    }
    response.setSuccess(success);
    return response;
  }
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (outcome.current < 0) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(`${outcome.current}`);
  if (typeof expected === 'number') wrong.setExpectedRevision(`${expected}`);
  else if (expected === 'any') wrong.setExpectedAny(new shared.Empty());
  else if (expected === 'no-stream') wrong.setExpectedNoStream(new shared.Empty());
  else wrong.setExpectedStreamExists(new shared.Empty());
  response.setWrongExpectedVersion(wrong);
  return response;
}

function expectedOf(options: InstanceType<typeof streams.AppendReq.Options>): Expected {
  if (options.hasRevision()) return Number(options.getRevision());
  if (options.hasNoStream()) return 'no-stream';
  return options.hasStreamExists() ? 'stream-exists' : 'any';
}
