import type { EventStore, Position, RecordedEvent } from '../../application/ports/eventStore.ts';
import { ChainVerifier, type FoundFault } from '../events/hashChain.ts';

export type Log = Pick<EventStore, 'readAll'>;

/** What a log holds of another, from the first event on. */
export interface LogComparison {
  /** Of the source, as far as it was read: to its end, unless it is damaged or the target differs. */
  readonly events: number;
  readonly streams: number;
  /** Events that the target has, byte for byte and in the same order. */
  readonly shared: number;
  /** Position in the source of the last one shared. */
  readonly sharedUpTo: Position | undefined;
  /** The first fault in a hash chain of the source. */
  readonly damage?: FoundFault;
  /** The first event of the target that the source doesn't have there: it has another, or ends before. */
  readonly difference?: { readonly kind: 'other' | 'beyond'; readonly event: RecordedEvent };
  /** Every stream's chain is sound in the target, and ends at the revision and hash at which it ends in the source. */
  readonly chainsAgree: boolean;
}

/** Reads two logs side by side, in global order. */
export async function compareLogs(source: Log, target: Log): Promise<LogComparison> {
  const [ours, theirs] = [new ChainVerifier(), new ChainVerifier()];
  const copies = eachEvent(target);
  let events = 0;
  let shared = 0;
  let sharedUpTo: Position | undefined;
  const answer = (found: Pick<LogComparison, 'damage' | 'difference'>): LogComparison => ({
    events,
    streams: ours.streams,
    shared,
    sharedUpTo,
    chainsAgree: theirs.faults.length === 0 && sameEnds(ours, theirs),
    ...found,
  });
  try {
    let copy = await next(copies);
    for await (const batch of source.readAll())
      for (const event of batch) {
        ours.follow(event);
        const [damage] = ours.faults;
        if (damage) return answer({ damage });
        events += 1;
        if (!copy) continue;
        if (!isCopy(event, copy)) return answer({ difference: { kind: 'other', event: copy } });
        theirs.follow(copy);
        shared += 1;
        sharedUpTo = event.position;
        copy = await next(copies);
      }
    return answer(copy ? { difference: { kind: 'beyond', event: copy } } : {});
  } finally {
    await copies.return(undefined);
  }
}

/** All but the position, which is each store's own. */
const isCopy = (event: RecordedEvent, copy: RecordedEvent): boolean =>
  event.stream === copy.stream &&
  event.revision === copy.revision &&
  event.id === copy.id &&
  event.type === copy.type &&
  event.data === copy.data &&
  event.metadata === copy.metadata;

function sameEnds({ ends: ours }: ChainVerifier, { ends: theirs }: ChainVerifier): boolean {
  if (ours.size !== theirs.size) return false;
  for (const [stream, { next: revision, hash }] of ours) {
    const end = theirs.get(stream);
    if (end?.next !== revision || end.hash !== hash) return false;
  }
  return true;
}

async function* eachEvent(log: Log): AsyncGenerator<RecordedEvent, undefined> {
  for await (const batch of log.readAll()) yield* batch;
  return undefined;
}

const next = async (
  events: AsyncGenerator<RecordedEvent, undefined>,
): Promise<RecordedEvent | undefined> => (await events.next()).value;
