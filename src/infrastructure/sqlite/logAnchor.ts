import type {
  EventStore,
  Position,
  ReadAllOptions,
  RecordedEvent,
} from '../../application/ports/eventStore.ts';
import { linkHash } from '../events/hashChain.ts';

/** What is noted of a log outside of it: its last event. A log that lost its end still has sound chains. */
export interface LogAnchor {
  /** Id of the data directory. */
  readonly directory: string;
  /** 0 before the first event. */
  readonly position: Position;
  /** Hash of all that is stored of the event there; empty before the first. */
  readonly digest: string;
}

type Log = Pick<EventStore, 'readAll'>;

/** Notes the end of a log. */
export async function anchorOf(log: Log, directory: string): Promise<LogAnchor> {
  const last = await firstOf(log, { direction: 'backwards', limit: 1 });
  return { directory, position: last?.position ?? 0n, digest: last ? digestOf(last) : '' };
}

/** Whether a log has lost the event noted, or holds another in its place; undefined when it goes on from there. */
export async function anchorFault(
  log: Log,
  { position, digest }: Pick<LogAnchor, 'position' | 'digest'>,
): Promise<'cut' | 'rewritten' | undefined> {
  if (position === 0n) return undefined;
  const found = await firstOf(log, { from: position - 1n, limit: 1 });
  if (!found) return 'cut';
  return digestOf(found) === digest ? undefined : 'rewritten';
}

async function firstOf(log: Log, options: ReadAllOptions): Promise<RecordedEvent | undefined> {
  for await (const [first] of log.readAll(options)) return first;
  return undefined;
}

const digestOf = (event: RecordedEvent): string => linkHash('', event, event.metadata);
