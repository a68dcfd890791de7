import { randomUUID } from 'node:crypto';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type {
  BatchAppendReq,
  BatchAppendResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import {
  StoreUnavailableError,
  type EventToAppend,
  type ExpectedRevision,
  type Position,
  type Revision,
} from '../../application/ports/eventStore.ts';
import { FinalStoreError, LeaderlessError, saysLeaderless } from './storeFailure.ts';

/**
 * An append as one message. It names no deadline: that would be an instant of this process's clock, and a server whose
 * clock is ahead would refuse everything. The server gives an append up after its own write timeout.
 */
export function appendRequest(
  stream: string,
  events: readonly EventToAppend[],
  expected: ExpectedRevision,
): BatchAppendReq {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(stream));
  const options = new streams.BatchAppendReq.Options();
  options.setStreamIdentifier(identifier);
  if (typeof expected === 'bigint') options.setStreamPosition(`${expected}`);
  else if (expected === 'no-stream') options.setNoStream(new empty.Empty());
  else if (expected === 'stream-exists') options.setStreamExists(new empty.Empty());
  else options.setAny(new empty.Empty());

  const request = new streams.BatchAppendReq();
  request.setOptions(options);
  request.setProposedMessagesList(events.map(proposedMessage));
  request.setIsFinal(true);
  return request;
}

/** Gives the request a correlation id of its own, so that answers to an earlier sending are not taken for its. */
export function correlate(request: BatchAppendReq): string {
  const id = randomUUID();
  request.setCorrelationId(uuid(id));
  return id;
}

/** JSON in the server's own UI, byte for byte as given: nothing here parses it. */
function proposedMessage({ id, type, data, metadata }: EventToAppend) {
  const message = new streams.BatchAppendReq.ProposedMessage();
  message.setId(uuid(id));
  message.getMetadataMap().set('type', type).set('content-type', 'application/json');
  message.setData(Buffer.from(data));
  message.setCustomMetadata(Buffer.from(metadata));
  return message;
}

function uuid(id: string) {
  const message = new shared.UUID();
  message.setString(id);
  return message;
}

/** `position` is absent where the server recognised a repetition and doesn't remember where it stands. */
export type AppendAnswer =
  | {
      readonly kind: 'appended';
      readonly revision: Revision;
      readonly position: Position | undefined;
    }
  | { readonly kind: 'conflict'; readonly actual: Revision | 'no-stream' };

const details = (name: string): string => `event_store.client.${name}`;
/** What the server would answer again. */
const final = [
  'AccessDenied',
  'StreamDeleted',
  'MaximumAppendSizeExceeded',
  'MaximumAppendEventSizeExceeded',
  'BadRequest',
];

/**
 * Reads an answer. Throws StoreUnavailableError: what the server could not do; LeaderlessError: what another node may
 * do at once.
 */
export function appendAnswer(response: BatchAppendResp): AppendAnswer {
  const success = response.getSuccess();
  if (success) {
    const position = success.getPosition();
    return {
      kind: 'appended',
      revision: BigInt(success.getCurrentRevision()),
      position: position && BigInt(position.getCommitPosition()),
    };
  }
  const error = response.getError();
  const packed = error?.getDetails();
  if (packed?.getTypeName() === details('WrongExpectedVersion')) {
    const wrong = shared.WrongExpectedVersion.deserializeBinary(packed.getValue_asU8());
    const known = wrong.hasCurrentStreamRevision();
    return {
      kind: 'conflict',
      actual: known ? BigInt(wrong.getCurrentStreamRevision()) : 'no-stream',
    };
  }
  const text = `EventStoreDB refused the append: ${error?.getMessage() || 'no reason given'}`;
  if (saysLeaderless(error?.getMessage())) throw new LeaderlessError(text);
  const isFinal = final.some((name) => packed?.getTypeName() === details(name));
  throw isFinal ? new FinalStoreError(text) : new StoreUnavailableError(text);
}
