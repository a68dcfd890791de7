import { localDateAt, localTimeAt, type Instant } from '../../../domain/kernel/parisTime.ts';
import type { BookingToDecide } from '../../../application/reservation/validationQueueQuery.ts';
import { csvOf, type CsvCell } from '../csv.ts';
import type { SessionRow } from '../pages/sessionsPage.tsx';

/** « 2026-11-14 18:02 », the time of France: spreadsheets read it as a date. */
const moment = (instant: Instant | undefined): CsvCell =>
  instant && `${localDateAt(instant)} ${localTimeAt(instant)}`;

/** The queue, as its page lists it; not the families' words, which are read case by case. */
export const queueCsv = (list: readonly BookingToDecide[]): string =>
  csvOf(
    ['Séance', 'Début', 'Activité', 'Lieu', 'Nom', 'Prénom', 'Âge ce jour-là', 'Demandé', 'État'],
    list.map(({ booking, child, activity, session, gone }) => [
      booking.date,
      session && localTimeAt(session.startsAt),
      activity.name,
      activity.facility.name,
      child?.lastName,
      child?.firstName,
      booking.age,
      moment(booking.requestedAt),
      gone ? 'Ne peut plus être acceptée' : 'À valider',
    ]),
  );

const stateOf = ({ closedBecause, gone }: SessionRow): string =>
  closedBecause !== undefined
    ? `Fermée\u00a0: ${closedBecause}`
    : gone === undefined
      ? 'Ouverte'
      : 'N’a plus lieu';

/** The sessions of a day, as their page lists them. */
export const sessionsCsv = (date: string, rows: readonly SessionRow[]): string =>
  csvOf(
    [
      'Jour',
      'Début',
      'Fin',
      'Séance',
      'Lieu',
      'Groupe',
      'Places prises',
      'Places',
      'À valider',
      'En attente',
      'État',
    ],
    rows.map((row) => [
      date,
      row.hours?.startsAt,
      row.hours?.endsAt,
      row.label,
      row.facility,
      row.group,
      row.held,
      row.places,
      row.awaiting,
      row.waiting,
      stateOf(row),
    ]),
  );
