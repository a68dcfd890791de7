import { expect } from 'chai';
import { receipts } from '../../../src/application/aggregates.ts';
import type { Instant } from '../../../src/domain/kernel/parisTime.ts';
import type { ReceiptId } from '../../../src/domain/kernel/ids.ts';
import { openHistory, type History } from '../../../src/infrastructure/sqlite/history.ts';
import type { ReceiptBody } from '../apiTown.ts';
import { commandSide } from '../commandSide.ts';
import { everythingIn } from '../storeDoubles.ts';
import { faultKey } from './faultTown.ts';
import { expectNothingLost, readKept } from './keptReceipts.ts';
import { standsAt } from './townMoment.ts';

/** The history of a directory whose portal has stopped. */
export const openKept = (directory: string): Promise<History> =>
  openHistory({ directory, masterKey: faultKey, onTrouble: (error) => expect.fail(String(error)) });

/**
 * Fails unless the history that a stopped portal has left is whole: every receipt given stands in it with its places,
 * nothing is half done, no session holds more than its places. Submissions that were cut off are first finished, as the
 * portal does each minute; answers how many those were.
 */
export async function expectSound(
  directory: string,
  acknowledged: ReadonlyMap<string, ReceiptBody>,
  now: Instant = standsAt,
): Promise<number> {
  const history = await openKept(directory);
  let finished = 0;
  try {
    const { handler, submissions } = commandSide({ store: history.events, vault: history.vault });
    const streams = new Set((await everythingIn(history.events)).map(({ stream }) => stream));
    for (const stream of streams) {
      if (!stream.startsWith('receipt-')) continue;
      const id = stream.slice('receipt-'.length) as ReceiptId;
      const { state } = await handler.load(receipts, id);
      if (state.status === 'received') finished += Number(await submissions.finish(id, now));
    }
  } finally {
    await history.close();
  }
  expectNothingLost(await readKept(directory), [...acknowledged.values()]);
  return finished;
}
