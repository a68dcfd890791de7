import type { ActivityKind } from '../../../domain/activity/activityTerms.ts';
import type { LocalDate } from '../../../domain/kernel/localDate.ts';
import type { Instant, LocalTime } from '../../../domain/kernel/parisTime.ts';
import type { Fault } from '../components/errorSummary.tsx';
import type { Choice, ChoiceGroup } from '../components/field.tsx';
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
  /** The session's start: after it, an answer serves nobody. Absent when it can only be refused. */
  readonly dueAt?: Instant;
  readonly current: boolean;
}

/** A case that can only be refused: its session began, or it or the group of that age is there no more. */
export interface Gone {
  readonly title: string;
  readonly why: string;
  /** Ready for the family to read. */
  readonly sentence: string;
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
  readonly gone?: Gone;
  readonly hours?: { readonly startsAt: LocalTime; readonly endsAt: LocalTime };
  readonly dueAt?: Instant;
  readonly requestedAt: Instant;
  /** The word that the family wrote. */
  readonly note?: string;
  /** Absent when no group takes that age. */
  readonly group?: {
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
  /** The cases beside it in the queue. */
  readonly previousHref?: string;
  readonly nextHref?: string;
}

/** What lists a part of the queue. */
export interface QueueTools {
  readonly filter: {
    readonly action: string;
    readonly all: Choice;
    readonly groups: readonly ChoiceGroup[];
    readonly which: string;
    readonly until?: LocalDate;
  };
  readonly search: {
    readonly action: string;
    readonly csrf: string;
    /** What was searched for: the queue then lists what was found. */
    readonly words?: string;
  };
  /** True when the queue lists a part of what awaits an answer. */
  readonly isPart: boolean;
  readonly wholeHref: string;
  /** The same part as a file for spreadsheets. */
  readonly csvHref?: string;
}

/** The pages beside this one, when the queue has several. */
export interface QueuePages {
  /** Rank in the queue of the first listed, from 1. */
  readonly first: number;
  readonly previousHref?: string;
  readonly nextHref?: string;
}

/** Bookings to validate: the soonest session first. */
export interface ValidationView {
  readonly now: Instant;
  readonly queue: readonly QueueItem[];
  /** All that are asked for, when the queue lists a page of them. */
  readonly total?: number;
  readonly pages?: QueuePages;
  /** A search found more than it lists; nobody counted how many. */
  readonly more?: boolean;
  /** Absent when nothing awaits an answer at all. */
  readonly tools?: QueueTools;
  /** Opens by itself on a wide screen; on a phone, once chosen. */
  readonly opened?: ValidationCase;
  /** True when the agent chose this case: a phone then shows it instead of the list. */
  readonly chosen: boolean;
  readonly queueHref: string;
  /** Sentences ready to be picked for a refusal. */
  readonly readySentences: readonly string[];
  readonly notice?: Notice;
}
