import { isLocalDate, type LocalDate } from '../../../domain/kernel/localDate.ts';
import type {
  AwaitingActivity,
  QueueFilter,
} from '../../../application/reservation/validationQueueQuery.ts';
import type { DefinedActivity } from '../../../domain/activity/activity.ts';
import type { Choice, ChoiceGroup } from '../components/field.tsx';

export const queuePath = '/agents/validation';
export const searchPath = `${queuePath}/recherche`;
export const queueCsvPath = `${queuePath}.csv`;

/** Names of the filter's fields, also in the address. */
export const WHICH_FIELD = 'pour';
export const UNTIL_FIELD = 'jusquau';

/** Id of the case in the page. */
export const CASE_ID = 'demande';

/** What part of the queue an address asks for. Never a person's name: addresses are kept in histories and logs. */
export interface QueueAddress {
  /** An activity's id, or a facility's behind `lieu-`. */
  readonly which?: string;
  readonly until?: LocalDate;
  /** From 1. */
  readonly page: number;
}

export const wholeQueue: QueueAddress = { page: 1 };

const facilityChoice = (facilityId: string): string => `lieu-${facilityId}`;

/** Reads the address's query; what can't be read is left out. */
export function queueAddressOf(query: Readonly<Record<string, unknown>>): QueueAddress {
  const { [WHICH_FIELD]: which, [UNTIL_FIELD]: until, page } = query;
  const asked = typeof page === 'string' && /^[1-9]\d{0,4}$/.test(page) ? Number(page) : 1;
  return {
    page: asked,
    ...(typeof which === 'string' && which !== '' ? { which } : {}),
    ...(typeof until === 'string' && isLocalDate(until) ? { until } : {}),
  };
}

function hrefOf(
  path: string,
  { which, until, page }: QueueAddress,
  more: Readonly<Record<string, string>> = {},
): string {
  const query = new URLSearchParams(more);
  if (which !== undefined) query.set(WHICH_FIELD, which);
  if (until !== undefined) query.set(UNTIL_FIELD, until);
  if (page > 1) query.set('page', String(page));
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** The queue at this address; `done` names what to tell on top of it. */
export const queueHref = (address: QueueAddress, done?: string): string =>
  hrefOf(queuePath, address, done === undefined ? {} : { fait: done });

/** The whole part of the queue that an address asks for, as a file. */
export const queueCsvHref = (address: QueueAddress): string =>
  hrefOf(queueCsvPath, { ...address, page: 1 });

/** A case, in the part of the queue from which it is opened. */
export const caseHref = (reservationId: string, address: QueueAddress): string =>
  hrefOf(`${queuePath}/${reservationId}`, address);

/** The same as a link: past the list, whose 200 rows nobody should have to tab through, to the case itself. */
export const openedCaseHref = (reservationId: string, address: QueueAddress): string =>
  `${caseHref(reservationId, address)}#${CASE_ID}`;

const isMeant = (which: string | undefined, { activityId, facility }: DefinedActivity): boolean =>
  activityId === which || facilityChoice(facility.facilityId) === which;

/** The filter that an address asks for, among the town's activities; one that names none of them asks for all. */
export function queueFilterOf(
  { which, until }: QueueAddress,
  activities: readonly DefinedActivity[],
): QueueFilter {
  const meant = activities.filter((activity) => isMeant(which, activity));
  return {
    ...(meant.length > 0 ? { activityIds: meant.map(({ activityId }) => activityId) } : {}),
    ...(until === undefined ? {} : { until }),
  };
}

const counted = (label: string, awaiting: number): string => `${label} (${awaiting})`;
const sum = (some: readonly AwaitingActivity[]): number =>
  some.reduce((total, { awaiting }) => total + awaiting, 0);

/**
 * The activities for which somebody waits, by facility, with how many; first of all, the whole queue. What the address
 * asks for is a choice too when nobody waits there any more: the list must show what is in force.
 */
export function queueChoices(
  awaited: readonly AwaitingActivity[],
  { which }: QueueAddress,
  activities: readonly DefinedActivity[],
): {
  readonly all: Choice;
  readonly groups: readonly ChoiceGroup[];
} {
  const known = new Set(awaited.map(({ activity }) => activity.activityId));
  const asked = activities.filter(
    (activity) => isMeant(which, activity) && !known.has(activity.activityId),
  );
  const awaiting = [...awaited, ...asked.map((activity) => ({ activity, awaiting: 0 }))];
  const facilities = new Map<string, AwaitingActivity[]>();
  for (const one of awaiting) {
    const { facilityId } = one.activity.facility;
    facilities.set(facilityId, [...(facilities.get(facilityId) ?? []), one]);
  }
  const isShared = (name: string): boolean =>
    awaiting.filter(({ activity }) => activity.name === name).length > 1;
  const groups = [...facilities].map(([facilityId, some]): ChoiceGroup => {
    const label = some[0]?.activity.facility.name ?? '';
    const each = some.map(({ activity, awaiting: count }) => ({
      value: activity.activityId,
      // A closed list shows the choice without its heading: the place tells apart activities of one name.
      label: counted(isShared(activity.name) ? `${activity.name}, ${label}` : activity.name, count),
    }));
    const together = {
      value: facilityChoice(facilityId),
      label: counted(`Tout\u00a0: ${label}`, sum(some)),
    };
    const offersAll = some.length > 1 || which === together.value;
    return { label, choices: offersAll ? [together, ...each] : each };
  });
  return {
    all: { value: '', label: counted('Toutes les activités', sum(awaiting)) },
    groups: groups.sort((a, b) => a.label.localeCompare(b.label, 'fr')),
  };
}
