import type { AgeGroup } from '../../../domain/kernel/sessionTerms.ts';
import type { DemoSetting } from './demoSetting.ts';
import { pick, type Dice } from './dice.ts';
import { between, type FamilyVisits } from './familyVisits.ts';
import type { Fate, PlaceRequest } from './placeRequests.ts';
import { refusalReasons } from './refusalWords.ts';
import { dayLength, hour, mondayOf, type Moment } from './townDays.ts';
import type { DemoChild } from './townFamilies.ts';
import type { DemoSession } from './townSessions.ts';

/** How much of an age group others may fill, where the demo guardian's children have plans of their own. */
export type Room =
  | { readonly kind: 'leave'; readonly places: number }
  /** Fill it, and put one more on the waiting list, all before that moment. */
  | { readonly kind: 'fillBefore'; readonly at: Moment };

export const roomKey = (session: DemoSession, group: AgeGroup): string =>
  `${session.activity.activityId}/${session.date}/${group.code}`;

/** What families ask of the leisure centres, Wednesdays and holidays: few places, staff answer. */
export class LeisureRequests {
  private readonly dice: (question: string) => Dice;

  constructor(private readonly setting: DemoSetting) {
    this.dice = setting.dice;
  }

  /** Requests for one session, the demo guardian's aside. Some sessions are popular, and have a waiting list. */
  requestsOf(
    session: DemoSession,
    visits: FamilyVisits,
    rooms: ReadonlyMap<string, Room> = new Map(),
  ): PlaceRequest[] {
    const children = this.setting.childrenOf(session.activity).filter((c) => c.homes[0].index > 0);
    return session.terms.groups.flatMap((group) => {
      const ofGroup = children.filter(
        (child) => this.setting.groupFor(child, session)?.code === group.code,
      );
      return this.inGroup(session, group, ofGroup, visits, rooms.get(roomKey(session, group)));
    });
  }

  private inGroup(
    session: DemoSession,
    group: AgeGroup,
    children: readonly DemoChild[],
    visits: FamilyVisits,
    room: Room | undefined,
  ): PlaceRequest[] {
    const last = room?.kind === 'fillBefore' ? room.at : this.setting.answeredUntil;
    const asked = children
      .flatMap((child) => {
        const at = this.momentOf(child, session, visits);
        return at === undefined || at >= last ? [] : [{ child, at }];
      })
      .sort((a, b) => a.at - b.at);
    const wanted = this.wanted(session, group, room);
    if (wanted > group.places)
      asked.push(...this.more(session, children, asked, wanted, visits.opensAt, last));
    const kept = asked.slice(0, wanted);
    // Nothing moves any more in a group where the demo guardian's children wait for a given rank.
    const calm = room?.kind === 'fillBefore';
    return kept.map(({ child, at }) => ({
      child,
      session,
      at,
      by: this.setting.bookerOf(child, session.day),
      fate: calm ? { kind: 'accepted' } : this.fateOf(child, session, at),
    }));
  }

  private wanted(session: DemoSession, { places }: AgeGroup, room: Room | undefined): number {
    if (room?.kind === 'fillBefore') return places + 1;
    if (room) return Math.max(0, places - room.places);
    const { day, activity } = session;
    const popular =
      day < this.setting.today + 30 && this.dice('popular')(day, activity.activityId.length) < 0.35;
    return popular
      ? places + 2 + Math.floor(this.dice('waiting')(day) * 4)
      : Math.max(1, places - 2);
  }

  /** Children who usually don't come, until the session is as full as it should be. */
  private more(
    session: DemoSession,
    children: readonly DemoChild[],
    asked: readonly { readonly child: DemoChild }[],
    wanted: number,
    first: Moment,
    last: Moment,
  ): { child: DemoChild; at: Moment }[] {
    const coming = new Set(asked.map(({ child }) => child));
    const end = Math.min(session.bookingEnds, last) - hour;
    return children
      .filter((child) => !coming.has(child))
      .sort(
        (a, b) => this.dice('more')(a.index, session.day) - this.dice('more')(b.index, session.day),
      )
      .slice(0, Math.max(0, wanted - asked.length))
      .flatMap((child) => {
        const from = Math.max(first, end - 9 * dayLength);
        const at = between(from, end, this.dice('moreAt')(child.index, session.day));
        return at === undefined ? [] : [{ child, at }];
      })
      .sort((a, b) => a.at - b.at);
  }

  private momentOf(
    child: DemoChild,
    session: DemoSession,
    visits: FamilyVisits,
  ): Moment | undefined {
    const { day, activity } = session;
    if (activity.kind === 'holidays') {
      const week = mondayOf(day);
      const comes =
        this.dice('holidayWeek')(child.index, week) < 0.33 &&
        this.dice('holidayDay')(child.index, day) < 0.8;
      return comes ? visits.momentForHolidays(child, session, week) : undefined;
    }
    const rhythm = this.dice('wednesday')(child.index);
    if (rhythm < 0.4 && this.dice('wednesdayOff')(child.index, day) < 0.06) return undefined;
    if (rhythm < 0.22) return visits.momentFor('year', child, session);
    if (rhythm < 0.4) return visits.momentFor('month', child, session);
    const comes = this.dice('wednesdayOnce')(child.index, day) < 0.1;
    return comes ? visits.momentFor('sometimes', child, session) : undefined;
  }

  private fateOf(child: DemoChild, session: DemoSession, at: Moment): Fate {
    const chance = this.dice('fate')(child.index, session.startsAt / 60_000);
    if (chance < 0.02) return { kind: 'refused', reason: pick(refusalReasons, chance / 0.02) };
    if (chance > 0.06) return { kind: 'accepted' };
    const end = Math.min(session.startsAt - hour, this.setting.answeredUntil);
    const cancelAt = between(
      at + 2 * dayLength,
      end,
      this.dice('cancelAt')(child.index, session.day),
    );
    return cancelAt === undefined ? { kind: 'accepted' } : { kind: 'cancelled', at: cancelAt };
  }
}
