import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { LogRecord } from './serverLog.ts';

export type ReadRequest = InstanceType<typeof streams.ReadReq>;
export type ReadOptions = InstanceType<typeof streams.ReadReq.Options>;
export type ReadResponse = InstanceType<typeof streams.ReadResp>;

/** Position.FromInt64: the server's -1 on the wire. */
const UNKNOWN = `${2n ** 64n - 1n}`;

export function eventMessage(record: LogRecord, tellsPosition = true): ReadResponse {
  const position = tellsPosition ? `${record.position}` : UNKNOWN;
  const id = new shared.UUID();
  id.setString(record.id);
  const event = new streams.ReadResp.ReadEvent.RecordedEvent();
  event.setId(id);
  event.setStreamIdentifier(identifierOf(record.stream));
  event.setStreamRevision(`${record.revision}`);
  event.setCommitPosition(position);
  event.setPreparePosition(position);
  event.getMetadataMap().set('type', record.type);
  event.getMetadataMap().set('created', record.created);
  event
    .getMetadataMap()
    .set('content-type', record.isJson ? 'application/json' : 'application/octet-stream');
  event.setData(record.data);
  event.setCustomMetadata(record.metadata);
  const read = new streams.ReadResp.ReadEvent();
  read.setEvent(event);
  if (tellsPosition) read.setCommitPosition(position);
  const response = new streams.ReadResp();
  response.setEvent(read);
  return response;
}

export function streamNotFoundMessage(stream: string): ReadResponse {
  const notFound = new streams.ReadResp.StreamNotFound();
  notFound.setStreamIdentifier(identifierOf(stream));
  const response = new streams.ReadResp();
  response.setStreamNotFound(notFound);
  return response;
}

export function confirmationMessage(id: string): ReadResponse {
  const confirmation = new streams.ReadResp.SubscriptionConfirmation();
  confirmation.setSubscriptionId(id);
  const response = new streams.ReadResp();
  response.setConfirmation(confirmation);
  return response;
}

export function checkpointMessage({ commit, prepare }: LogPosition): ReadResponse {
  const checkpoint = new streams.ReadResp.Checkpoint();
  checkpoint.setCommitPosition(commit < 0 ? UNKNOWN : `${commit}`);
  checkpoint.setPreparePosition(prepare < 0 ? UNKNOWN : `${prepare}`);
  const response = new streams.ReadResp();
  response.setCheckpoint(checkpoint);
  return response;
}

export function caughtUpMessage(): ReadResponse {
  const response = new streams.ReadResp();
  response.setCaughtUp(new streams.ReadResp.CaughtUp());
  return response;
}

export function fellBehindMessage(): ReadResponse {
  const response = new streams.ReadResp();
  response.setFellBehind(new streams.ReadResp.FellBehind());
  return response;
}

/** Ordered by commit, then prepare. Of an event both are its offset; a checkpoint may stand between two. */
export interface LogPosition {
  readonly commit: number;
  readonly prepare: number;
}

export const isAfter = (one: LogPosition, other: LogPosition): boolean =>
  one.commit > other.commit || (one.commit === other.commit && one.prepare > other.prepare);

export const placeOf = ({ position }: LogRecord): LogPosition => ({
  commit: position,
  prepare: position,
});

/** What the filter of a read or a subscription lets through. */
export function filterOf(options: ReadOptions): (record: LogRecord) => boolean {
  const filter = options.getFilter();
  if (!filter) return () => true;
  const onType = filter.hasEventType();
  const expression = onType ? filter.getEventType() : filter.getStreamIdentifier();
  const prefixes = expression?.getPrefixList() ?? [];
  const pattern = expression?.getRegex() ? new RegExp(expression.getRegex(), 'u') : undefined;
  return ({ type, stream }) => {
    const text = onType ? type : stream;
    return pattern ? pattern.test(text) : prefixes.some((prefix) => text.startsWith(prefix));
  };
}

function identifierOf(stream: string) {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(stream).toString('base64'));
  return identifier;
}
