import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { EventFilter, RecordedEvent } from '../../application/ports/eventStore.ts';

/** A place in the server's log. Of an event both are the same; a checkpoint may stand between two events. */
export interface LogPosition {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** The server's largest revision and position; what it doesn't know is 2^64 - 1. */
export const LAST = 2n ** 63n - 1n;

export interface Page {
  readonly backwards: boolean;
  readonly count: number;
}

type Options = InstanceType<typeof streams.ReadReq.Options>;

const { FORWARDS, BACKWARDS } = streams.ReadReq.Options.ReadDirection;
/** Every event is looked at, so a window only bounds the work between two pages on the server. */
const READ_WINDOW = 10_000;

/** Events of a stream from a revision, which is included; from its end when backwards and untold. */
export function streamRequest(stream: string, from: bigint | undefined, page: Page): ReadReq {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(stream));
  const wanted = new streams.ReadReq.Options.StreamOptions();
  wanted.setStreamIdentifier(identifier);
  if (from !== undefined) wanted.setRevision(`${from}`);
  else if (page.backwards) wanted.setEnd(new shared.Empty());
  else wanted.setStart(new shared.Empty());
  const options = pageOptions(page);
  options.setStream(wanted);
  options.setNoFilter(new shared.Empty());
  return requestOf(options);
}

/** Events of the log. Forwards an event at `from` is included, backwards it is not. */
export function logRequest(
  from: LogPosition | undefined,
  page: Page,
  filter: EventFilter | 'none' | undefined,
): ReadReq {
  const options = pageOptions(page);
  options.setAll(allOptions(from, page.backwards));
  if (filter === 'none') options.setNoFilter(new shared.Empty());
  else options.setFilter(filterOptions(filter, READ_WINDOW));
  return requestOf(options);
}

/**
 * What is stored after a position, and goes on with what will be. Each event that the filter leaves out moves the
 * checkpoint: whoever waits for a projection to have seen a position waits for that. Hence a window of one event, and
 * hence catching up is not left to the subscription, which would take as many steps.
 */
export function subscriptionRequest(
  after: bigint | undefined,
  filter: EventFilter | undefined,
): ReadReq {
  const options = new streams.ReadReq.Options();
  options.setSubscription(new streams.ReadReq.Options.SubscriptionOptions());
  options.setUuidOption(textUuids());
  options.setAll(allOptions(after === undefined ? undefined : at(after), false));
  options.setFilter(filterOptions(filter, 1));
  return requestOf(options);
}

export const at = (position: bigint): LogPosition => ({ commit: position, prepare: position });

/** An event as the port has it, its texts byte for byte as they were given; undefined in other messages. */
export function recordedEvent(message: ReadResp): RecordedEvent | undefined {
  const event = message.getEvent()?.getEvent();
  if (!event) return undefined;
  return {
    stream: text(event.getStreamIdentifier()?.getStreamName_asU8()),
    revision: BigInt(event.getStreamRevision()),
    position: BigInt(event.getCommitPosition()),
    id: event.getId()?.getString() ?? '',
    type: event.getMetadataMap().get('type') ?? '',
    data: text(event.getData_asU8()),
    metadata: text(event.getCustomMetadata_asU8()),
  };
}

/** How far a subscription has looked; undefined in other messages, and where it has looked at nothing yet. */
export function checkpointOf(message: ReadResp): LogPosition | undefined {
  const checkpoint = message.getCheckpoint();
  if (!checkpoint) return undefined;
  const commit = BigInt(checkpoint.getCommitPosition());
  return commit > LAST ? undefined : { commit, prepare: BigInt(checkpoint.getPreparePosition()) };
}

/** The server keeps events of its own in the same log: their types, or their streams, start with $. */
export const isSystemEvent = ({ stream, type }: RecordedEvent): boolean =>
  stream.startsWith('$') || type.startsWith('$');

/** The filter as the server applies it. */
export const passes = (event: RecordedEvent, filter: EventFilter | undefined): boolean => {
  if (isSystemEvent(event)) return false;
  if (!filter) return true;
  return 'eventTypes' in filter
    ? filter.eventTypes.includes(event.type)
    : filter.streamPrefixes.some((prefix) => event.stream.startsWith(prefix));
};

const text = (bytes: Uint8Array | undefined): string =>
  bytes === undefined
    ? ''
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');

function requestOf(options: Options): ReadReq {
  const request = new streams.ReadReq();
  request.setOptions(options);
  return request;
}

function pageOptions({ backwards, count }: Page): Options {
  const options = new streams.ReadReq.Options();
  options.setReadDirection(backwards ? BACKWARDS : FORWARDS);
  options.setCount(`${count}`);
  options.setUuidOption(textUuids());
  return options;
}

function textUuids() {
  const option = new streams.ReadReq.Options.UUIDOption();
  option.setString(new shared.Empty());
  return option;
}

function allOptions(from: LogPosition | undefined, backwards: boolean) {
  const all = new streams.ReadReq.Options.AllOptions();
  if (from) {
    const position = new streams.ReadReq.Options.Position();
    position.setCommitPosition(`${from.commit}`);
    position.setPreparePosition(`${from.prepare}`);
    all.setPosition(position);
  } else if (backwards) all.setEnd(new shared.Empty());
  else all.setStart(new shared.Empty());
  return all;
}

function filterOptions(filter: EventFilter | undefined, window: number) {
  const expression = new streams.ReadReq.Options.FilterOptions.Expression();
  const options = new streams.ReadReq.Options.FilterOptions();
  if (filter && 'streamPrefixes' in filter) {
    expression.setPrefixList([...filter.streamPrefixes]);
    options.setStreamIdentifier(expression);
  } else {
    expression.setRegex(filter ? anyOf(filter.eventTypes) : '^[^\\$].*');
    options.setEventType(expression);
  }
  options.setMax(window);
  options.setCheckpointintervalmultiplier(1);
  return options;
}

const anyOf = (types: readonly string[]): string =>
  `^(${types.map((type) => type.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|')})$`;
