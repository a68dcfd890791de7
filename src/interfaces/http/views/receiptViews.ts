import type { IssuedReceipt } from '../../../application/reservation/submission.ts';
import { receiptNumber, type Outcome } from '../../../domain/receipt/receipt.ts';
import { describeRejection } from '../../rejections.ts';
import {
  cents,
  count,
  day,
  described,
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

const values = {
  type: 'object',
  description: 'Ce que la phrase cite : limites, montants, motifs.',
  additionalProperties: { type: ['string', 'number', 'boolean'] },
};

const alreadyDueCents = described(
  cents,
  'Déjà dû pour ce jour, après une annulation tardive : rien n’est facturé deux fois.',
);
const ruleVersion = described(whole, 'Version des règles qui ont décidé.');

export const receiptSchemas = {
  Outcome: oneOf(
    object(
      {
        outcome: words('accepted', 'awaitingValidation'),
        reservationId: id,
        priceCents: cents,
      },
      { alreadyDueCents, ruleVersion },
    ),
    object(
      { outcome: words('waitlisted'), reservationId: id, priceCents: cents },
      { rank: count, alreadyDueCents, ruleVersion },
    ),
    object(
      {
        outcome: words('cancelled'),
        reservationId: id,
        timing: words('inTime', 'late'),
        billedCents: cents,
      },
      { alreadyDueCents, limit: instant, ruleVersion },
    ),
    object({
      outcome: words('refused'),
      code: text,
      message: described(text, 'Pourquoi, en une phrase.'),
      values,
    }),
    object(
      { outcome: words('heldByOtherHousehold') },
      {},
      'L’autre foyer de l’enfant a réservé ce jour, et le paiera.',
    ),
  ),
  Receipt: object({
    receiptId: id,
    number: described(
      { type: 'string', pattern: '^[0-9A-F]{4}(-[0-9A-F]{4}){2}$' },
      'Le numéro à donner au téléphone.',
    ),
    familyId: id,
    issuedAt: instant,
    lines: list(
      object({
        act: words('reserve', 'cancel'),
        childId: id,
        activityId: id,
        date: day,
        result: ref('Outcome'),
      }),
    ),
  }),
};

/** A receipt with each day's outcome; a refusal says why in French. */
export const receiptView = ({ receiptId, familyId, issuedAt, lines }: IssuedReceipt): object => ({
  receiptId,
  number: receiptNumber(receiptId),
  familyId,
  issuedAt,
  lines: lines.map(({ act, childId, activityId, date, result }) => ({
    act,
    childId,
    activityId,
    date,
    result: outcomeView(result),
  })),
});

function outcomeView(result: Outcome): object {
  if (result.outcome !== 'refused') return result;
  const { outcome, code, values: quoted } = result;
  return { outcome, code, message: describeRejection(result).detail, values: quoted };
}
