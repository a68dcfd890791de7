import type { DefinedActivity } from '../../domain/activity/activity.ts';
import type { Instant } from '../../domain/kernel/parisTime.ts';
import { reject } from '../../domain/kernel/rejection.ts';
import type { Session } from '../../domain/kernel/sessionTerms.ts';
import { cancellationTerms } from '../../domain/reservation/cancel.ts';
import { groupOf, placementFor } from '../../domain/reservation/placement.ts';
import { isActive } from '../../domain/reservation/sessionBook.ts';
import { ageOfChild, type NamedChild } from '../child/childNames.ts';
import type { SessionOccupancy } from '../projections/occupancy.ts';
import type { AgendaCell, StandingEntry } from './agendaView.ts';

interface CellFacts {
  readonly child: NamedChild;
  readonly activity: DefinedActivity;
  readonly terms: Session;
  readonly occupancy: SessionOccupancy;
  readonly standing: StandingEntry | undefined;
  readonly now: Instant;
}

/** What one child may see and ask in one session now: the domain's own rules, on what the read models have seen. */
export function cellOf({
  child,
  activity,
  terms,
  occupancy,
  standing,
  now,
}: CellFacts): AgendaCell {
  const { activityId, name, kind, facility } = activity;
  const { closedBecause } = occupancy;
  const cell = {
    childId: child.childId,
    activity: { activityId, name, kind, facility },
    session: terms,
    ...(closedBecause === undefined ? {} : { closedBecause }),
  };
  const age = ageOfChild(child, terms.date);
  const group = age === undefined ? undefined : groupOf(terms.groups, age);
  const queue = group
    ? occupancy.waiting.filter((waiting) => groupOf([group], waiting.age))
    : occupancy.waiting;

  if (standing && isActive(standing.status)) {
    const { status, priceCents, freeUntil, reservationId } = standing;
    const rank = 1 + queue.findIndex((waiting) => waiting.reservationId === reservationId);
    const ranked = status === 'waitlisted' && rank > 0 ? { ...standing, rank } : standing;
    if (now >= terms.startsAt) return { ...cell, standing: ranked };
    const held = { status, priceCents, freeUntil };
    const cancellation = cancellationTerms(held, queue.length > 0, terms, now);
    return { ...cell, standing: ranked, cancellation };
  }
  const asked = {
    heldAt: (years: number) => occupancy.held[years] ?? 0,
    waitingAges: occupancy.waiting.map((waiting) => waiting.age),
    closedBecause,
  };
  const offer =
    age === undefined ? reject('RESERVATION.CHILD_ERASED') : placementFor(terms, asked, age, now);
  return standing ? { ...cell, standing, offer } : { ...cell, offer };
}
