import type { Household } from '../../domain/family/family.ts';
import type { DefinedActivity } from '../../domain/activity/activity.ts';
import type { ActivityId, FamilyId, ReservationId } from '../../domain/kernel/ids.ts';
import type { Instant } from '../../domain/kernel/parisTime.ts';
import { isErased, type Personal } from '../../domain/kernel/personal.ts';
import type { Session } from '../../domain/kernel/sessionTerms.ts';
import { addDays, monthOf, type LocalDate } from '../../domain/kernel/localDate.ts';
import type { Rejection } from '../../domain/kernel/rejection.ts';
import { groupOf, placesLeft } from '../../domain/reservation/placement.ts';
import { whyNotAcceptable } from '../../domain/reservation/review.ts';
import type { ActivityDirectory } from '../activity/activityDirectory.ts';
import type { SessionTermsSource } from '../activity/sessionTermsSource.ts';
import type { ChildNames, NamedChild } from '../child/childNames.ts';
import type { FamilyDirectory } from '../family/familyDirectory.ts';
import { nameMatcher } from '../nameMatcher.ts';
import type { FindOptions, ReadModelStore } from '../ports/readModelStore.ts';
import type { SealOpener } from '../ports/sealOpener.ts';
import { occupancy, occupancyId, type OccupancyMonth } from '../projections/occupancy.ts';
import { validationQueue, type QueuedBooking } from '../projections/validationQueue.ts';
import type { AgendaActivity } from './agendaView.ts';

/** A booking to decide, with what an agent needs to decide it. */
export interface BookingToDecide {
  readonly booking: QueuedBooking;
  readonly child: NamedChild | undefined;
  readonly activity: AgendaActivity;
  readonly session: Session | undefined;
  /** Why it can only be refused: the session began, or it or the group of that age is there no more. */
  readonly gone: Rejection | undefined;
}

/** Which part of the queue is asked for; all of it unless told. */
export interface QueueFilter {
  readonly activityIds?: readonly ActivityId[];
  /** Sessions up to this day, included. */
  readonly until?: LocalDate;
}

/** An activity with bookings that await staff. */
export interface AwaitingActivity {
  readonly activity: DefinedActivity;
  readonly awaiting: number;
}

export interface BookingCase extends BookingToDecide {
  readonly note?: string;
  readonly household?: Household;
  /** The child's age group that day: places, held (this one included), waiting. */
  readonly group?: {
    readonly name: string;
    readonly places: number;
    readonly held: number;
    readonly waiting: number;
  };
}

/** What a search found. */
export interface FoundBookings {
  readonly bookings: readonly BookingToDecide[];
  /** There are more than these, not counted: that would take opening every name. */
  readonly more: boolean;
}

const awaiting = { status: 'awaitingValidation' } as const;

/** Bookings whose names are opened at once by a search. */
const searchedAtOnce = 500;

/** A condition for each activity asked for, since a read model has no « one of ». */
function conditionsOf({ activityIds, until }: QueueFilter): NonNullable<FindOptions['where']>[] {
  const common = { ...awaiting, ...(until ? { date: { before: addDays(until, 1) } } : {}) };
  return activityIds?.map((activityId) => ({ ...common, activityId })) ?? [common];
}

/** As the read model orders them: by day, then by id. */
const soonestFirst = (a: QueuedBooking, b: QueuedBooking): number =>
  a.date === b.date ? (a.reservationId < b.reservationId ? -1 : 1) : a.date < b.date ? -1 : 1;

/** Bookings that await staff, the soonest session first. */
export class ValidationQueueQuery {
  constructor(
    private readonly readModels: ReadModelStore,
    private readonly names: ChildNames,
    private readonly families: FamilyDirectory,
    private readonly activities: ActivityDirectory,
    private readonly sessions: SessionTermsSource,
    private readonly seals: SealOpener,
  ) {}

  async count(filter: QueueFilter = {}): Promise<number> {
    const counts = await Promise.all(
      conditionsOf(filter).map((where) => this.readModels.count(validationQueue, where)),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** The activities for which somebody waits, with how many. */
  async byActivity({ until }: Pick<QueueFilter, 'until'> = {}): Promise<AwaitingActivity[]> {
    const counted = await Promise.all(
      (await this.activities.all()).map(async (activity) => {
        const filter = { activityIds: [activity.activityId], ...(until ? { until } : {}) };
        return { activity, awaiting: await this.count(filter) };
      }),
    );
    return counted.filter(({ awaiting }) => awaiting > 0);
  }

  async list(
    now: Instant,
    { limit, skip = 0 }: { readonly limit: number; readonly skip?: number },
    filter: QueueFilter = {},
  ): Promise<BookingToDecide[]> {
    const conditions = conditionsOf(filter);
    const [only] = conditions;
    const found =
      only && conditions.length === 1
        ? await this.soonest(only, { limit, skip })
        : // Each activity's soonest, then the soonest of all: a page never holds more than it may show.
          (
            await Promise.all(
              conditions.map((where) => this.soonest(where, { limit: skip + limit })),
            )
          )
            .flat()
            .sort(soonestFirst)
            .slice(skip, skip + limit);
    return this.describe(found, now);
  }

  /**
   * Bookings that await staff whose child or guardians bear these names, the soonest first, `limit` at most. Names are
   * opened in memory for the time of the search, and kept nowhere.
   */
  async search(words: string, now: Instant, limit: number): Promise<FoundBookings> {
    const asked = nameMatcher(words);
    const found: QueuedBooking[] = [];
    if (!asked) return { bookings: [], more: false };
    for (let skip = 0; found.length <= limit; skip += searchedAtOnce) {
      const page = await this.soonest(awaiting, { limit: searchedAtOnce, skip });
      const named = await Promise.all(page.map((booking) => this.namesOf(booking)));
      found.push(...page.filter((_, index) => asked(named[index] ?? [])));
      if (page.length < searchedAtOnce) break;
    }
    const bookings = await this.describe(found.slice(0, limit), now);
    return { bookings, more: found.length > limit };
  }

  /** What a family waits for: bookings that await validation, and places on waiting lists. */
  async ofFamily(familyId: FamilyId, now: Instant): Promise<BookingToDecide[]> {
    const found = await this.readModels.find<QueuedBooking>(validationQueue, {
      where: { familyId },
      limit: 200,
    });
    const bookings = found.map(({ document }) => document);
    return this.describe(
      bookings.sort((a, b) => (a.date < b.date ? -1 : 1)),
      now,
    );
  }

  /** One booking in full; undefined once it was decided, cancelled or never was. */
  async find(reservationId: ReservationId, now: Instant): Promise<BookingCase | undefined> {
    const booking = await this.readModels.get<QueuedBooking>(validationQueue, reservationId);
    const [described] = booking ? await this.describe([booking], now) : [];
    if (!booking || !described) return undefined;
    const [note, household, group] = await Promise.all([
      this.noteOf(booking),
      this.families.household(booking.familyId),
      this.groupOf(described),
    ]);
    return {
      ...described,
      ...(note === undefined ? {} : { note }),
      ...(household === undefined ? {} : { household }),
      ...(group === undefined ? {} : { group }),
    };
  }

  private async soonest(
    where: NonNullable<FindOptions['where']>,
    page: Pick<FindOptions, 'limit' | 'skip'>,
  ): Promise<QueuedBooking[]> {
    const options = { where, sortBy: 'date', ...page };
    const found = await this.readModels.find<QueuedBooking>(validationQueue, options);
    return found.map(({ document }) => document);
  }

  /** The child's names, and those of the guardians who asked. */
  private async namesOf({ childId, familyId }: QueuedBooking): Promise<string[]> {
    const [children, household] = await Promise.all([
      this.names.find([childId]),
      this.families.household(familyId),
    ]);
    const people = [...children, ...(household?.guardians ?? [])];
    return people.map(({ firstName, lastName }) => `${firstName} ${lastName}`);
  }

  private async describe(bookings: QueuedBooking[], now: Instant): Promise<BookingToDecide[]> {
    const [children, activities] = await Promise.all([
      this.names.find([...new Set(bookings.map(({ childId }) => childId))]),
      this.activities.findMany(bookings.map(({ activityId }) => activityId)),
    ]);
    return bookings.flatMap((booking) => {
      const activity = activities.find(({ activityId }) => activityId === booking.activityId);
      if (!activity) return [];
      const terms = this.sessions.of(activity, booking.date, now);
      const { activityId, name, kind, facility } = activity;
      return {
        booking,
        child: children.find(({ childId }) => childId === booking.childId),
        activity: { activityId, name, kind, facility },
        session: terms.status === 'session' ? terms : undefined,
        gone: whyNotAcceptable({ now, terms }, booking.age),
      };
    });
  }

  private async noteOf({ note }: QueuedBooking): Promise<string | undefined> {
    if (note === undefined) return undefined;
    const opened = (await this.seals.open(note)) as Personal<{ note: string }>;
    return isErased(opened) ? opened : opened.note;
  }

  private async groupOf({ booking, session }: BookingToDecide): Promise<BookingCase['group']> {
    const group = session && groupOf(session.groups, booking.age);
    if (!group) return undefined;
    const id = occupancyId(booking.activityId, monthOf(booking.date));
    const month = await this.readModels.get<OccupancyMonth>(occupancy, id);
    const day = month?.sessions[booking.date];
    const left = placesLeft((age) => day?.held[age] ?? 0, group);
    const waiting = (day?.waiting ?? []).filter(({ age }) => groupOf([group], age)).length;
    return { name: group.name, places: group.places, held: group.places - left, waiting };
  }
}
