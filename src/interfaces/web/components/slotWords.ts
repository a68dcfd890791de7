import { formatMoney, formatPrice } from '../../../domain/kernel/french/money.ts';
import { dueNote, moreToPay } from './dueWords.ts';
import type { IconName, MarkName } from '../icons.ts';
import {
  CANCEL_FIELD,
  RESERVE_FIELD,
  type Asking,
  type Cancellation,
  type SlotState,
} from './slot.ts';
import type { StateTone } from './stateBadge.tsx';

/** How a state is told: three times over, by shape, icon and words. */
export interface SlotLook {
  readonly tone: StateTone;
  readonly icon: IconName;
  /** « À réserver », « Réservé » */
  readonly words: string;
  /** Right after: the price. */
  readonly detail?: string;
  /** A line of its own: a reason, what a cancellation costs. */
  readonly note?: string;
  readonly mark: MarkName;
  /** The name is struck through: it won't take place. */
  readonly struck?: boolean;
  /** What ticking its box does. Absent: no box. */
  readonly tick?: SlotTick;
}

export interface SlotTick {
  readonly field: typeof RESERVE_FIELD | typeof CANCEL_FIELD;
  readonly icon: IconName;
  /** What stands there once ticked: « Coché ». */
  readonly words: string;
  /** Words in place of an empty box: « Annuler », then « Garder ». */
  readonly action?: string;
  readonly undo?: string;
  readonly mark: MarkName;
  readonly priceCents: number;
}

const asking = ({ priceCents }: Asking): SlotTick => ({
  field: RESERVE_FIELD,
  icon: 'check',
  words: 'Coché',
  mark: 'ticked',
  priceCents,
});

/** « 1,85 € », « gratuit »; after a late cancellation « rien de plus à payer ». */
const priceWords = ({ priceCents, alreadyDueCents }: Asking): string =>
  alreadyDueCents === undefined ? formatPrice(priceCents) : moreToPay(priceCents);

function leaving(cancellation: Cancellation, waiting = false): { tick?: SlotTick } {
  if (cancellation.kind === 'over') return {};
  const cost = waiting
    ? ''
    : cancellation.kind === 'free'
      ? ', sans frais'
      : `, facturé ${formatMoney(cancellation.billedCents)}`;
  return {
    tick: {
      field: CANCEL_FIELD,
      icon: 'undo-2',
      words: waiting ? 'À retirer' : `À annuler${cost}`,
      action: waiting ? 'Retirer' : 'Annuler',
      undo: 'Garder',
      mark: 'leaving',
      priceCents: 0,
    },
  };
}

const billed = (cancellation: Cancellation): { note?: string } =>
  cancellation.kind === 'billed'
    ? { note: `annulation facturée ${formatMoney(cancellation.billedCents)}` }
    : {};

const answers: Readonly<
  Record<Asking['answer'], Pick<SlotLook, 'words' | 'icon' | 'tone' | 'mark'>>
> = {
  atOnce: { words: 'À réserver', icon: 'plus', tone: 'open', mark: 'open' },
  afterValidation: { words: 'À demander', icon: 'plus', tone: 'open', mark: 'open' },
  waitingList: {
    words: 'Complet\u00a0: liste d’attente',
    icon: 'list-ordered',
    tone: 'list',
    mark: 'waitable',
  },
};

const again = (ask: Asking | undefined): { tick?: SlotTick } => (ask ? { tick: asking(ask) } : {});
const stillOpen = (ask: Asking | undefined): { note?: string } =>
  ask ? { note: `à réserver de nouveau, ${priceWords(ask)}` } : {};

/** « Liste d’attente, rang 2 »; without a rank when there is none to tell. */
export const waitingWords = (rank: number | undefined): string =>
  rank === undefined ? 'Sur liste d’attente' : `Liste d’attente, rang\u00a0${rank}`;

/** How a state looks and reads, with what is due already. */
export function slotLook(state: SlotState): SlotLook {
  const look = lookOf(state);
  const { dueCents } = state;
  if (dueCents === undefined || state.kind === 'cancelledLate') return look;
  const due = dueNote(dueCents);
  return { ...look, note: look.note === undefined ? due : `${look.note}\u00a0; ${due}` };
}

function lookOf(state: SlotState): SlotLook {
  switch (state.kind) {
    case 'open':
      return {
        ...answers[state.answer],
        detail: priceWords(state),
        tick: asking(state),
      };
    case 'full':
      return { tone: 'off', icon: 'ban', words: 'Complet', mark: 'off' };
    case 'tooLate':
      return { tone: 'off', icon: 'lock', words: 'Trop tard', mark: 'off' };
    case 'held':
      return {
        tone: 'held',
        icon: 'check',
        words: 'Réservé',
        mark: 'held',
        ...billed(state.cancellation),
        ...leaving(state.cancellation),
      };
    case 'awaiting':
      return {
        tone: 'wait',
        icon: 'hourglass',
        words: 'En attente de validation',
        mark: 'awaiting',
        ...leaving(state.cancellation, true),
      };
    case 'waitlisted':
      return {
        tone: 'list',
        icon: 'list-ordered',
        words: waitingWords(state.rank),
        mark: 'waitlisted',
        ...leaving(state.cancellation, true),
      };
    case 'pending':
      return { tone: 'wait', icon: 'ellipsis', words: 'La réponse arrive…', mark: 'awaiting' };
    case 'refused':
      return {
        tone: 'stop',
        icon: 'x',
        words: 'Refusé',
        mark: 'refused',
        note: state.reason,
        ...again(state.again),
      };
    case 'cancelledInTime':
      return {
        tone: 'off',
        icon: 'undo-2',
        words: 'Annulé à temps',
        mark: 'cancelled',
        struck: true,
        ...stillOpen(state.again),
        ...again(state.again),
      };
    case 'cancelledLate':
      return {
        tone: 'stop',
        icon: 'undo-2',
        words: 'Annulé tard',
        detail: `facturé ${formatMoney(state.billedCents)}`,
        mark: 'cancelled',
        struck: true,
        ...stillOpen(state.again),
        ...again(state.again),
      };
    case 'cancelledByTown':
      return {
        tone: 'stop',
        icon: 'calendar-x',
        words: `Séance annulée\u00a0: ${state.reason}`,
        note: 'rien n’est facturé',
        mark: 'cancelled',
        struck: true,
      };
    case 'gone':
      return {
        tone: 'stop',
        icon: 'calendar-x',
        words: 'N’a plus lieu',
        note: `${state.reason} Rien n’est facturé.`,
        mark: 'cancelled',
        struck: true,
        ...leaving(state.cancellation, true),
      };
    case 'otherHousehold':
      return {
        tone: 'off',
        icon: state.awaits ? 'hourglass' : 'check',
        words: state.awaits ? 'Demandé par l’autre foyer' : 'Réservé par l’autre foyer',
        mark: state.awaits ? 'awaiting' : 'held',
      };
    case 'attended':
      return { tone: 'held', icon: 'check', words: 'Présent', mark: 'attended' };
    case 'absent':
      return {
        tone: 'stop',
        icon: 'calendar-x',
        words: 'Absent',
        note: `facturé ${formatMoney(state.billedCents)}`,
        mark: 'refused',
      };
    case 'absentJustified':
      return {
        tone: 'off',
        icon: 'shield-check',
        words: 'Absence justifiée',
        note: 'rien n’est facturé',
        mark: 'cancelled',
      };
    case 'notFor':
      return {
        tone: 'off',
        icon: 'ban',
        words: state.because === 'age' ? 'Pas pour cet âge' : 'Données effacées',
        mark: 'off',
      };
  }
}

/** The marks that a legend may explain, in the order of a family's questions. */
export const legendWords: readonly (readonly [MarkName, string])[] = [
  ['open', 'à réserver'],
  ['ticked', 'coché'],
  ['held', 'réservé'],
  ['awaiting', 'en attente'],
  ['waitable', 'complet, liste d’attente'],
  ['waitlisted', 'sur liste d’attente'],
  ['leaving', 'à annuler'],
  ['refused', 'refusé ou absent'],
  ['cancelled', 'annulé'],
  ['attended', 'présent'],
  ['off', 'rien à faire'],
];
