import type { DemoSetting } from './demoSetting.ts';
import { GuardianDiary, type Slot } from './guardianDiary.ts';
import type { PlaceRequest } from './placeRequests.ts';
import { refusalReasons } from './refusalWords.ts';
import type { Closing } from './townClosings.ts';
import { dayLength, hour, weekdayNumberOf, type DayNumber, type Moment } from './townDays.ts';

const minute = 60_000;

/**
 * What the demo guardian did, so that the first agenda seen shows every state: booked, awaiting validation, second on
 * a waiting list, refused, cancelled in time and late, too late, closed by the town, and days still to book.
 */
export class GuardianStory {
  readonly diary: GuardianDiary;
  private readonly yesterday: Moment;
  /** The guardian's last sending: yesterday, when everybody else is done. */
  private readonly lastVisit: Moment;

  constructor(
    private readonly setting: DemoSetting,
    opening: DayNumber,
    /** The first sessions that families booked. */
    private readonly first: DayNumber,
    private readonly closings: readonly Closing[],
  ) {
    this.diary = new GuardianDiary(setting, opening, closings);
    this.lastVisit = setting.until + 4 * minute;
    this.yesterday = setting.until - 70 * minute;
    this.tell();
  }

  get requests(): readonly PlaceRequest[] {
    return this.diary.requests;
  }

  private tell(): void {
    const { diary } = this;
    this.closedByTheTown();
    diary.leave(
      'too late',
      1,
      (slot) => this.isTooLate(slot),
      ({ session }) => session.day === this.setting.today,
    );
    diary.claim('cancelled late', 1, (slot) => this.cancelledLate(slot));
    diary.claim('awaiting validation', 2, (slot) => this.awaiting(slot));
    diary.claim('second on the waiting list', 1, (slot) => this.waiting(slot));
    diary.claim('refused', 1, (slot) => this.refused(slot));
    diary.claim('cancelled in time', 1, (slot) => this.cancelledInTime(slot));
    diary.leave('free to book', 8, (slot) => this.isFree(slot));
    diary.claim('booked', 4, (slot) => this.booked(slot));
    diary.live(this.first, (slot) => this.usualPlace(slot));
  }

  /** Places booked before the town closed the session. */
  private closedByTheTown(): void {
    for (const { sessions, at } of this.closings)
      for (const slot of this.diary.slotsOf(sessions)) {
        const { kind } = slot.session.activity;
        if (kind === 'beforeSchool' || kind === 'afterSchool') continue;
        const bookedAt = this.diary.bookedBefore(slot, at);
        if (bookedAt !== undefined) this.diary.book(slot, bookedAt, { kind: 'accepted' });
      }
  }

  private cancelledLate(slot: Slot): PlaceRequest | undefined {
    const { cancellationEnds, startsAt } = slot.session;
    const cancelAt = Math.min(startsAt - 30 * minute, this.yesterday);
    if (cancelAt < cancellationEnds + hour) return undefined;
    // Staff answer before the limit, where they decide: what they accept after it stays free of charge to leave.
    const bookedAt = this.diary.bookedBefore(
      slot,
      Math.min(cancelAt, cancellationEnds) - 5 * dayLength,
    );
    return bookedAt === undefined
      ? undefined
      : this.diary.request(slot, bookedAt, { kind: 'cancelled', at: cancelAt });
  }

  private cancelledInTime(slot: Slot): PlaceRequest | undefined {
    const { cancellationEnds, startsAt } = slot.session;
    const cancelAt = Math.min(this.diary.eveningBefore(cancellationEnds), this.yesterday);
    if (cancelAt > startsAt) return undefined;
    const bookedAt = this.diary.bookedBefore(slot, cancelAt - dayLength);
    return bookedAt === undefined
      ? undefined
      : this.diary.request(slot, bookedAt, { kind: 'cancelled', at: cancelAt });
  }

  private awaiting(slot: Slot): PlaceRequest | undefined {
    const { session } = slot;
    if (!slot.isLeisure || session.bookingEnds <= this.setting.days.at(this.setting.today))
      return undefined;
    return this.diary.request(slot, this.lastVisit, { kind: 'unanswered' });
  }

  private waiting(slot: Slot): PlaceRequest | undefined {
    const { session } = slot;
    const { days, today, answeredUntil } = this.setting;
    const stillMoves = Date.parse(session.terms.promotion.at) > days.at(today + 1);
    if (!slot.isLeisure || !stillMoves || !this.diary.canFill(slot)) return undefined;
    const at = this.diary.eveningBefore(Math.min(session.bookingEnds, answeredUntil));
    return this.diary.request(slot, at, { kind: 'accepted' });
  }

  private refused(slot: Slot): PlaceRequest | undefined {
    if (!slot.isLeisure) return undefined;
    const at = this.diary.eveningBefore(
      Math.min(slot.session.bookingEnds, this.setting.answeredUntil),
    );
    const [reason] = refusalReasons;
    return this.diary.request(slot, at, { kind: 'refused', reason });
  }

  private booked(slot: Slot): PlaceRequest | undefined {
    if (slot.session.day < this.setting.today) return undefined;
    const at = this.diary.bookedBefore(slot, Number.POSITIVE_INFINITY);
    return at === undefined ? undefined : this.diary.request(slot, at, { kind: 'accepted' });
  }

  private isTooLate({ session }: Slot): boolean {
    const { days, today } = this.setting;
    return session.bookingEnds <= days.at(today, 570) && session.startsAt > days.at(today, 660);
  }

  private isFree({ session }: Slot): boolean {
    return session.bookingEnds > this.setting.days.at(this.setting.today + 2);
  }

  /** The week of the family; from today on some days are left to book. */
  private usualPlace({ child, session }: Slot): boolean {
    const { today } = this.setting;
    const weekday = weekdayNumberOf(session.day);
    const isPast = session.day < today;
    if (session.day > today + 12) return false;
    const [isLea, isHugo] = [child.index === 0, child.index === 1];
    switch (session.activity.kind) {
      case 'meal':
        return isPast || isHugo || weekday !== (isLea ? 4 : 3);
      case 'beforeSchool':
        return isLea && weekday === 1;
      case 'afterSchool':
        return weekday === 0 || (weekday === 3 && !isHugo);
      case 'wednesday':
        return isLea || (!isHugo && Math.floor(session.day / 7) % 2 === 0);
      case 'holidays':
        return Math.floor((session.day - weekday) / 7) % 2 === 0 && weekday < 4;
    }
  }
}
