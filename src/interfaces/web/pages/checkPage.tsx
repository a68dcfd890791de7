import type { ActivityKind } from '../../../domain/activity/activityTerms.ts';
import type { LocalDate } from '../../../domain/kernel/localDate.ts';
import type { Cents } from '../../../domain/kernel/money.ts';
import { longest } from '../../../domain/kernel/words.ts';
import type { Instant } from '../../../domain/kernel/parisTime.ts';
import type { ExpectedBill } from '../../../application/reservation/expectedBill.ts';
import { Button, LinkButton } from '../components/button.tsx';
import { Card } from '../components/card.tsx';
import { DayLines, type DayLine, type LineState } from '../components/dayLines.tsx';
import { staysDue, takenOver } from '../components/dueWords.ts';
import { EmptyState } from '../components/emptyState.tsx';
import { ErrorSummary, type Fault } from '../components/errorSummary.tsx';
import { CheckField, TextField } from '../components/field.tsx';
import { activityIcon, CANCEL_FIELD, RESERVE_FIELD } from '../components/slot.ts';
import { formatDay } from '../../../domain/kernel/french/dates.ts';
import { formatMoney, formatPrice } from '../../../domain/kernel/french/money.ts';
import { formatMoment } from '../../../domain/kernel/french/times.ts';
import { plural } from '../../../domain/kernel/french/words.ts';

/** Names of the fields that this page adds to the ticks. */
export const ACCEPT_FIELD = 'accepter';
export const NOTE_FIELD = 'mot';
/** Where a fault of the word leads. */
export const NOTE_ID = 'mot';
/** Makes a second press of « Envoyer » harmless. */
export const REQUEST_FIELD = 'demande';

interface CheckedDay {
  /** Value of the checkbox, as `slotValue` wrote it. */
  readonly value: string;
  readonly childName: string;
  readonly date: LocalDate;
  readonly label: string;
  readonly place?: string;
  readonly kind: ActivityKind;
}

/** What to expect of a place asked for. */
export type Expectation =
  | { readonly kind: 'atOnce' }
  | { readonly kind: 'afterValidation' }
  | { readonly kind: 'waitingList'; readonly probableRank: number }
  /** Asked for in another window, or by the other guardian, in the meantime: sending changes nothing. */
  | { readonly kind: 'already'; readonly awaits: boolean }
  | { readonly kind: 'otherHousehold' }
  | { readonly kind: 'refused'; readonly reason: string };

export interface CheckedReservation extends CheckedDay {
  /** What it would add to the bill. */
  readonly priceCents: Cents;
  /** Due already, after a late cancellation: taken over. */
  readonly alreadyDueCents?: Cents;
  readonly expected: Expectation;
}

export interface CheckedCancellation extends CheckedDay {
  readonly cost:
    | { readonly kind: 'free'; readonly dueCents?: Cents }
    | {
        readonly kind: 'billed';
        readonly billedCents: Cents;
        readonly limit: Instant;
        readonly dueCents?: Cents;
      }
    | { readonly kind: 'impossible'; readonly reason: string };
  /** The box « J’ai compris » is ticked already. */
  readonly accepted?: boolean;
}

/** What was ticked, before it is sent. Days in order. */
export interface CheckView {
  readonly reservations: readonly CheckedReservation[];
  readonly cancellations: readonly CheckedCancellation[];
  readonly bill: ExpectedBill;
  readonly note?: string;
  readonly form: { readonly action: string; readonly csrf: string; readonly requestId: string };
  /** The agenda, with the ticks as they are. */
  readonly editHref: string;
  readonly faults: readonly Fault[];
}

export const checkTitle = 'Vérifier avant d’envoyer';

const named = ({ value, date, label, place, kind, childName }: CheckedDay) => ({
  key: value,
  date,
  icon: activityIcon(kind),
  label,
  details: [childName, ...(place ? [place] : [])],
});

const expectations = (expected: Expectation): LineState => {
  switch (expected.kind) {
    case 'atOnce':
      return { tone: 'held', icon: 'check', words: 'Sera accepté aussitôt' };
    case 'afterValidation':
      return { tone: 'wait', icon: 'hourglass', words: 'Sera en attente de validation' };
    case 'waitingList':
      return {
        tone: 'list',
        icon: 'list-ordered',
        words: `Complet\u00a0: liste d’attente, sans doute rang\u00a0${expected.probableRank}`,
      };
    case 'already':
      return expected.awaits
        ? { tone: 'off', icon: 'hourglass', words: 'Déjà demandé' }
        : { tone: 'off', icon: 'check', words: 'Déjà réservé' };
    case 'otherHousehold':
      return { tone: 'off', icon: 'check', words: 'Déjà réservé par l’autre foyer' };
    case 'refused':
      return { tone: 'stop', icon: 'x', words: 'Ne pourra pas être accepté' };
  }
};

/** What sending would ask for: the rest is held already, or will be refused. */
const isAsked = ({ expected: { kind } }: CheckedReservation): boolean =>
  kind !== 'refused' && kind !== 'already' && kind !== 'otherHousehold';

function reservationLine(checked: CheckedReservation): DayLine {
  const { expected, priceCents, alreadyDueCents } = checked;
  const line = { ...named(checked), state: expectations(expected) };
  if (expected.kind === 'refused') return { ...line, more: <p>{expected.reason}</p> };
  if (!isAsked(checked)) return line;
  return alreadyDueCents === undefined
    ? { ...line, amount: formatPrice(priceCents) }
    : {
        ...line,
        amount: formatMoney(priceCents),
        more: <p>{takenOver(alreadyDueCents, priceCents)}</p>,
      };
}

export const acceptId = (value: string): string => `accepter-${value.replaceAll('|', '-')}`;

function cancellationLine(checked: CheckedCancellation, faults: readonly Fault[]): DayLine {
  const { cost, value, date, label, childName } = checked;
  if (cost.kind === 'free')
    return {
      ...named(checked),
      state: {
        tone: 'off',
        icon: 'undo-2',
        words: cost.dueCents === undefined ? 'Annulation sans frais' : 'Rien de plus à payer',
      },
      ...(cost.dueCents === undefined ? {} : { more: <p>{staysDue(cost.dueCents)}</p> }),
    };
  if (cost.kind === 'impossible')
    return {
      ...named(checked),
      state: { tone: 'stop', icon: 'lock', words: 'Ne peut plus être annulé' },
      more: <p>{cost.reason}</p>,
    };
  const id = acceptId(value);
  const fault = faults.find(({ fieldId }) => fieldId === id);
  const amount = formatMoney(cost.billedCents);
  return {
    ...named(checked),
    state: { tone: 'stop', icon: 'triangle-alert', words: 'Trop tard pour annuler sans frais' },
    amount,
    more: (
      <>
        <p>{`La limite était ${formatMoment(cost.limit)}. Si vous annulez, ce jour reste facturé ${amount}.`}</p>
        {cost.dueCents !== undefined && <p>{staysDue(cost.dueCents)}</p>}
        <CheckField
          id={id}
          name={ACCEPT_FIELD}
          value={value}
          required
          {...(checked.accepted ? { checked: true } : {})}
          {...(fault ? { error: fault.message } : {})}
        >
          {`J’ai compris que ce jour reste facturé ${amount} pour ${childName}\u00a0: ${label}, ${formatDay(date)}.`}
        </CheckField>
      </>
    ),
  };
}

function Hidden({ view }: { readonly view: CheckView }) {
  const { reservations, cancellations, form } = view;
  return (
    <>
      <input type="hidden" name="csrf" value={form.csrf} />
      <input type="hidden" name={REQUEST_FIELD} value={form.requestId} />
      {reservations.map(({ value }) => (
        <input key={value} type="hidden" name={RESERVE_FIELD} value={value} />
      ))}
      {cancellations.map(({ value }) => (
        <input key={value} type="hidden" name={CANCEL_FIELD} value={value} />
      ))}
    </>
  );
}

const one = (count: number): boolean => count < 2;

function Total({ bill: { placed, waiting, late } }: { readonly bill: ExpectedBill }) {
  if (placed.count + waiting.count + late.count === 0) return null;
  const days = plural(waiting.count, 'jour');
  return (
    <div class="total">
      <dl>
        {placed.count > 0 && (
          <div class="total__main">
            <dt>{`Total pour ${plural(placed.count, 'réservation')}`}</dt>
            <dd>{formatMoney(placed.cents)}</dd>
          </div>
        )}
        {waiting.count > 0 && (
          <div class="total__waiting">
            <dt>
              {`${placed.count > 0 ? 'En plus, ' : ''}${days} en liste d’attente, ${one(waiting.count) ? 'facturé' : 'facturés'} seulement si une place se libère`}
            </dt>
            <dd>{formatMoney(waiting.cents)}</dd>
          </div>
        )}
        {late.count > 0 && (
          <div>
            <dt>Annulations tardives, qui restent facturées</dt>
            <dd>{formatMoney(late.cents)}</dd>
          </div>
        )}
      </dl>
      <p class="total__note">
        {placed.count + late.count > 0
          ? 'Rien à payer maintenant\u00a0: ce montant figurera sur votre prochaine facture.'
          : 'Rien à payer maintenant.'}
      </p>
    </div>
  );
}

/** Each day with its price and what to expect, before anything is sent (RGAA 11.12). */
export function CheckPage(view: CheckView) {
  const { reservations, cancellations, note, form, editHref, faults } = view;
  if (reservations.length + cancellations.length === 0)
    return (
      <div class="narrow">
        <h1>{checkTitle}</h1>
        <EmptyState
          icon="calendar-check"
          title="Aucun jour n’est coché"
          action={
            <LinkButton href={editHref} tone="primary" icon="arrow-left">
              Revenir à l’agenda
            </LinkButton>
          }
        >
          <p>Cochez les jours à réserver ou à annuler, puis vérifiez.</p>
        </EmptyState>
      </div>
    );
  // A word written once stays, also when no day of the moment seems to need it.
  const staffReads =
    note !== undefined || reservations.some(({ expected }) => expected.kind === 'afterValidation');
  const noteFault = faults.find(({ fieldId }) => fieldId === NOTE_ID);
  return (
    <form class="narrow" method="post" action={form.action}>
      <Hidden view={view} />
      <h1>{checkTitle}</h1>
      <p class="lead">Relisez, puis envoyez. Rien n’est encore parti.</p>
      <ErrorSummary faults={faults} />
      {reservations.length > 0 && (
        <Card title="À réserver" id="a-reserver" flush>
          <DayLines lines={reservations.map(reservationLine)} />
        </Card>
      )}
      {cancellations.length > 0 && (
        <Card title="À annuler" id="a-annuler" flush>
          <DayLines lines={cancellations.map((line) => cancellationLine(line, faults))} />
        </Card>
      )}
      {staffReads && (
        <Card>
          <TextField
            id={NOTE_ID}
            name={NOTE_FIELD}
            label="Un mot pour l’équipe"
            optional
            hint="Lu par l’équipe qui valide. N’y mettez rien de médical."
            rows={3}
            maxLength={longest.note}
            {...(note === undefined ? {} : { value: note })}
            {...(noteFault ? { error: noteFault.message } : {})}
          />
        </Card>
      )}
      <Total bill={view.bill} />
      <div class="actions">
        <Button tone="primary" icon="send">
          Envoyer
        </Button>
        <LinkButton href={editHref} icon="pencil">
          Modifier
        </LinkButton>
      </div>
    </form>
  );
}
