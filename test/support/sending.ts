import { expect } from 'chai';
import { sessionBooks, sessionId } from '../../src/application/aggregates.ts';
import type { Submission } from '../../src/application/reservation/submission.ts';
import { activeReservationOf } from '../../src/domain/reservation/sessionBook.ts';
import { canteen } from './activityFacts.ts';
import { guardianOf, request, type CommandSide } from './commandSide.ts';
import { everythingIn } from './storeDoubles.ts';
import { childId, day, familyId, paris } from './townFacts.ts';

const roux = familyId('roux');
export const place = (child: string, date: string) => ({
  childId: childId(child),
  activityId: canteen,
  date: day(date),
});
export const back = (child: string, date: string, acceptsBilling = false) => ({
  ...place(child, date),
  acceptsBilling,
});
/** What a family sends: nothing but what the test says. */
export const asking = (asked: Partial<Submission>): Submission => ({
  familyId: roux,
  book: [],
  cancel: [],
  ...asked,
});

/** Sends it as a guardian of the family, on Monday 16 at 10 h unless told, and answers with the receipt. */
export async function send(
  side: CommandSide,
  asked: Partial<Submission>,
  requestId: string,
  { now = paris('2026-11-16 10:00'), who = guardianOf('roux') } = {},
) {
  const answer = await side.submissions.submit(asking(asked), request(who, requestId, now));
  if ('kind' in answer) expect.fail(answer.code);
  return answer.receipt;
}
/** What became of each day; a refusal by its code. */
export const outcomes = (receipt: Awaited<ReturnType<typeof send>>): string[] =>
  receipt.lines.map(({ result }) => (result.outcome === 'refused' ? result.code : result.outcome));
export const countOf = async (side: CommandSide, type: string): Promise<number> =>
  (await everythingIn(side.store)).filter((event) => event.type === type).length;
/** Where a child stands in a session: `none` when nothing counts. */
export const booked = async (side: CommandSide, child: string, date: string): Promise<string> => {
  const { state } = await side.handler.load(sessionBooks, sessionId(canteen, day(date)));
  return activeReservationOf(state, childId(child))?.status ?? 'none';
};
