import type { ActivityKind } from '../../../domain/activity/activityTerms.ts';
import type { LocalDate } from '../../../domain/kernel/localDate.ts';
import type { Instant, LocalTime } from '../../../domain/kernel/parisTime.ts';
import type { Fault } from '../components/errorSummary.tsx';
import type { Notice } from './agendaView.ts';

/** A booking that awaits validation, as the queue lists it. */
export interface QueueItem {
  readonly key: string;
  readonly href: string;
  readonly childName: string;
  readonly label: string;
  readonly place?: string;
  readonly kind: ActivityKind;
  readonly date: LocalDate;
  /** The session's start: after it, an answer serves nobody. */
  readonly dueAt: Instant;
  readonly current: boolean;
}

/** What an agent needs to decide, and nothing more. */
export interface ValidationCase {
  readonly childName: string;
  /** Whole years on the day of the session. */
  readonly age?: number;
  readonly familyName: string;
  readonly label: string;
  readonly place?: string;
  readonly kind: ActivityKind;
  readonly date: LocalDate;
  readonly startsAt: LocalTime;
  readonly endsAt: LocalTime;
  readonly dueAt: Instant;
  readonly requestedAt: Instant;
  /** The word that the family wrote. */
  readonly note?: string;
  readonly group: {
    readonly name: string;
    /** Places held, this request included. */
    readonly held: number;
    readonly places: number;
    readonly waiting: number;
  };
  readonly form: {
    readonly action: string;
    readonly csrf: string;
    /** Sent back with the decision, so that two agents don't decide twice. */
    readonly reservationId: string;
  };
  /** What was filled in before a fault was found. */
  readonly given?: { readonly decision?: 'accepter' | 'refuser'; readonly reason?: string };
  readonly faults: readonly Fault[];
}

/** Bookings to validate: the soonest session first. */
export interface ValidationView {
  readonly now: Instant;
  readonly queue: readonly QueueItem[];
  /** All that await an answer, when the queue lists only the soonest. */
  readonly total?: number;
  /** Opens by itself on a wide screen; on a phone, once chosen. */
  readonly opened?: ValidationCase;
  /** True when the agent chose this case: a phone then shows it instead of the list. */
  readonly chosen: boolean;
  readonly queueHref: string;
  /** Sentences ready to be picked for a refusal. */
  readonly readySentences: readonly string[];
  readonly notice?: Notice;
}
