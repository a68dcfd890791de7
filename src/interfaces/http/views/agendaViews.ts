import type { AgendaCell, AgendaView } from '../../../application/reservation/agendaView.ts';
import { isRejection } from '../../../domain/kernel/rejection.ts';
import { describeRejection } from '../../rejections.ts';
import { activityReference } from './activityViews.ts';
import {
  cents,
  count,
  day,
  described,
  flag,
  id,
  instant,
  list,
  object,
  oneOf,
  ref,
  text,
  whole,
  words,
} from './schemaWords.ts';
import { goneView, termsView } from './sessionTermsView.ts';

const statuses = words(
  'confirmed',
  'awaitingValidation',
  'waitlisted',
  'refused',
  'cancelled',
  'cancelledByTown',
);

export const agendaSchemas = {
  ReservationStatus: statuses,
  Limit: object(
    { at: instant, boundary: words('exclusive', 'inclusive') },
    {},
    'Une limite : « avant » (exclusive) ou « jusqu’à » (inclusive).',
  ),
  SessionTerms: object({
    date: day,
    startsAt: instant,
    endsAt: instant,
    ruleVersion: whole,
    booking: ref('Limit'),
    cancellation: ref('Limit'),
    validation: words('immediate', 'staff'),
    waitingList: flag,
    lateGiveBackFree: flag,
    priceCents: cents,
  }),
  Gone: described(
    object({ code: text, message: text }),
    'La séance n’a plus lieu : les règles ou le calendrier ont changé depuis la réservation.',
  ),
  Standing: object(
    {
      status: ref('ReservationStatus'),
      bookedBy: described(
        words('thisFamily', 'otherHousehold'),
        'Un enfant en garde alternée peut être réservé par son autre foyer : le prix et la référence restent alors à lui.',
      ),
    },
    {
      reservationId: id,
      priceCents: cents,
      rank: described(count, 'Rang sur la liste d’attente, à partir de 1.'),
      freeUntil: described(
        instant,
        'Place venue de la liste d’attente, ou acceptée après la limite : annulable sans frais jusque-là.',
      ),
      cancelled: object({ timing: words('inTime', 'late'), billedCents: cents }),
      refusal: described(text, 'La phrase écrite par l’équipe.'),
    },
    'Ce qui tient : la dernière réservation de l’enfant pour cette séance.',
  ),
  Offer: oneOf(
    object({ kind: words('confirmed', 'submitted') }),
    object({ kind: words('waitlisted'), rank: count }),
    object({ kind: words('refused'), code: text, message: text }),
  ),
  AgendaCell: object(
    { childId: id, activity: ref('ActivityReference') },
    {
      session: ref('SessionTerms'),
      gone: ref('Gone'),
      standing: ref('Standing'),
      dueCents: described(
        cents,
        'Ce que des annulations tardives laissent déjà dû pour cette séance : la redemander ne coûte que ce qui le dépasse.',
      ),
      cancellation: object({
        timing: words('inTime', 'late'),
        billedCents: cents,
        limit: ref('Limit'),
      }),
      offer: described(ref('Offer'), 'Ce que demander une place donnerait maintenant.'),
      closedBecause: described(text, 'Pourquoi la commune a annulé la séance.'),
    },
  ),
  Agenda: object({
    month: text,
    today: day,
    now: instant,
    children: list(object({ childId: id, firstName: text, lastName: text }, { schoolClass: text })),
    days: list(
      object({
        date: day,
        notes: list(
          object({ kind: words('publicHoliday', 'schoolHoliday', 'closure'), name: text }),
        ),
        cells: list(ref('AgendaCell')),
      }),
    ),
  }),
};

/** A family's month. The other household of a child is told as such, and never named. */
export const agendaView = ({ month, today, now, children, days }: AgendaView): object => ({
  month,
  today,
  now,
  children,
  days: days.map(({ date, notes, cells }) => ({
    date,
    notes,
    cells: cells.map(cellView),
  })),
});

function cellView(cell: AgendaCell): object {
  const { childId, activity, session, gone, cancellation, offer, closedBecause, dueCents } = cell;
  const standing = standingView(cell);
  return {
    childId,
    activity: activityReference(activity),
    ...(session && { session: termsView(session) }),
    ...(gone && { gone: goneView(gone) }),
    ...(standing && { standing }),
    ...(dueCents !== undefined && { dueCents }),
    ...(cancellation && { cancellation }),
    ...(offer && { offer: offerView(offer) }),
    ...(closedBecause !== undefined && { closedBecause }),
  };
}

function standingView({ standing, heldByOtherHousehold }: AgendaCell): object | undefined {
  if (heldByOtherHousehold) return { status: heldByOtherHousehold, bookedBy: 'otherHousehold' };
  if (!standing) return undefined;
  const { reservationId, status, priceCents, rank, freeUntil, cancelled, refusal } = standing;
  const told = { reservationId, status, priceCents, rank, freeUntil, cancelled, refusal };
  return { ...told, bookedBy: 'thisFamily' };
}

function offerView(offer: NonNullable<AgendaCell['offer']>): object {
  if (!isRejection(offer)) return offer;
  const { code, detail } = describeRejection(offer);
  return { kind: 'refused', code, message: detail };
}
