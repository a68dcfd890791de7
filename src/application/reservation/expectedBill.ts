import { isRejection } from '../../domain/kernel/rejection.ts';
import { chargeFor } from '../../domain/reservation/owedOnce.ts';
import type { AgendaCell } from './agendaView.ts';

interface Sum {
  readonly count: number;
  /** In cents. */
  readonly cents: number;
}

/** What a sending is expected to put on the family's bill, before the sessions decide. */
export interface ExpectedBill {
  /** Days that would have a place, at once or once validated. */
  readonly placed: Sum;
  /** Days that would only wait: billed when a place comes free, and not before. */
  readonly waiting: Sum;
  /** Days given back too late: they remain due. */
  readonly late: Sum;
}

const sum = (cents: readonly number[]): Sum => ({
  count: cents.length,
  cents: cents.reduce((total, each) => total + each, 0),
});

/** What asking for these places and giving back those would add to the bill now. What is refused, or stands already, adds nothing. */
export function expectedBill(
  book: readonly AgendaCell[],
  cancel: readonly AgendaCell[],
): ExpectedBill {
  const offered = book.flatMap(({ offer, session, dueCents }) =>
    session && offer && !isRejection(offer)
      ? [{ waits: offer.kind === 'waitlisted', ...chargeFor(session.priceCents, dueCents) }]
      : [],
  );
  const priced = (waits: boolean): Sum =>
    sum(offered.filter((one) => one.waits === waits).map(({ priceCents }) => priceCents));
  return {
    placed: priced(false),
    waiting: priced(true),
    late: sum(
      cancel.map(({ cancellation }) => cancellation?.billedCents ?? 0).filter((cents) => cents > 0),
    ),
  };
}
