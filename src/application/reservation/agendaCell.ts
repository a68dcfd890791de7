import type { DefinedActivity } from '../../domain/activity/activity.ts';
import { isEnrolledOn } from '../../domain/child/child.ts';
import type { FamilyId } from '../../domain/kernel/ids.ts';
import type { LocalDate } from '../../domain/kernel/localDate.ts';
import type { Instant } from '../../domain/kernel/parisTime.ts';
import type { Cents } from '../../domain/kernel/money.ts';
import { reject } from '../../domain/kernel/rejection.ts';
import type { NoSession, Session, SessionTerms } from '../../domain/kernel/sessionTerms.ts';
import { actsEndAt } from '../../domain/reservation/actsEnd.ts';
import { cancellationTerms, lettingGo } from '../../domain/reservation/cancel.ts';
import {
  groupOf,
  placementFor,
  wouldBeTaken,
  type Occupancy,
} from '../../domain/reservation/placement.ts';
import { isActive } from '../../domain/reservation/sessionBook.ts';
import { noSession } from '../../domain/reservation/whyNoPlace.ts';
import { ageOfChild, type NamedChild } from '../child/childNames.ts';
import type { AgendaCell, StandingEntry } from './agendaView.ts';

interface CellFacts {
  /** Whose agenda it is. */
  readonly familyId: FamilyId;
  readonly child: NamedChild;
  readonly activity: DefinedActivity;
  readonly date: LocalDate;
  readonly terms: SessionTerms;
  readonly occupancy: Occupancy;
  readonly standing?: StandingEntry | undefined;
  /** What the family owes for the session already. */
  readonly dueCents?: Cents | undefined;
  readonly now: Instant;
}

/** What one child may see and ask in one session now: the domain's own rules, on what the read models have seen. */
export function cellOf({ standing: last, ...others }: CellFacts): AgendaCell {
  const { familyId, child, activity, date, terms, dueCents } = others;
  // What the other household booked and gave back, or was refused, is between it and the town.
  const standing = last?.familyId === familyId ? last : undefined;
  const facts = { ...others, standing };
  const { activityId, name, kind, facility } = activity;
  const { closedBecause } = facts.occupancy;
  const cell = {
    childId: child.childId,
    activity: { activityId, name, kind, facility },
    date,
    ...(closedBecause === undefined ? {} : { closedBecause }),
    ...(dueCents === undefined ? {} : { dueCents }),
  };
  if (last && !standing && isActive(last.status)) {
    const held = { heldByOtherHousehold: last.status };
    return terms.status === 'session'
      ? { ...cell, ...held, session: terms }
      : { ...cell, ...held, gone: noSession(terms) };
  }
  return {
    ...cell,
    ...(standing ? { standing } : {}),
    ...(terms.status === 'session' ? inSession(facts, terms) : gone(facts, terms)),
  };
}

type Possible = Pick<AgendaCell, 'session' | 'gone' | 'standing' | 'cancellation' | 'offer'>;

function inSession(
  { child, activity, date, occupancy, standing, now }: CellFacts,
  session: Session,
): Possible {
  const age = ageOfChild(child, date);
  if (standing && isActive(standing.status)) {
    const { status, priceCents, freeUntil } = standing;
    const ranked = { session, standing: { ...standing, ...rankOf(standing, occupancy, session) } };
    if (now >= actsEndAt(session, date)) return ranked;
    const taken = age !== undefined && wouldBeTaken(occupancy, session, age, now);
    const held = { status, priceCents, freeUntil };
    return { ...ranked, cancellation: cancellationTerms(held, taken, session, now) };
  }
  if (!isEnrolledOn(child, activity.activityId, date))
    return { session, offer: reject('RESERVATION.NOT_ENROLLED') };
  const offer =
    age === undefined
      ? reject('RESERVATION.CHILD_ERASED')
      : placementFor(session, occupancy, age, now);
  return { session, offer };
}

/** There is no session any more: what stands is told, and may be let go until the day is over. */
function gone({ date, standing, now }: CellFacts, terms: NoSession): Possible {
  const why = noSession(terms);
  if (!standing || !isActive(standing.status)) return { gone: why, offer: why };
  return now < actsEndAt(terms, date)
    ? { gone: why, cancellation: lettingGo(terms, date) }
    : { gone: why };
}

/** Rank in the queue of its age group; none when it doesn't wait, or when no group takes its age any more. */
function rankOf(
  { reservationId }: StandingEntry,
  { waiting }: Occupancy,
  { groups }: Session,
): { readonly rank?: number } {
  const mine = waiting.find((one) => one.reservationId === reservationId);
  const group = mine && groupOf(groups, mine.age);
  if (!group) return {};
  const queue = waiting.filter(({ age }) => groupOf([group], age));
  return { rank: queue.indexOf(mine) + 1 };
}
