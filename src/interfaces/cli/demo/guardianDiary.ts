import type { AgeGroup } from '../../../domain/kernel/sessionTerms.ts';
import { DemoPlanError } from './demoActs.ts';
import type { DemoSetting } from './demoSetting.ts';
import { roomKey, type Room } from './leisureRequests.ts';
import type { Fate, PlaceRequest } from './placeRequests.ts';
import type { Closing } from './townClosings.ts';
import type { DayNumber, Moment } from './townDays.ts';
import type { DemoChild } from './townFamilies.ts';
import type { DemoSession } from './townSessions.ts';

/** One child of the demo guardian in one session. */
export interface Slot {
  readonly child: DemoChild;
  readonly session: DemoSession;
  readonly group: AgeGroup;
  /** Few places, answered by staff. */
  readonly isLeisure: boolean;
}

const keyOf = ({ child, session }: Slot): string =>
  `${child.index}/${session.activity.activityId}/${session.date}`;

/** The guardian books at a quarter to nine and some seconds: nobody else does. */
const evening = 20 * 60 + 45;
const seconds = 17_000;

/** Places left for the guardian's children, and for a request or two that await an answer. */
const leftForThem = 4;

/** What is decided of each slot of the guardian's children, the rarest first. */
export class GuardianDiary {
  readonly requests: PlaceRequest[] = [];
  /** What others may take where these children have plans. */
  readonly rooms = new Map<string, Room>();
  private readonly taken = new Set<string>();
  private readonly busyDays = new Set<DayNumber>();
  private readonly children: readonly DemoChild[];
  private readonly closed: ReadonlySet<DemoSession>;
  /** This month and the next. */
  private readonly inView: readonly Slot[];

  constructor(
    private readonly setting: DemoSetting,
    private readonly opening: DayNumber,
    closings: readonly Closing[],
  ) {
    const { families, days, today } = setting;
    this.children = families.children.filter(({ homes }) => homes[0].index === 0);
    this.closed = new Set(closings.flatMap(({ sessions }) => sessions));
    this.inView = this.slotsBetween(days.firstOfMonth(today), days.firstOfMonth(today, 2) - 1);
  }

  /** Places of these children in these sessions. */
  slotsOf(sessions: readonly DemoSession[]): Slot[] {
    return sessions.flatMap((session) =>
      this.children.flatMap((child) => this.slot(child, session) ?? []),
    );
  }

  /** Finds the best slots for a state that must be seen. Throws DemoPlanError when there is none. */
  claim(state: string, count: number, request: (slot: Slot) => PlaceRequest | undefined): void {
    for (let found = 0; found < count; found += 1) {
      const best = this.byPreference().find((slot) => request(slot) !== undefined);
      const made = best && request(best);
      if (!made && found === 0) throw new DemoPlanError(`nowhere to show « ${state} »`);
      if (best && made) this.keep(best, made, state);
    }
  }

  /** Leaves slots alone: those that suit best, the next best when there is none. Throws DemoPlanError. */
  leave(state: string, count: number, ...suits: readonly ((slot: Slot) => boolean)[]): void {
    const found = suits
      .map((suit) => this.byPreference().filter(suit).slice(0, count))
      .find((slots) => slots.length > 0);
    if (!found) throw new DemoPlanError(`nowhere to show « ${state} »`);
    for (const slot of found) {
      this.taken.add(keyOf(slot));
      if (slot.isLeisure) this.makeRoom(slot);
    }
  }

  /** Books everything else that this family usually books in the sessions from that day on. */
  live(first: DayNumber, isUsual: (slot: Slot) => boolean): void {
    for (const slot of this.slotsBetween(first, this.setting.today + 40)) {
      if (this.taken.has(keyOf(slot)) || this.closed.has(slot.session) || !isUsual(slot)) continue;
      const at = this.monthlyVisit(slot);
      if (at !== undefined) this.book(slot, at, { kind: 'accepted' });
    }
  }

  book(slot: Slot, at: Moment, fate: Fate): void {
    this.keep(slot, this.request(slot, at, fate), '');
  }

  request({ child, session }: Slot, at: Moment, fate: Fate): PlaceRequest {
    const [by] = child.homes[0].bookers;
    if (!by) throw new DemoPlanError('nobody books for this child');
    return { child, session, by, at, fate, sent: true };
  }

  /** When this place was booked, in time and before that moment; undefined when it could not be. */
  bookedBefore(slot: Slot, limit: Moment): Moment | undefined {
    const usual = this.monthlyVisit(slot);
    if (usual !== undefined && usual < limit) return usual;
    const { answeredUntil, until } = this.setting;
    const known = slot.isLeisure ? answeredUntil : until;
    const at = this.eveningBefore(Math.min(slot.session.bookingEnds, limit, known));
    return at < this.firstVisit() ? undefined : at;
  }

  /** The last evening before a moment. */
  eveningBefore(limit: Moment): Moment {
    const { days } = this.setting;
    const day = days.dayAt(limit);
    const at = days.at(day, evening) + seconds;
    return at < limit ? at : days.at(day - 1, evening) + seconds;
  }

  /** Other children can fill this group, and one of them wait, before a child of this family comes. */
  canFill({ session, group }: Slot): boolean {
    const others = this.setting
      .childrenOf(session.activity)
      .filter(
        (child) =>
          child.homes[0].index > 0 && this.setting.groupFor(child, session)?.code === group.code,
      );
    return others.length > group.places && !this.rooms.has(roomKey(session, group));
  }

  private slotsBetween(from: DayNumber, to: DayNumber): Slot[] {
    const days = Array.from({ length: to - from + 1 }, (_, i) => from + i);
    return days.flatMap((day) => this.slotsOf(this.setting.sessionsOn(day)));
  }

  private slot(child: DemoChild, session: DemoSession): Slot | undefined {
    if (!this.setting.childrenOf(session.activity).includes(child)) return undefined;
    const group = this.setting.groupFor(child, session);
    const isLeisure = session.terms.validation === 'staff';
    return group && { child, session, group, isLeisure };
  }

  /** Slots still to decide: soon before late, days to come before days gone, the first child before the others. */
  private byPreference(): Slot[] {
    const { today } = this.setting;
    const rank = ({ session, child }: Slot): number => {
      const { day } = session;
      const far = day > today ? day - today : 60 + today - day;
      return far + 3 * [0, 2, 1].indexOf(child.index) + (this.busyDays.has(day) ? 6 : 0);
    };
    return this.inView
      .filter((slot) => !this.taken.has(keyOf(slot)) && !this.closed.has(slot.session))
      .map((slot) => ({ slot, rank: rank(slot) }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ slot }) => slot);
  }

  private keep(slot: Slot, request: PlaceRequest, state: string): void {
    this.requests.push(request);
    this.taken.add(keyOf(slot));
    if (state !== '') this.busyDays.add(slot.session.day);
    if (!slot.isLeisure) return;
    if (state !== 'second on the waiting list') return this.makeRoom(slot);
    this.rooms.set(roomKey(slot.session, slot.group), { kind: 'fillBefore', at: request.at });
    // A brother or a sister in that queue would change the rank.
    for (const other of this.slotsOf([slot.session])) this.taken.add(keyOf(other));
  }

  private makeRoom({ session, group }: Slot): void {
    const key = roomKey(session, group);
    if (!this.rooms.has(key)) this.rooms.set(key, { kind: 'leave', places: leftForThem });
  }

  private firstVisit(): Moment {
    return this.setting.days.at(this.opening + 2, evening) + seconds;
  }

  /** Ten days before the month begins the guardian books it; what can't be booked then is not. */
  private monthlyVisit({ session, isLeisure }: Slot): Moment | undefined {
    const { days, until, answeredUntil } = this.setting;
    const asked = days.at(days.firstOfMonth(session.day) - 10, evening) + seconds;
    const at = Math.max(asked, this.firstVisit());
    return at < Math.min(session.bookingEnds, isLeisure ? answeredUntil : until) ? at : undefined;
  }
}
