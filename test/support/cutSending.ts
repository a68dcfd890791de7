import { StoreUnavailableError } from '../../src/application/ports/eventStore.ts';
import { receiptIdOf, type Submission } from '../../src/application/reservation/submission.ts';
import type { ReservationEvent } from '../../src/domain/reservation/reservationEvents.ts';
import { uuids } from '../../src/infrastructure/uuids.ts';
import { commandSide, guardianOf, request, type CommandSide } from './commandSide.ts';
import { send } from './sending.ts';
import { everythingIn, storeLike } from './storeDoubles.ts';
import { paris } from './townFacts.ts';

/** A sending of the Roux family whose days and receipt were lost with the process that received it: finished when told. */
export async function cutSending(
  { store, vault }: CommandSide,
  asked: Partial<Submission>,
  receivedAt: string,
  { requestId = 'cut', booksKept = false } = {},
) {
  const dying = storeLike(store, {
    append: async (stream, events, expected) => {
      const issues = events.some(({ type }) => type === 'ReceiptIssued');
      if (issues || (!booksKept && stream.startsWith('reservation')))
        throw new StoreUnavailableError('cut');
      return store.append(stream, events, expected);
    },
  });
  await send(commandSide({ store: dying, vault }), asked, requestId, {
    now: paris(receivedAt),
  }).catch(() => undefined);
  const receiptId = receiptIdOf(uuids, { principal: guardianOf('roux'), requestId });
  const finish = async (side: CommandSide, at: string) => {
    await side.submissions.finish(receiptId, paris(at));
    const reading = request(guardianOf('roux'), 'reading');
    const receipt = await side.submissions.receipt(receiptId, reading);
    if ('kind' in receipt) throw new Error(receipt.code);
    return receipt;
  };
  return { receiptId, finish };
}

/** What the books hold, in the order of the log, each event with the instant it is recorded at. */
export const inBooks = async ({ store }: CommandSide) =>
  (await everythingIn(store))
    .filter(({ stream }) => stream.startsWith('reservation'))
    .map(({ data, type, metadata }) => ({
      event: { type, ...(JSON.parse(data) as object) } as ReservationEvent,
      occurredAt: (JSON.parse(metadata) as { occurredAt: string }).occurredAt,
    }));
