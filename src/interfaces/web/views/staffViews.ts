import type { LocalDate } from '../../../domain/kernel/localDate.ts';
import { localTimeAt, type Instant } from '../../../domain/kernel/parisTime.ts';
import type { ProjectionLag } from '../../../application/ports/readSide.ts';
import type {
  BookingCase,
  BookingToDecide,
} from '../../../application/reservation/validationQueueQuery.ts';
import type { SessionSummary } from '../../../application/reservation/sessionsQuery.ts';
import type { ProjectionRow } from '../pages/projectionsPage.tsx';
import type { SessionRow, SessionSort } from '../pages/sessionsPage.tsx';
import type { QueueItem, ValidationCase } from '../pages/validationView.ts';

/** The start of the session: after it, an answer serves nobody. */
const dueAt = ({ session, booking }: BookingToDecide): Instant =>
  session?.startsAt ?? booking.requestedAt;

const fullName = ({ child }: BookingToDecide): string =>
  child ? `${child.firstName} ${child.lastName}` : '';

export const caseHref = ({ booking }: BookingToDecide): string =>
  `/agents/validation/${booking.reservationId}`;

export const queueItem = (item: BookingToDecide, currentId: string | undefined): QueueItem => ({
  key: item.booking.reservationId,
  href: caseHref(item),
  childName: fullName(item),
  label: item.activity.name,
  place: item.activity.facility.name,
  kind: item.activity.kind,
  date: item.booking.date,
  dueAt: dueAt(item),
  current: item.booking.reservationId === currentId,
});

/** The case as an agent decides it; undefined when its session no longer takes place. */
export function validationCase(
  item: BookingCase,
  page: Pick<ValidationCase, 'faults' | 'given'> & { readonly csrf: string },
): ValidationCase | undefined {
  const { booking, activity, session, household, note, group } = item;
  if (!session || !group) return undefined;
  const { csrf, faults, given } = page;
  return {
    childName: fullName(item),
    age: booking.age,
    familyName: household?.guardians[0]?.lastName ?? item.child?.lastName ?? '',
    label: activity.name,
    place: activity.facility.name,
    kind: activity.kind,
    date: booking.date,
    startsAt: localTimeAt(session.startsAt),
    endsAt: localTimeAt(session.endsAt),
    dueAt: session.startsAt,
    requestedAt: booking.requestedAt,
    group,
    form: { action: caseHref(item), csrf, reservationId: booking.reservationId },
    faults,
    ...(note === undefined ? {} : { note }),
    ...(given === undefined ? {} : { given }),
  };
}

/** Sentences that agents often write, ready to be picked. */
export const readySentences = [
  'Toutes les places de ce jour sont prises. Nous vous proposons de choisir un autre jour.',
  'Le dossier de votre enfant est à compléter\u00a0: appelez-nous, nous vous dirons ce qui manque.',
  'L’activité de ce jour n’est pas adaptée à l’âge de votre enfant.',
] as const;

export const readyReasons = ['Grève', 'Intempéries', 'Travaux', 'Équipe incomplète'] as const;

export const closeHref = (activityId: string, date: LocalDate): string =>
  `/agents/seances/${activityId}/${date}/fermeture`;

const waitingAndAwaiting = ({ waiting, awaiting }: SessionRow): number => waiting + awaiting;
const filled = ({ held, places }: SessionRow): number => held / Math.max(1, places);

const comparisons: Readonly<Record<SessionSort, (a: SessionRow, b: SessionRow) => number>> = {
  heure: (a, b) => a.startsAt.localeCompare(b.startsAt) || a.label.localeCompare(b.label, 'fr'),
  lieu: (a, b) =>
    a.facility.localeCompare(b.facility, 'fr') || a.label.localeCompare(b.label, 'fr'),
  places: (a, b) => filled(a) - filled(b),
  attente: (a, b) => waitingAndAwaiting(a) - waitingAndAwaiting(b),
};

export const isSessionSort = (text: unknown): text is SessionSort =>
  typeof text === 'string' && text in comparisons;

/** A row per age group. Requests that await validation are counted once, on the session's first row. */
export function sessionRows(
  sessions: readonly SessionSummary[],
  now: Instant,
  sort: { readonly by: SessionSort; readonly direction: 'ascending' | 'descending' },
): SessionRow[] {
  const rows = sessions.flatMap(({ activity, session, groups, awaiting, closedBecause }) =>
    groups.map((group, index): SessionRow => {
      const row = {
        key: `${activity.activityId}|${group.name}`,
        label: activity.name,
        kind: activity.kind,
        facility: activity.facility.name,
        group: group.name,
        startsAt: localTimeAt(session.startsAt),
        endsAt: localTimeAt(session.endsAt),
        held: group.held,
        places: group.places,
        awaiting: index === 0 ? awaiting : 0,
        waiting: group.waiting,
      };
      if (closedBecause !== undefined) return { ...row, closedBecause };
      return now < session.startsAt
        ? { ...row, closeHref: closeHref(activity.activityId, session.date) }
        : row;
    }),
  );
  const sign = sort.direction === 'ascending' ? 1 : -1;
  return rows.sort((a, b) => sign * comparisons[sort.by](a, b));
}

export interface SessionsAddress {
  readonly date: LocalDate;
  readonly sort?: SessionSort;
  readonly descending?: boolean;
  readonly facility?: string;
}

export function sessionsHref({ date, sort, descending, facility }: SessionsAddress): string {
  const query = new URLSearchParams({ jour: date });
  if (sort) query.set('tri', sort);
  if (descending) query.set('sens', 'desc');
  if (facility) query.set('lieu', facility);
  return `/agents/seances?${query.toString()}`;
}

const projectionLabels: Readonly<Record<string, string>> = {
  activities: 'Les activités et leurs règles',
  dossiers: 'Les dossiers des familles',
  children: 'Les enfants et leurs inscriptions',
  agenda: 'L’agenda des enfants',
  occupancy: 'Les places de chaque séance',
  validation_queue: 'Les réservations à valider',
};

/** How a reading is doing, in the words of its page. */
export function projectionRow({
  projection,
  state,
  checkpoint,
  head,
  since,
  error,
}: ProjectionLag): ProjectionRow {
  const lag = Number((head ?? 0n) - (checkpoint ?? 0n));
  const stopped = state === 'failed' || state === 'stopped';
  const working = state === 'rebuilding' ? 'rebuilding' : lag > 0 ? 'catchingUp' : 'live';
  return {
    name: projection,
    label: projectionLabels[projection] ?? projection,
    state: stopped ? 'stopped' : working,
    position: String(checkpoint ?? 0n),
    lag,
    since: since as Instant,
    ...(error === undefined ? {} : { fault: error }),
  };
}
