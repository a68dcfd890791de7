import type { ActivityKind } from '../../../domain/activity/activityTerms.ts';
import type { LocalDate } from '../../../domain/kernel/localDate.ts';
import type { Cents } from '../../../domain/kernel/money.ts';
import type { Instant } from '../../../domain/kernel/parisTime.ts';
import { Banner } from '../components/banner.tsx';
import { LinkButton } from '../components/button.tsx';
import { Card } from '../components/card.tsx';
import { DeskAddress } from '../components/deskAddress.tsx';
import { DayLines, type DayLine, type LineState } from '../components/dayLines.tsx';
import { staysDue, takenOver } from '../components/dueWords.ts';
import { Icon } from '../components/icon.tsx';
import { activityIcon } from '../components/slot.ts';
import { waitingWords } from '../components/slotWords.ts';
import { formatMoney, formatPrice } from '../../../domain/kernel/french/money.ts';
import { formatFullMoment, formatMoment } from '../../../domain/kernel/french/times.ts';
import { capitalise } from '../../../domain/kernel/french/words.ts';
import type { TownWords } from '../layout/pageFrame.ts';
import { outcomeWords } from './receiptWords.ts';

/** The rule that decided, and its limit where it has one. Older receipts don't say which version. */
export interface RuleApplied {
  readonly version?: number;
  readonly limit?: Instant;
}

export type Outcome = {
  readonly rule?: RuleApplied;
  /** Due already, after a late cancellation: a place asked for again takes it over. */
  readonly dueCents?: Cents;
} & (
  | { readonly kind: 'accepted'; readonly priceCents: Cents }
  | { readonly kind: 'awaiting'; readonly priceCents: Cents }
  | { readonly kind: 'waitlisted'; readonly rank?: number; readonly priceCents: Cents }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'cancelled' }
  /** The family was warned, and accepted. */
  | { readonly kind: 'cancelledLate'; readonly billedCents: Cents }
  | { readonly kind: 'notCancelled'; readonly reason: string }
  /** The child's other household has booked the day. */
  | { readonly kind: 'otherHousehold' }
);

export interface ReceiptLine {
  readonly key: string;
  readonly childName: string;
  readonly date: LocalDate;
  readonly label: string;
  readonly place?: string;
  readonly kind: ActivityKind;
  readonly outcome: Outcome;
}

/** The proof of what was asked and of what became of it (CRPA L112-11, R112-11-1). Lines in the order of days. */
export interface ReceiptView {
  readonly number: string;
  readonly receivedAt: Instant;
  /** « Camille Vialard », « le service Espace Accueil Famille »; absent when nobody can tell any more. */
  readonly sentBy?: string;
  readonly lines: readonly ReceiptLine[];
  /** The words of the family to the team. */
  readonly notes: readonly string[];
  readonly desk: TownWords;
  readonly agendaHref: string;
  /** All the receipts of the family. */
  readonly listHref: string;
}

export const receiptTitle = ({ number }: Pick<ReceiptView, 'number'>): string =>
  `Accusé de réception ${number}`;

const ruleWords = (rule: RuleApplied | undefined): string => {
  if (!rule) return '';
  const { limit, version } = rule;
  return [
    ...(limit ? [`Limite\u00a0: ${formatMoment(limit)}.`] : []),
    ...(version === undefined ? [] : [`Règle appliquée\u00a0: version\u00a0${version}.`]),
  ].join(' ');
};

interface Told {
  readonly state: LineState;
  readonly amount?: string;
  readonly more?: string;
}

/** What a day costs once more, and what was due for it before. */
function told(outcome: Outcome): Told {
  const line = toldAlone(outcome);
  const { dueCents } = outcome;
  if (dueCents === undefined) return line;
  const asked = 'priceCents' in outcome ? outcome.priceCents : undefined;
  const due = asked === undefined ? staysDue(dueCents) : takenOver(dueCents, asked);
  const more = line.more === undefined ? due : `${line.more} ${due}`;
  if (asked !== undefined) return { ...line, amount: formatMoney(asked), more };
  return outcome.kind === 'cancelled'
    ? { ...line, state: { ...line.state, words: 'Annulé, rien de plus à payer' }, more }
    : { ...line, more };
}

function toldAlone(outcome: Outcome): Told {
  switch (outcome.kind) {
    case 'accepted':
      return {
        state: { tone: 'held', icon: 'check', words: 'Accepté' },
        amount: formatPrice(outcome.priceCents),
      };
    case 'awaiting':
      return {
        state: { tone: 'wait', icon: 'hourglass', words: 'En attente de validation' },
        amount: formatPrice(outcome.priceCents),
        more: 'Une place est gardée pour vous jusqu’à la réponse de l’équipe.',
      };
    case 'waitlisted':
      return {
        state: {
          tone: 'list',
          icon: 'list-ordered',
          words: waitingWords(outcome.rank),
        },
        amount: formatPrice(outcome.priceCents),
        more: 'Si une place se libère à temps, elle vous revient à votre rang. Rien n’est facturé d’ici là.',
      };
    case 'refused':
      return {
        state: { tone: 'stop', icon: 'x', words: 'Refusé' },
        more: outcome.reason,
      };
    case 'cancelled':
      return {
        state: { tone: 'off', icon: 'undo-2', words: 'Annulé, sans frais' },
      };
    case 'cancelledLate': {
      const amount = formatMoney(outcome.billedCents);
      return {
        state: { tone: 'stop', icon: 'undo-2', words: 'Annulé tard' },
        amount,
        more: `Vous avez confirmé avoir compris que ce jour reste facturé ${amount}.`,
      };
    }
    case 'notCancelled':
      return {
        state: { tone: 'stop', icon: 'lock', words: 'Pas annulé' },
        more: outcome.reason,
      };
    case 'otherHousehold':
      return {
        state: { tone: 'off', icon: 'users', words: 'Réservé par l’autre foyer' },
        more: 'Ce jour est déjà réservé pour l’enfant, et sera facturé à l’autre foyer. Rien n’est facturé au vôtre.',
      };
  }
}

function lineOf({ outcome, key, date, label, place, kind, childName }: ReceiptLine): DayLine {
  const { state, amount, more } = told(outcome);
  const words = ruleWords(outcome.rule);
  return {
    key,
    date,
    icon: activityIcon(kind),
    label,
    details: [childName, ...(place ? [place] : [])],
    state,
    ...(amount ? { amount } : {}),
    ...(more || words
      ? {
          more: (
            <>
              {more && <p>{more}</p>}
              {words && <p class="line__rule">{words}</p>}
            </>
          ),
        }
      : {}),
  };
}

function counted(lines: readonly ReceiptLine[]): string {
  const count = (...kinds: Outcome['kind'][]): number =>
    lines.filter(({ outcome }) => kinds.includes(outcome.kind)).length;
  return outcomeWords({
    accepted: count('accepted'),
    awaiting: count('awaiting'),
    waitlisted: count('waitlisted'),
    cancelled: count('cancelled', 'cancelledLate'),
    refused: count('refused', 'notCancelled'),
    otherHousehold: count('otherHousehold'),
  });
}

function WhatNext({ view }: { readonly view: ReceiptView }) {
  const kinds = new Set(view.lines.map(({ outcome }) => outcome.kind));
  const anyDue = view.lines.some(({ outcome }) => outcome.dueCents !== undefined);
  const { desk } = view;
  return (
    <Card title="Et maintenant" id="suite">
      <ul class="plain">
        {kinds.has('awaiting') && (
          <li>
            {`L’équipe lit votre demande\u00a0: sa réponse s’affichera dans l’agenda et à l’accueil. Tant qu’elle n’a pas répondu, rien n’est accepté ni facturé, même après plusieurs jours. Sans réponse la veille, appelez le service.`}
          </li>
        )}
        {kinds.has('waitlisted') && (
          <li>Vous gardez votre rang. Vous pouvez quitter la liste d’attente à tout moment.</li>
        )}
        {kinds.has('accepted') && (
          <li>
            Un empêchement&nbsp;? Annulez dans l’agenda avant la limite de chaque jour, rien{' '}
            {anyDue ? 'de plus ' : ''}ne sera facturé.
          </li>
        )}
        {(kinds.has('refused') || kinds.has('notCancelled')) && (
          <li>
            {`Une réponse vous semble à revoir\u00a0? Appelez le service, avec le numéro de cet accusé. Vous pouvez aussi saisir le tribunal administratif dans les deux mois.`}
          </li>
        )}
        <li>Gardez ce numéro&nbsp;: il fait foi de votre demande et de sa réponse.</li>
      </ul>
      <DeskAddress desk={desk} />
    </Card>
  );
}

/** The receipt, day by day, ready to be printed. */
export function ReceiptPage(view: ReceiptView) {
  const { number, receivedAt, sentBy, lines, notes, agendaHref, listHref } = view;
  const kinds = new Set(lines.map(({ outcome }) => outcome.kind));
  const anyStop = kinds.has('refused') || kinds.has('notCancelled');
  const onlyStop =
    anyStop &&
    !lines.some(({ outcome: { kind } }) => kind !== 'refused' && kind !== 'notCancelled');
  return (
    <div class="narrow receipt">
      <h1>Accusé de réception</h1>
      <Banner
        tone={onlyStop ? 'stop' : anyStop ? 'wait' : 'done'}
        title={capitalise(`${counted(lines)}.`)}
        announced
      >
        <p>{`Reçu ${formatFullMoment(receivedAt)}${sentBy ? `, envoyé par ${sentBy}` : ''}.`}</p>
      </Banner>
      <p class="receipt__number">
        <span>Numéro</span> <b>{number}</b>
      </p>
      <Card title="Réponse, jour par jour" id="reponse" flush>
        <DayLines lines={lines.map(lineOf)} />
      </Card>
      {notes.length > 0 && (
        <Card title="Votre mot pour l’équipe" id="votre-mot">
          {notes.map((note) => (
            <p key={note} class="quote">
              {note}
            </p>
          ))}
        </Card>
      )}
      <WhatNext view={view} />
      <div class="actions no-print">
        <LinkButton href={agendaHref} tone="primary" icon="calendar-days">
          Revenir à l’agenda
        </LinkButton>
        <LinkButton href={listHref} icon="inbox">
          Mes accusés de réception
        </LinkButton>
        <button type="button" class="button button--secondary needs-script" data-print>
          <Icon name="printer" />
          <span>Imprimer</span>
        </button>
      </div>
    </div>
  );
}
