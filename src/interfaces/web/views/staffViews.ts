import type { LocalDate } from '../../../domain/kernel/localDate.ts';
import { localTimeAt, type Instant } from '../../../domain/kernel/parisTime.ts';
import type { Rejection } from '../../../domain/kernel/rejection.ts';
import type { Session } from '../../../domain/kernel/sessionTerms.ts';
import { whyNotClosable } from '../../../domain/reservation/closeSession.ts';
import type {
  BookingCase,
  BookingToDecide,
} from '../../../application/reservation/validationQueueQuery.ts';
import type {
  GroupOccupancy,
  SessionSummary,
} from '../../../application/reservation/sessionsQuery.ts';
import { noSessionWords } from '../../rejectionMessagesBooking.ts';
import { typeset } from '../../rejectionWords.ts';
import type { SessionRow, SessionSort } from '../pages/sessionsPage.tsx';
import type { Gone, QueueItem, ValidationCase } from '../pages/validationView.ts';
import { openedCaseHref, type QueueAddress } from './queueAddress.ts';

const fullName = ({ child }: BookingToDecide): string =>
  child ? `${child.firstName} ${child.lastName}` : '';

/** A request of the queue; it is due by the start of its session: after it, an answer serves nobody. */
export const queueItem = (
  item: BookingToDecide,
  currentId: string | undefined,
  address: QueueAddress,
): QueueItem => ({
  key: item.booking.reservationId,
  href: openedCaseHref(item.booking.reservationId, address),
  childName: fullName(item),
  label: item.activity.name,
  place: item.activity.facility.name,
  kind: item.activity.kind,
  date: item.booking.date,
  ...(item.session && !item.gone ? { dueAt: item.session.startsAt } : {}),
  current: item.booking.reservationId === currentId,
});

/** Why a request can only be refused, in the agent's words. */
function goneWords({ code, values }: Rejection): Gone {
  const refuse =
    'Cette demande ne peut plus être acceptée\u00a0: refusez-la, la famille lira votre phrase.';
  switch (code) {
    case 'RESERVATION.AGE':
      return {
        title: 'Aucun groupe n’accueille plus cet âge',
        why: `Les groupes de ce jour-là ont changé depuis la demande. ${refuse}`,
        sentence:
          'Cette séance n’accueille plus les enfants de cet âge. Rien ne vous est facturé\u00a0; choisissez un autre jour dans l’agenda.',
      };
    case 'RESERVATION.TOO_LATE_TO_ACCEPT':
      return {
        title: 'La séance a déjà commencé',
        why: `La famille n’avait pas de réponse. ${refuse}`,
        sentence:
          'Nous n’avons pas pu vous répondre avant cette séance, et vous prions de nous en excuser. Rien ne vous est facturé.',
      };
    default:
      return {
        title: 'La séance n’a plus lieu',
        why: `${typeset(noSessionWords(values))} ${refuse}`,
        sentence:
          'Cette séance n’a plus lieu. Rien ne vous est facturé\u00a0; choisissez un autre jour dans l’agenda.',
      };
  }
}

/** The case as an agent decides it. */
export function validationCase(
  item: BookingCase,
  page: Pick<ValidationCase, 'faults' | 'given' | 'previousHref' | 'nextHref'> & {
    readonly csrf: string;
    readonly action: string;
  },
): ValidationCase {
  const { booking, activity, session, household, note, group, gone } = item;
  const { csrf, action, ...rest } = page;
  return {
    childName: fullName(item),
    age: booking.age,
    familyName: household?.guardians[0]?.lastName ?? item.child?.lastName ?? '',
    label: activity.name,
    place: activity.facility.name,
    kind: activity.kind,
    date: booking.date,
    requestedAt: booking.requestedAt,
    form: { action, csrf, reservationId: booking.reservationId },
    ...rest,
    ...(session ? hoursOf(session) : {}),
    ...(session && !gone ? { dueAt: session.startsAt } : {}),
    ...(group ? { group } : {}),
    ...(gone ? { gone: goneWords(gone) } : {}),
    ...(note === undefined ? {} : { note }),
  };
}

const hoursOf = ({ startsAt, endsAt }: Session): Pick<ValidationCase, 'hours'> => ({
  hours: { startsAt: localTimeAt(startsAt), endsAt: localTimeAt(endsAt) },
});

/** Sentences that agents often write, ready to be picked; first the one that suits a case that can only be refused. */
export const readySentencesFor = (opened: Pick<ValidationCase, 'gone'> | undefined): string[] =>
  opened?.gone ? [opened.gone.sentence, ...readySentences] : [...readySentences];

const readySentences = [
  'Toutes les places de ce jour sont prises. Nous vous proposons de choisir un autre jour.',
  'Le dossier de votre enfant est à compléter\u00a0: appelez-nous, nous vous dirons ce qui manque.',
  'L’activité de ce jour n’est pas adaptée à l’âge de votre enfant.',
] as const;

export const readyReasons = ['Grève', 'Intempéries', 'Travaux', 'Équipe incomplète'] as const;

export const closeHref = (activityId: string, date: LocalDate): string =>
  `/agents/seances/${activityId}/${date}/fermeture`;

const waitingAndAwaiting = ({ waiting, awaiting }: SessionRow): number => waiting + awaiting;
const filled = ({ held, places }: SessionRow): number => held / Math.max(1, places);

/** Sessions that are there no more have no hour, and come first. */
const hourOf = ({ hours }: SessionRow): string => hours?.startsAt ?? '';

const comparisons: Readonly<Record<SessionSort, (a: SessionRow, b: SessionRow) => number>> = {
  heure: (a, b) => hourOf(a).localeCompare(hourOf(b)) || a.label.localeCompare(b.label, 'fr'),
  lieu: (a, b) =>
    a.facility.localeCompare(b.facility, 'fr') || a.label.localeCompare(b.label, 'fr'),
  places: (a, b) => filled(a) - filled(b),
  attente: (a, b) => waitingAndAwaiting(a) - waitingAndAwaiting(b),
};

export const isSessionSort = (text: unknown): text is SessionSort =>
  typeof text === 'string' && Object.hasOwn(comparisons, text);

/** What a row says of its session: closed and why, or how to close it while the domain allows that. */
function closing(
  { activity: { activityId }, date, terms, concerned, closedBecause }: SessionSummary,
  now: Instant,
): Pick<SessionRow, 'closedBecause' | 'closeHref'> {
  if (closedBecause !== undefined) return { closedBecause };
  const closable = whyNotClosable(date, { now, terms }, concerned > 0) === undefined;
  return closable ? { closeHref: closeHref(activityId, date) } : {};
}

function groupRow(
  summary: SessionSummary,
  { name, held, places, waiting }: GroupOccupancy,
  index: number,
  now: Instant,
): SessionRow {
  const { activity, terms, awaiting, groups } = summary;
  return {
    key: `${activity.activityId}|${name}`,
    label: activity.name,
    kind: activity.kind,
    facility: activity.facility.name,
    group: name,
    held,
    places,
    awaiting: index === 0 ? awaiting : 0,
    ...(groups.length > 1 ? { awaitingIsShared: true } : {}),
    waiting,
    ...(terms.status === 'session' ? hoursOf(terms) : {}),
    ...closing(summary, now),
  };
}

/** A session that the rules no longer hold, while somebody is in its book: it has no group any more. */
const goneRow = (summary: SessionSummary, now: Instant): SessionRow => ({
  key: summary.activity.activityId,
  label: summary.activity.name,
  kind: summary.activity.kind,
  facility: summary.activity.facility.name,
  group: '',
  held: 0,
  places: 0,
  awaiting: summary.awaiting,
  waiting: 0,
  gone: summary.concerned,
  ...closing(summary, now),
});

/** A row per age group. Requests that await validation are counted once, on the session's first row. */
export function sessionRows(
  sessions: readonly SessionSummary[],
  now: Instant,
  sort: { readonly by: SessionSort; readonly direction: 'ascending' | 'descending' },
): SessionRow[] {
  const rows = sessions.flatMap((summary) =>
    summary.terms.status === 'session'
      ? summary.groups.map((group, index) => groupRow(summary, group, index, now))
      : [goneRow(summary, now)],
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

function sessionsQuery({ date, sort, descending, facility }: SessionsAddress): string {
  const query = new URLSearchParams({ jour: date });
  if (sort) query.set('tri', sort);
  if (descending) query.set('sens', 'desc');
  if (facility) query.set('lieu', facility);
  return query.toString();
}

export const sessionsPath = '/agents/seances';
export const sessionsCsvPath = `${sessionsPath}.csv`;

export const sessionsHref = (address: SessionsAddress): string =>
  `${sessionsPath}?${sessionsQuery(address)}`;

/** The same sessions, as a file. */
export const sessionsCsvHref = (address: SessionsAddress): string =>
  `${sessionsCsvPath}?${sessionsQuery(address)}`;
