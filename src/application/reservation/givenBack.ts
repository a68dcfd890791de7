import type { ActivityId } from '../../domain/kernel/ids.ts';
import type { LocalDate } from '../../domain/kernel/localDate.ts';
import type { Instant } from '../../domain/kernel/parisTime.ts';
import { afterGivingBack } from '../../domain/reservation/givingBackInTurn.ts';
import type { Occupancy } from '../../domain/reservation/placement.ts';
import { isActive } from '../../domain/reservation/sessionBook.ts';
import type { AgendaCell } from './agendaView.ts';

/** How full sessions are between places given back in one sending: each is judged by what those before have left. */
export function inTurn(now: Instant) {
  const left = new Map<string, Occupancy>();
  return {
    /** How full the session is after those given back so far; undefined when none was. */
    before: (activityId: ActivityId, date: LocalDate): Occupancy | undefined =>
      left.get(`${activityId}/${date}`),

    /** Takes in one more, of a child of that age in years; one that can't be given back changes nothing. */
    add(
      { activity, date, session, standing, cancellation }: AgendaCell,
      full: Occupancy,
      age?: number,
    ) {
      if (!session || !standing || !cancellation || age === undefined) return;
      const { reservationId, status } = standing;
      if (!isActive(status)) return;
      const next = afterGivingBack(full, session, { reservationId, age, status }, now);
      left.set(`${activity.activityId}/${date}`, next);
    },
  };
}
