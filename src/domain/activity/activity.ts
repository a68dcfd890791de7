import { assertNever, type Decider } from '../kernel/decider.ts';
import type { ActivityId, FacilityId } from '../kernel/ids.ts';
import type { LocalDate } from '../kernel/localDate.ts';
import { firstRejection, reject, type Decision } from '../kernel/rejection.ts';
import {
  termsPolicies,
  type ActivityKind,
  type ActivityTerms,
  type VersionedTerms,
} from './activityTerms.ts';

export interface Facility {
  readonly facilityId: FacilityId;
  readonly name: string;
}

export type ActivityEvent =
  | {
      readonly type: 'ActivityDefined';
      readonly activityId: ActivityId;
      readonly kind: ActivityKind;
      readonly name: string;
      readonly facility: Facility;
      readonly effectiveFrom: LocalDate;
      readonly terms: ActivityTerms;
    }
  | {
      readonly type: 'ActivityTermsChanged';
      readonly activityId: ActivityId;
      readonly version: number;
      readonly effectiveFrom: LocalDate;
      readonly terms: ActivityTerms;
    };

export interface DefinedActivity {
  readonly status: 'defined';
  readonly activityId: ActivityId;
  readonly kind: ActivityKind;
  readonly name: string;
  readonly facility: Facility;
  /** Oldest first; each governs sessions from its date until the next one's. */
  readonly versions: readonly VersionedTerms[];
}

export type Activity = { readonly status: 'undefined' } | DefinedActivity;

export const activity: Decider<Activity, ActivityEvent> = {
  initial: { status: 'undefined' },
  evolve(state, event) {
    switch (event.type) {
      case 'ActivityDefined': {
        const { activityId, kind, name, facility, effectiveFrom, terms } = event;
        const versions = [{ version: 1, effectiveFrom, terms }];
        return { status: 'defined', activityId, kind, name, facility, versions };
      }
      case 'ActivityTermsChanged': {
        if (state.status === 'undefined') return state;
        const { version, effectiveFrom, terms } = event;
        return { ...state, versions: [...state.versions, { version, effectiveFrom, terms }] };
      }
      default:
        return assertNever(event);
    }
  },
};

export type DefineActivity = Omit<Extract<ActivityEvent, { type: 'ActivityDefined' }>, 'type'>;

/** Opens an activity to bookings from a date on. `ACTIVITY.ALREADY_DEFINED`, or a fault of its terms. */
export function defineActivity(
  state: Activity,
  definition: DefineActivity,
): Decision<ActivityEvent> {
  if (state.status === 'defined') return reject('ACTIVITY.ALREADY_DEFINED');
  const fault = firstRejection(termsPolicies, definition.terms);
  return fault ?? [{ type: 'ActivityDefined', ...definition }];
}

/**
 * Schedules new terms from a later date on; what is past keeps the rules of its day.
 * `ACTIVITY.UNKNOWN`, `ACTIVITY.TERMS_IN_THE_PAST`, `ACTIVITY.TERMS_OUT_OF_ORDER`, or a fault of the terms.
 */
export function changeTerms(
  state: Activity,
  effectiveFrom: LocalDate,
  terms: ActivityTerms,
  today: LocalDate,
): Decision<ActivityEvent> {
  if (state.status === 'undefined') return reject('ACTIVITY.UNKNOWN');
  if (effectiveFrom <= today) return reject('ACTIVITY.TERMS_IN_THE_PAST', { effectiveFrom });
  const last = state.versions.at(-1);
  if (last && effectiveFrom <= last.effectiveFrom)
    return reject('ACTIVITY.TERMS_OUT_OF_ORDER', { effectiveFrom, after: last.effectiveFrom });
  const fault = firstRejection(termsPolicies, terms);
  if (fault) return fault;
  const version = state.versions.length + 1;
  return [
    { type: 'ActivityTermsChanged', activityId: state.activityId, version, effectiveFrom, terms },
  ];
}
