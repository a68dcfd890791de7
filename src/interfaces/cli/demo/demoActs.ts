import type { DefineActivity } from '../../../domain/activity/activity.ts';
import type { Enrolment, RegisterChild } from '../../../domain/child/child.ts';
import type { RegisterFamily } from '../../../domain/family/family.ts';
import type { ActivityId, ChildId, FamilyId, GuardianId } from '../../../domain/kernel/ids.ts';
import type { LocalDate } from '../../../domain/kernel/localDate.ts';
import type { Moment } from './townDays.ts';

/** Who books: a guardian for a family. */
export interface Booker {
  readonly familyId: FamilyId;
  readonly guardianId: GuardianId;
}

export interface DemoPlace {
  readonly activityId: ActivityId;
  readonly date: LocalDate;
  readonly childId: ChildId;
}

/** One thing that somebody does at a moment, in a session's book or several. */
export type BookAct =
  | ({
      readonly kind: 'reserve';
      readonly at: Moment;
      readonly by: Booker;
      readonly note?: string;
    } & DemoPlace)
  | ({ readonly kind: 'cancel'; readonly at: Moment; readonly by: Booker } & DemoPlace)
  | ({ readonly kind: 'validate'; readonly at: Moment } & DemoPlace)
  | ({ readonly kind: 'refuse'; readonly at: Moment; readonly reason: string } & DemoPlace)
  | {
      readonly kind: 'close';
      readonly at: Moment;
      readonly activityId: ActivityId;
      readonly date: LocalDate;
      readonly reason: string;
    }
  /** Several days at once, with a receipt. */
  | {
      readonly kind: 'submit';
      readonly at: Moment;
      readonly by: Booker;
      readonly book: readonly (DemoPlace & { readonly note?: string })[];
      readonly cancel: readonly DemoPlace[];
    };

export type Scheduled<T> = T & { readonly at: Moment };

/** The dossiers to open before anybody books, each at its moment. */
export interface Dossiers {
  readonly activities: readonly Scheduled<{ readonly definition: DefineActivity }>[];
  readonly families: readonly Scheduled<{ readonly family: RegisterFamily }>[];
  readonly children: readonly Scheduled<{ readonly child: RegisterChild }>[];
  /** Children of separated parents, who live in two households. */
  readonly secondHouseholds: readonly Scheduled<{
    readonly childId: ChildId;
    readonly familyId: FamilyId;
  }>[];
  readonly enrolments: readonly Scheduled<{
    readonly childId: ChildId;
    readonly enrolment: Enrolment;
  }>[];
}

/** The plan asks for something that the portal refuses: a fault of the plan. */
export class DemoPlanError extends Error {
  override readonly name = 'DemoPlanError';
}
