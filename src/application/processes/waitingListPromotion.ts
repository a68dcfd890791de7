import { monthOf, type LocalDate } from '../../domain/kernel/localDate.ts';
import { localDateAt } from '../../domain/kernel/parisTime.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ids } from '../ports/ids.ts';
import type { Logger } from '../ports/logger.ts';
import type { ReadModelStore } from '../ports/readModelStore.ts';
import type { Principal } from '../principal.ts';
import { occupancy, type OccupancyMonth } from '../projections/occupancy.ts';
import type { ReservationCommands, SessionRef } from '../reservation/reservationCommands.ts';

const portal: Principal = { actor: { kind: 'system', id: 'waiting-list' } };

/**
 * Gives places to those who wait when a town adds some. A place given back is handed on in the same append; places
 * that come from a change of the rules are found here: a list of sessions where somebody waits, one command each, and
 * the session's book decides. Run again it changes nothing, so it needs no memory of its own.
 */
export class WaitingListPromotion {
  constructor(
    private readonly readModels: ReadModelStore,
    private readonly reservations: ReservationCommands,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly log: Logger,
  ) {}

  /** Goes once through the sessions to come; returns how many places were given. One that fails stops no other. */
  async run(): Promise<number> {
    let given = 0;
    for (const session of await this.sessionsWithQueue()) {
      try {
        given += await this.promote(session);
      } catch (error) {
        const name = error instanceof Error ? error.name : 'unknown';
        this.log.error(
          { ...session, error: name },
          'waiting-list promotion of a session failed; tried again at the next run',
        );
      }
    }
    return given;
  }

  private async promote(session: SessionRef): Promise<number> {
    const requestId = this.ids.next();
    const now = this.clock.now();
    const request = { principal: portal, requestId, correlationId: requestId, now };
    const result = await this.reservations.promote(session, request);
    return result.kind === 'done' ? result.events.length : 0;
  }

  private async sessionsWithQueue(): Promise<SessionRef[]> {
    const today = localDateAt(this.clock.now());
    const months = await this.readModels.find<OccupancyMonth>(occupancy, {
      where: { month: { from: monthOf(today) } },
    });
    return months.flatMap(({ document: { activityId, sessions } }) =>
      Object.entries(sessions)
        .filter(([date, session]) => date >= today && session.waiting.length > 0)
        .map(([date]) => ({ activityId, date: date as LocalDate })),
    );
  }
}
