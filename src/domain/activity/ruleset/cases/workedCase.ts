import { exactOf, exactFrom, isDecimal, type Exact } from '../../../kernel/exact.ts';
import { asInstant, type Instant, type LocalTime } from '../../../kernel/parisTime.ts';
import { channel } from '../act/actRule.ts';
import type { Infer, Schema } from '../schema/schema.ts';
import { described, list, object, optional, variants } from '../schema/structures.ts';
import {
  code,
  flag,
  literal,
  localDate,
  localTime,
  periodCode,
  whole,
  words,
} from '../schema/values.ts';

/** A moment with its offset: `2026-11-13T08:59:59+01:00`. */
const instant: Schema<string> = {
  json: () => ({ type: 'string', format: 'date-time' }),
  check(value, at, report) {
    if (instantIn(value) === undefined)
      report(at, 'Il faut une date et une heure avec leur décalage (2026-11-13T08:59:59+01:00).');
  },
};
const instantIn = (value: unknown): Instant | undefined => {
  try {
    return typeof value === 'string' ? asInstant(value) : undefined;
  } catch {
    return undefined;
  }
};
/** A quotient familial: a number, or a decimal text. */
const quotient: Schema<number | string> = {
  json: () => ({ anyOf: [{ type: 'number', minimum: 0 }, { type: 'string' }] }),
  check(value, at, report) {
    const written = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
    if (!isDecimal(written) || written.startsWith('-'))
      report(at, 'Le quotient familial est un nombre, 0 au moins.');
  },
};
export const quotientOf = (value: number | string): Exact =>
  typeof value === 'number' && Number.isSafeInteger(value)
    ? exactOf(value)
    : exactFrom(String(value));

/** `18:45`, or `18:45:00` as pick-ups are written; seconds are dropped: the minute has begun. */
const clock: Schema<string> = {
  json: localTime.json,
  check: (value, at, report) =>
    localTime.check(
      typeof value === 'string' ? value.replace(/^(\d{2}:\d{2}):[0-5]\d$/, '$1') : value,
      at,
      report,
    ),
};
export const clockOf = (value: string): LocalTime => value.slice(0, 5) as LocalTime;

const count = whole(1, 1000, 'un nombre de fois');
/** What a price depends on; a family of the commune, with one child, when nothing else is told. */
const priced = {
  activity: code,
  unit: optional(code),
  units: optional(list(code)),
  qf: optional(quotient),
  resident: optional(flag),
  rank: optional(count),
  children: optional(count),
  regime: optional(code),
  level: optional(code),
  funder: optional(code),
  ownMeal: optional(flag),
  arrival: optional(clock),
  departure: optional(clock),
  count: optional(whole(0, 1000, 'un nombre de fois')),
  foreseeable: optional(whole(0, 1000, 'un nombre de séances')),
  remaining: optional(whole(0, 1000, 'un nombre de séances')),
  membershipDue: optional(flag),
} as const;
const act = {
  ...priced,
  date: localDate,
  at: instant,
  channel: optional(channel),
  steps: optional(list(code)),
  occurrence: optional(count),
} as const;

const inputs = {
  price: object({ do: literal('price'), ...priced, date: optional(localDate) }),
  book: object({ do: literal('book'), ...act }),
  cancel: object({ do: literal('cancel'), ...act }),
  absence: object({
    do: literal('absence'),
    ...priced,
    ground: code,
    from: localDate,
    to: localDate,
    notice: optional(instant),
    evidence: optional(instant),
  }),
  unbooked: object({
    do: literal('unbooked'),
    ...priced,
    date: optional(localDate),
    occurrence: optional(count),
  }),
  pickup: object({
    do: literal('pickup'),
    ...priced,
    date: optional(localDate),
    time: clock,
    occurrence: optional(count),
  }),
  request: object({
    do: literal('request'),
    ...priced,
    period: periodCode,
    at: instant,
    channel: optional(channel),
  }),
  promote: object({
    do: literal('promote'),
    activity: code,
    places: whole(0, 10_000),
    queue: list(pair()),
  }),
  qf_change: object({
    do: literal('qf_change'),
    ...priced,
    oldQf: quotient,
    newQf: quotient,
    received: localDate,
    date: localDate,
  }),
} as const;
/** What happens in a case. */
export type CaseInput = Infer<(typeof inputs)[keyof typeof inputs]>;
export type CaseInputOf<D extends CaseInput['do']> = Extract<CaseInput, { do: D }>;

/** A child in a queue, and when it was asked for. */
function pair(): Schema<readonly [string, string]> {
  const name = words(120);
  return {
    json: () => ({ type: 'array', prefixItems: [name.json(), instant.json()], items: false }),
    check(value, at, report) {
      if (!Array.isArray(value) || value.length !== 2)
        return report(at, 'Il faut [nom, date et heure de la demande].');
      name.check(value[0], [...at, 0], report);
      instant.check(value[1], [...at, 1], report);
    },
  };
}

const money = whole(-10_000_000, 10_000_000, 'un montant en centimes entiers,');
const expected = object({
  status: optional(words(40)),
  deadline: optional(instant),
  cents: optional(money),
  penalty: optional(money),
  billed: optional(list(localDate)),
  answerBy: optional(localDate),
  granted: optional(list(words(120))),
});
/** What must come out; only what is told is compared. */
export interface Expected extends Infer<typeof expected> {}

const workedCase = object({
  id: words(80),
  ruleset: code,
  input: variants<CaseInput>('do', () => inputs),
  expected,
  note: optional(words(2000)),
});
/** One worked case of a regulation, in the published format. */
export interface WorkedCase extends Infer<typeof workedCase> {}
export const workedCases = described(list(workedCase), 'Des cas résolus d’un règlement.');
