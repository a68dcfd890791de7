import type { BookAct, DemoPlace } from './demoActs.ts';
import type { PlaceRequest } from './placeRequests.ts';
import type { Moment } from './townDays.ts';

type Sending = Extract<BookAct, { kind: 'submit' }>;

interface Draft {
  readonly by: Sending['by'];
  readonly book: DemoPlace[];
  readonly cancel: DemoPlace[];
}

/** What was asked and given back at the same moment was sent together: one receipt each. */
export function guardianSendings(requests: readonly PlaceRequest[]): Sending[] {
  const drafts = new Map<Moment, Draft>();
  const draftAt = (at: Moment, by: Sending['by']): Draft => {
    const known = drafts.get(at);
    if (known) return known;
    const fresh = { by, book: [], cancel: [] };
    drafts.set(at, fresh);
    return fresh;
  };
  for (const { child, session, at, by, fate } of requests) {
    const { activity, date } = session;
    const place = { activityId: activity.activityId, date, childId: child.childId };
    draftAt(at, by).book.push(place);
    if (fate.kind === 'cancelled') draftAt(fate.at, by).cancel.push(place);
  }
  return [...drafts].map(([at, draft]) => ({ kind: 'submit', at, ...draft }));
}
