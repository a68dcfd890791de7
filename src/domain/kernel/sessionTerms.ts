import type { ActivityId } from './ids.ts';
import type { LocalDate } from './localDate.ts';
import type { Cents } from './money.ts';
import type { Instant } from './parisTime.ts';

/** A limit in time. « avant 9 h » excludes 9 h sharp, « jusqu'à 9 h inclus » includes it. */
export interface Limit {
  readonly at: Instant;
  readonly boundary: 'exclusive' | 'inclusive';
}

export const isBefore = (now: Instant, limit: Limit): boolean =>
  limit.boundary === 'inclusive' ? now <= limit.at : now < limit.at;

/** The one of two limits that leaves more time. */
export const laterLimit = (one: Limit, other: Limit): Limit => {
  if (one.at !== other.at) return one.at > other.at ? one : other;
  return one.boundary === 'inclusive' ? one : other;
};

/** Places are counted in the age group where the child will be on that day (DESIGN section 5). Ages in whole years. */
export interface AgeGroup {
  readonly code: string;
  readonly name: string;
  readonly minAge: number;
  readonly maxAge: number;
  readonly places: number;
}

export const noSessionReasons = [
  'notYetOpen',
  'weekday',
  'publicHoliday',
  'schoolHoliday',
  'schoolTerm',
  'closure',
] as const;
export type NoSessionReason = (typeof noSessionReasons)[number];

/** Why there is no session that day; `name` is the holiday's or the closure's, where it has one. */
export interface NoSession {
  readonly status: 'noSession';
  readonly reason: NoSessionReason;
  readonly name?: string;
  /** Version of the rules that hold none; absent where no rules are in force that day. */
  readonly ruleVersion?: number;
}

/** What an activity's rules say about one session: the facts on which its reservation book decides. */
export interface Session {
  readonly status: 'session';
  readonly activityId: ActivityId;
  readonly date: LocalDate;
  /** Version of the rules in force on that day: schedule, places, price. */
  readonly ruleVersion: number;
  /** Version of the rules that set the three limits: those in force at the instant of the act. */
  readonly limitsVersion: number;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly booking: Limit;
  readonly cancellation: Limit;
  /** Until when a freed place goes to the waiting list by itself: until bookings end, at least. */
  readonly promotion: Limit;
  readonly validation: 'immediate' | 'staff';
  readonly waitingList: boolean;
  /** A place given back late costs nothing when somebody waits (a rule the town chooses). */
  readonly lateGiveBackFree: boolean;
  readonly groups: readonly AgeGroup[];
  readonly priceCents: Cents;
}

export type SessionTerms = Session | NoSession;
