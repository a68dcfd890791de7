import { isDecimal } from '../../../kernel/exact.ts';
import { isLocalDate, isYearMonth, weekdays } from '../../../kernel/localDate.ts';
import type { LocalDate, Weekday, YearMonth } from '../../../kernel/localDate.ts';
import { isLocalTime, type LocalTime } from '../../../kernel/parisTime.ts';
import type { Schema } from './schema.ts';

const told = (value: unknown): string =>
  typeof value === 'string' ? `« ${value.slice(0, 60)} »` : JSON.stringify(value).slice(0, 60);

/** A text of a given form; `wanted` completes « … n’est pas … ». */
function text<T extends string>(
  json: object,
  wanted: string,
  fits: (value: string) => boolean,
): Schema<T> {
  return {
    json: () => ({ type: 'string', ...json }),
    check(value, at, report) {
      if (typeof value !== 'string' || !fits(value))
        report(at, `${told(value)} n’est pas ${wanted}.`);
    },
  };
}

/** Words for people: not empty, and of a reasonable length. */
export const words = (longest = 200): Schema<string> =>
  text(
    { minLength: 1, maxLength: longest },
    `un texte de 1 à ${longest} caractères`,
    (value) => value.trim() !== '' && value.length <= longest,
  );

const codePattern = '^[a-z0-9][a-z0-9_-]{0,63}$';
/** A short code of the town's choice: `cantine`, `day_meal`. */
export const code: Schema<string> = text(
  { pattern: codePattern },
  'un code : minuscules sans accent, chiffres, « - » ou « _ »',
  (value) => new RegExp(codePattern).test(value),
);

const periodPattern = '^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$';
/** A period of an activity (school holidays, a term), as the town calls it: `TOUSSAINT-2026`. */
export const periodCode: Schema<string> = text(
  { pattern: periodPattern },
  'le code d’une période : lettres sans accent, chiffres, « - » ou « _ »',
  (value) => new RegExp(periodPattern).test(value),
);

/** `2026-11-16`. */
export const localDate: Schema<LocalDate> = text(
  { format: 'date' },
  'une date qui existe (AAAA-MM-JJ)',
  isLocalDate,
);
/** `2026-11`. */
export const yearMonth: Schema<YearMonth> = text(
  { pattern: '^\\d{4}-(0[1-9]|1[0-2])$' },
  'un mois qui existe (AAAA-MM)',
  isYearMonth,
);
/** `09:00`; `24:00` is the end of the day. */
export const localTime: Schema<LocalTime> = text(
  { pattern: '^(([01]\\d|2[0-3]):[0-5]\\d|24:00)$' },
  'une heure (HH:MM, de 00:00 à 24:00)',
  isLocalTime,
);
const localMoment = /^(\d{4}-\d{2}-\d{2})T(([01]\d|2[0-3]):[0-5]\d|24:00)$/;
/** A moment on the clocks of France: `2026-09-18T24:00`. */
export type LocalMoment = `${LocalDate}T${LocalTime}`;
export const moment: Schema<LocalMoment> = text(
  { pattern: localMoment.source },
  'une date et une heure (AAAA-MM-JJTHH:MM)',
  (value) => isLocalDate(localMoment.exec(value)?.[1] ?? ''),
);
/** A day of any year: `03-31`. 29 February stands for the last day of February. */
export const dayOfYear: Schema<string> = text(
  { pattern: '^\\d{2}-\\d{2}$' },
  'un jour de l’année (MM-JJ)',
  (value) => /^\d{2}-\d{2}$/.test(value) && isLocalDate(`2028-${value}`),
);
/** A rate, a factor or a quotient, written in full so that nothing is lost: `"0.0036"`. */
export const decimal: Schema<string> = text(
  { pattern: '^\\d{1,15}(\\.\\d{1,12})?$' },
  'un nombre décimal entre guillemets, par exemple "0.0036"',
  (value) => isDecimal(value) && !value.startsWith('-'),
);

/** A whole number between two bounds, both included; `wanted` says what it counts. */
export const whole = (min: number, max: number, wanted = 'un nombre entier'): Schema<number> => ({
  json: () => ({ type: 'integer', minimum: min, maximum: max }),
  check(value, at, report) {
    if (!Number.isInteger(value) || Number(value) < min || Number(value) > max)
      report(at, `${told(value)} n’est pas ${wanted} de ${min} à ${max}.`);
  },
});

/** An amount in whole euro cents, up to 100,000 €. */
export const cents = whole(0, 10_000_000, 'un montant en centimes entiers,');

export const flag: Schema<boolean> = {
  json: () => ({ type: 'boolean' }),
  check(value, at, report) {
    if (typeof value !== 'boolean') report(at, `${told(value)} n’est ni true ni false.`);
  },
};

/** One of a few words. */
export const oneOf = <const T extends string>(...allowed: readonly T[]): Schema<T> =>
  text({ enum: allowed }, `l’un de : ${allowed.join(', ')}`, (value) =>
    (allowed as readonly string[]).includes(value),
  );

/** The word that tells a shape from the others. */
export const literal = <const T extends string>(word: T): Schema<T> => ({
  ...text<T>({}, `« ${word} »`, (value) => value === word),
  json: () => ({ const: word }),
});

export const weekday: Schema<Weekday> = oneOf(...weekdays);

/** That, or null. */
export const orNull = <T>(schema: Schema<T>): Schema<T | null> => ({
  json: () => ({ anyOf: [schema.json(), { type: 'null' }] }),
  check(value, at, report) {
    if (value !== null) schema.check(value, at, report);
  },
});

/** Only `true`: it isn't written at all where it doesn't hold. */
export const literalTrue: Schema<true> = {
  json: () => ({ const: true }),
  check(value, at, report) {
    if (value !== true) report(at, `${told(value)} n’est pas true.`);
  },
};
