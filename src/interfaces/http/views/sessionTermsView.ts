import type { Session } from '../../../domain/kernel/sessionTerms.ts';

/** What the rules say about a session, as families need it. */
export const termsView = ({
  date,
  startsAt,
  endsAt,
  ruleVersion,
  booking,
  cancellation,
  validation,
  waitingList,
  lateGiveBackFree,
  priceCents,
}: Session): object => ({
  date,
  startsAt,
  endsAt,
  ruleVersion,
  booking,
  cancellation,
  validation,
  waitingList,
  lateGiveBackFree,
  priceCents,
});
