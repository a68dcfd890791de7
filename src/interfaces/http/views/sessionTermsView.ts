import type { Rejection } from '../../../domain/kernel/rejection.ts';
import type { Session, SessionTerms } from '../../../domain/kernel/sessionTerms.ts';
import { noSession } from '../../../domain/reservation/whyNoPlace.ts';
import { describeRejection } from '../../rejections.ts';

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

/** Why there is no session any more, in a sentence. */
export function goneView(gone: Rejection): object {
  const { code, detail } = describeRejection(gone);
  return { code, message: detail };
}

/** The session with its terms, or why there is none. */
export const sessionOrGone = (terms: SessionTerms): object =>
  terms.status === 'session' ? { session: termsView(terms) } : { gone: goneView(noSession(terms)) };
