import type { EventStore } from '../../src/application/ports/eventStore.ts';
import { addDays, type LocalDate } from '../../src/domain/kernel/localDate.ts';
import { asInstant } from '../../src/domain/kernel/parisTime.ts';
import { uuids } from '../../src/infrastructure/uuids.ts';
import { byCallers, perSecond } from '../rounds.ts';
import {
  activityOf,
  familiesWith,
  openedOn,
  type BenchChild,
  type BenchTown,
} from '../town/benchTown.ts';
import { openTown, type OpenTown } from '../town/openTown.ts';
import { dailyTerms } from '../town/townTerms.ts';

/** What families book in an evening: a month of thirty-two activities. */
const activityCount = 32;
const monthDays = 30;
/** And the sessions of one activity more, which are filled one by one. */
const dayCount = 600;
const placesForAll = 1_000_000;
const now = asInstant('2026-07-02T08:00:00.000Z');
const note = 'Sa grand-mère viendra la chercher à 17 h.';

/** Numbers of an activity and of a day. */
interface SessionAsked {
  readonly activity: number;
  readonly day: number;
}

/** Guardians who book places with a note, through the portal's own commands on its own store. */
export class BookingDesk {
  private readonly days: readonly LocalDate[];
  private readonly children: readonly BenchChild[];
  /** Places and books given out so far: none is asked for twice. */
  private places = 0;
  private books = 0;

  private constructor(
    private readonly town: BenchTown,
    private readonly open: OpenTown,
  ) {
    this.children = town.families.flatMap(({ children }) => children);
    const { calendar } = open;
    this.days = Array.from({ length: dayCount }, (_, day) => addDays(openedOn, day + 30)).filter(
      (date) => calendar.publicHoliday(date) === undefined,
    );
  }

  /** A town where so many children may go to every session; its log in the directory unless it is `elsewhere`. */
  static async open(
    directory: string,
    children: number,
    elsewhere?: EventStore,
  ): Promise<BookingDesk> {
    const activities = Array.from({ length: activityCount + 1 }, (_, index) =>
      activityOf(`jour-${index}`, 'meal', 'Cantine', dailyTerms(placesForAll, 'staff')),
    );
    const enrolled = activities.map(({ activityId }) => activityId);
    const town = { activities, families: familiesWith(children, () => enrolled) };
    const open = openTown(directory, elsewhere);
    await open.writer.openTown(town);
    return new BookingDesk(town, open);
  }

  /** Commands a second, each in the session after the last one's: a thousand streams. */
  bookEverywhere(callers: number, count: number): Promise<number> {
    const sessions = activityCount * monthDays;
    return perSecond(count, () =>
      byCallers(callers, count, () => {
        const place = this.places++;
        const session = place % sessions;
        const [activity, day] = [Math.floor(session / monthDays), session % monthDays];
        return this.book(Math.floor(place / sessions), { activity, day });
      }),
    );
  }

  /** Commands a second when all callers book in one session until `booking` children are in, then in the next. */
  bookOneByOne(callers: number, books: number, booking: number): Promise<number> {
    return perSecond(books * booking, async () => {
      for (let book = 0; book < books; book += 1) {
        const session = this.nextBook();
        await byCallers(callers, booking, (child) => this.book(child, session));
      }
    });
  }

  /** The same number of commands when each caller has a session for itself. */
  bookEachItsOwn(callers: number, count: number): Promise<number> {
    const sessions = Array.from({ length: callers }, () => this.nextBook());
    const each = new Array<number>(callers).fill(0);
    return perSecond(count, () =>
      byCallers(callers, count, (_, caller) => {
        const child = each[caller] ?? 0;
        each[caller] = child + 1;
        return this.book(child, sessions[caller] ?? this.nextBook());
      }),
    );
  }

  async head(): Promise<bigint> {
    return (await this.open.services.events.head()) ?? 0n;
  }

  /** Reads everything again: throws when a chain is broken or a note stands in clear. */
  async verify(): Promise<{ readonly events: number; readonly streams: number }> {
    const { events, streams, faults } = await this.open.verify();
    if (faults.length > 0) throw new Error('a hash chain is broken');
    for await (const records of this.open.services.events.readAll())
      for (const { type, data } of records)
        if (type === 'ReservationSubmitted' && !data.includes('"personal":"v1.'))
          throw new Error('a note is not sealed');
    return { events, streams };
  }

  close(): Promise<void> {
    return this.open.close();
  }

  private nextBook(): SessionAsked {
    return { activity: activityCount, day: this.books++ };
  }

  /** Throws when the place is not given. */
  private async book(child: number, session: SessionAsked): Promise<void> {
    const who = this.children[child]?.child;
    const date = this.days[session.day];
    const activity = this.town.activities[session.activity];
    if (!who || !date || !activity) throw new RangeError('no such place');
    const { childId, familyId } = who;
    const { activityId } = activity;
    const requestId = uuids.next();
    const principal = { actor: { kind: 'guardian', id: familyId }, familyId } as const;
    const request = { principal, requestId, correlationId: requestId, now };
    const result = await this.open.services.reservationCommands.reserve(
      { childId, familyId, activityId, date, note },
      request,
    );
    if (result.kind !== 'done' || result.events.length !== 1)
      throw new Error(`a booking was not made: ${result.kind === 'rejection' ? result.code : ''}`);
  }
}
