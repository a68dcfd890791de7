import type { Household } from '../../domain/family/family.ts';
import type { FamilyId, ReservationId } from '../../domain/kernel/ids.ts';
import type { Instant } from '../../domain/kernel/parisTime.ts';
import { isErased, type Personal } from '../../domain/kernel/personal.ts';
import type { Session } from '../../domain/kernel/sessionTerms.ts';
import { monthOf } from '../../domain/kernel/localDate.ts';
import { groupOf, placesLeft } from '../../domain/reservation/placement.ts';
import type { ActivityDirectory } from '../activity/activityDirectory.ts';
import type { SessionTermsSource } from '../activity/sessionTermsSource.ts';
import type { ChildNames, NamedChild } from '../child/childNames.ts';
import type { FamilyDirectory } from '../family/familyDirectory.ts';
import type { ReadModelStore } from '../ports/readModelStore.ts';
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

  count(): Promise<number> {
    return this.readModels.count(validationQueue, { status: 'awaitingValidation' });
  }

  async list(
    now: Instant,
    page: { readonly limit: number; readonly skip?: number },
  ): Promise<BookingToDecide[]> {
    const found = await this.readModels.find<QueuedBooking>(validationQueue, {
      where: { status: 'awaitingValidation' },
      sortBy: 'date',
      ...page,
    });
    return this.describe(
      found.map(({ document }) => document),
      now,
    );
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
