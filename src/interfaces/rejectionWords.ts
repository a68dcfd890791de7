import { addDays, isLocalDate } from '../domain/kernel/localDate.ts';
import { asInstant, isLocalTime } from '../domain/kernel/parisTime.ts';
import type { RejectionValues } from '../domain/kernel/rejection.ts';
import { formatDate, formatFullDate } from '../domain/kernel/french/dates.ts';
import { formatMoney } from '../domain/kernel/french/money.ts';
import { formatMoment, formatTime, wallAt } from '../domain/kernel/french/times.ts';
import { NBSP } from '../domain/kernel/french/typography.ts';

/** How a refusal is told, in plain French: what happened, what it means, what to do. */
export interface RejectionRow {
  /** HTTP status of an answer that is nothing but this refusal. */
  readonly status: number;
  readonly title: string;
  /** Values may be missing: receipts keep the refusals of earlier versions of the portal. */
  readonly detail: (values: RejectionValues) => string;
  /** Values as they come, for the documentation and the tests. */
  readonly sample: RejectionValues;
}

export type RejectionTable = Readonly<Record<string, RejectionRow>>;

/** A refusal whose sentence quotes nothing. */
export const plain = (status: number, title: string, detail: string): RejectionRow => ({
  status,
  title,
  detail: () => detail,
  sample: {},
});

/** A text among the values; undefined when there is none. */
export function textOf(values: RejectionValues, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function numberOf(values: RejectionValues, name: string): number | undefined {
  const value = values[name];
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
}

/** « 3,45 € » */
export function amountOf(values: RejectionValues, name: string): string | undefined {
  const cents = numberOf(values, name);
  return cents === undefined ? undefined : formatMoney(cents);
}

/** « lundi 23 novembre 2026 » */
export function dayOf(values: RejectionValues, name: string): string | undefined {
  const text = textOf(values, name);
  return text !== undefined && isLocalDate(text) ? formatFullDate(text) : undefined;
}

/** « 18 h 30 » */
export function timeOf(values: RejectionValues, name: string): string | undefined {
  const text = textOf(values, name);
  return text !== undefined && isLocalTime(text) ? formatTime(text) : undefined;
}

/** « vendredi 20 novembre à 9 h »; a limit at midnight belongs to the evening before. */
export function momentOf(values: RejectionValues, name: string): string | undefined {
  const text = textOf(values, name);
  if (text === undefined) return undefined;
  try {
    const instant = asInstant(text);
    const { date, time } = wallAt(instant);
    return time === '00:00'
      ? `${formatDate(addDays(date, -1))} au soir, minuit`
      : formatMoment(instant);
  } catch {
    return undefined;
  }
}

/** Spaces that must not break, where French typography wants them. */
export const typeset = (text: string): string =>
  text
    .replace(/ (?=[:;?!»€%])/g, NBSP)
    .replace(/« /g, `«${NBSP}`)
    .replace(/(?<=\d) (?=(?:h|ko|ans?|jours?)\b)/g, NBSP);
