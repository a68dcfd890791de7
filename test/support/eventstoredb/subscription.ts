import { randomUUID } from 'node:crypto';
import { setImmediate as breath } from 'node:timers/promises';
import type { ServerWritableStream } from '@grpc/grpc-js';
import { aloneWords, invalidPosition, type Node } from './node.ts';
import {
  caughtUpMessage,
  checkpointMessage,
  confirmationMessage,
  eventMessage,
  fellBehindMessage,
  filterOf,
  isAfter,
  placeOf,
  type LogPosition,
  type ReadOptions,
  type ReadRequest,
  type ReadResponse,
} from './readMessages.ts';
import { sender } from './sender.ts';
import type { LogRecord } from './serverLog.ts';

/** Events that wait for a slow subscriber at the most, before it falls behind (Enumerator.MaxLiveEventBufferCount). */
const LIVE_BUFFER = 32;
const BEFORE_ALL: LogPosition = { commit: -1, prepare: -1 };

/**
 * A subscription to $all, as Enumerator.AllSubscriptionFiltered: catches up in pages of the search window, says that
 * it has, then goes live with what was stored since it began; falls back to catching up when its subscriber is slow. A
 * checkpoint that it sends while it catches up is the start of a page: it stands between two events, with a prepare of
 * 0. At the end of the log it sends the checkpoint as it is, however many events the filter has left out since.
 */
export async function subscribeToAll(
  node: Node,
  call: ServerWritableStream<ReadRequest, ReadResponse>,
  options: ReadOptions,
): Promise<void> {
  const { log, faults, settings, dropConnections } = node;
  const start = startOf(options, log.end);
  if (start !== BEFORE_ALL && !log.isBoundary(start.commit))
    return void call.emit('error', invalidPosition());
  const passes = filterOf(options);
  const filter = options.getFilter();
  const window = filter?.hasMax() ? filter.getMax() : LIVE_BUFFER;
  const interval = filter ? window * filter.getCheckpointintervalmultiplier() : Infinity;
  const send = sender(call);
  let checkpoint = start;
  let told: LogPosition | undefined;
  let live = 0;

  const tell = async (): Promise<boolean> => {
    if (!filter || (told && !isAfter(checkpoint, told))) return true;
    told = checkpoint;
    return send(checkpointMessage(checkpoint));
  };
  const consider = async (record: LogRecord): Promise<boolean> => {
    if (!isAfter(placeOf(record), checkpoint) || !passes(record)) return true;
    if (faults.cutAfterEvents === 0) {
      faults.cutAfterEvents = undefined;
      dropConnections();
      return false;
    }
    if (faults.endAfterEvents === 0) {
      faults.endAfterEvents = undefined;
      call.end();
      return false;
    }
    if (faults.cutAfterEvents !== undefined) faults.cutAfterEvents -= 1;
    if (faults.endAfterEvents !== undefined) faults.endAfterEvents -= 1;
    checkpoint = placeOf(record);
    faults.seen.eventsSent += 1;
    return send(eventMessage(record));
  };

  const catchUp = async (): Promise<boolean> => {
    let index = log.indexFrom(Math.max(0, checkpoint.commit));
    for (let counted = 0; ;) {
      const page = log.records.slice(index, index + window);
      const pageStart = page[0] ?? { position: log.end };
      for (const record of page) if (!(await consider(record))) return false;
      index += page.length;
      counted += page.length;
      if (page.length < window) return settings.saysCaughtUp ? tell() : true;
      if (counted >= interval) {
        counted %= interval;
        const looked = { commit: pageStart.position, prepare: 0 };
        if (isAfter(looked, checkpoint)) checkpoint = looked;
        if (!(await tell())) return false;
      }
      await breath();
    }
  };

  /** True when it has fallen behind, false when the call is over. */
  const goLive = async (): Promise<boolean> => {
    for (let counted = 0; ;) {
      if (log.records.length - live > LIVE_BUFFER && call.writableNeedDrain) {
        // What came first is dropped.
        live = log.records.length - LIVE_BUFFER;
        return !settings.saysCaughtUp || ((await send(fellBehindMessage())) && tell());
      }
      const record = aloneWords(node) === undefined ? log.records[live] : undefined;
      if (!record) {
        if (!(await more())) return false;
        continue;
      }
      live += 1;
      if (!(await consider(record))) return false;
      counted += 1;
      if (counted < interval) continue;
      counted = 0;
      if (isAfter(checkpoint, placeOf(record))) continue;
      checkpoint = placeOf(record);
      if (!(await tell())) return false;
    }
  };
  let over = false;
  let wake: () => void = () => undefined;
  const more = (): Promise<boolean> =>
    new Promise((resolve) => {
      wake = () => resolve(!over);
      if (over) wake();
    });
  const forget = log.onAppend(() => wake());
  const end = (): void => {
    if (over) return;
    over = true;
    faults.seen.openSubscriptions -= 1;
    forget();
    wake();
  };
  faults.seen.subscriptions += 1;
  faults.beforeSubscription();
  faults.seen.openSubscriptions += 1;
  call.on('cancelled', end).on('close', end);

  live = log.records.length;
  const last = log.records.at(-1);
  if (!(await send(confirmationMessage(randomUUID())))) return;
  let behind = last !== undefined && isAfter(placeOf(last), checkpoint);
  for (;;) {
    if (behind && !(await catchUp())) return;
    if (settings.saysCaughtUp && !(await send(caughtUpMessage()))) return;
    if (!(await goLive())) return;
    behind = true;
  }
}

/** Exclusive. */
function startOf(options: ReadOptions, end: number): LogPosition {
  const all = options.getAll();
  const told = all?.getPosition();
  if (told)
    return {
      commit: Number(told.getCommitPosition()),
      prepare: Number(told.getPreparePosition()),
    };
  return all?.hasEnd() ? { commit: end, prepare: 0 } : BEFORE_ALL;
}
