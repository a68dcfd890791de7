import { joinList } from '../../../domain/kernel/french/words.ts';

/** How many days of a receipt had each outcome. */
export interface OutcomeCounts {
  readonly accepted: number;
  readonly awaiting: number;
  readonly waitlisted: number;
  readonly cancelled: number;
  readonly refused: number;
  readonly otherHousehold: number;
}

const words: Readonly<Record<keyof OutcomeCounts, readonly [one: string, several: string]>> = {
  accepted: ['acceptée', 'acceptées'],
  awaiting: ['en attente de validation', 'en attente de validation'],
  waitlisted: ['sur liste d’attente', 'sur liste d’attente'],
  cancelled: ['annulée', 'annulées'],
  refused: ['refusée', 'refusées'],
  otherHousehold: ['déjà réservée par l’autre foyer', 'déjà réservées par l’autre foyer'],
};

/** « 2 acceptées et 1 refusée » */
export const outcomeWords = (counts: OutcomeCounts): string =>
  joinList(
    (Object.keys(words) as (keyof OutcomeCounts)[]).flatMap((kind) => {
      const count = counts[kind];
      const [one, several] = words[kind];
      return count === 0 ? [] : [`${count}\u00a0${count > 1 ? several : one}`];
    }),
  );
