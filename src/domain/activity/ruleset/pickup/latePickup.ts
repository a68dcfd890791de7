import { exactOf, zero, type Exact } from '../../../kernel/exact.ts';
import { formatTime } from '../../../kernel/french/times.ts';
import { NBSP } from '../../../kernel/french/typography.ts';
import type { LocalTime } from '../../../kernel/parisTime.ts';
import { boundary } from '../deadline/dated.ts';
import { counterFaults, counterMembers, counterWords } from '../counter/counter.ts';
import type { DeadlineContext } from '../deadline/deadlineRule.ts';
import { ruleName, type Trace } from '../price/priceRule.ts';
import type { Infer, Path, Report } from '../schema/schema.ts';
import { object, optional } from '../schema/structures.ts';
import { localTime, oneOf, whole } from '../schema/values.ts';
import { minutesOf, timeOf } from './lateMinutes.ts';
import { anyMode, compileMode, countsMinutes, modeFaults, modeLines, type Mode } from './modes.ts';
import type { ModeContext } from './pickupMode.ts';

/** What a child picked up after closing time costs besides the price. */
export const latePickup = object({
  /** When the activity closes, on the clocks of France. */
  close: localTime,
  graceMinutes: whole(0, 240),
  /** `inclusive`: at the last minute of grace sharp nothing is due, and the last minute of a slice belongs to it. */
  boundary,
  /** From when minutes are counted once grace is over. */
  countedFrom: oneOf('close', 'grace_end'),
  /** The first time that costs: 2 when the first is forgiven. */
  fromOccurrence: whole(1, 100),
  /** Said when times are counted. */
  window: optional(counterMembers.window),
  per: optional(counterMembers.per),
  mode: anyMode,
});
export interface LatePickup extends Infer<typeof latePickup> {}

const modeContext = ({ boundary, countedFrom, graceMinutes }: LatePickup): ModeContext => ({
  boundary,
  freeMinutes: countedFrom === 'close' ? graceMinutes : 0,
});

export function latePickupFaults(
  rule: LatePickup,
  at: Path,
  context: DeadlineContext,
  report: Report,
): void {
  const { close, graceMinutes, fromOccurrence, mode, window, per } = rule;
  if (minutesOf(close) + graceMinutes >= 1440)
    report(
      [...at, graceMinutes === 0 ? 'close' : 'graceMinutes'],
      'Passé minuit, plus personne ne peut être en retard.',
    );
  for (const name of ['window', 'per'] as const) {
    if (fromOccurrence > 1 && rule[name] === undefined)
      report([...at, name], 'Pour compter les retards, il faut dire sur quelle durée et pour qui.');
    if (fromOccurrence === 1 && rule[name] !== undefined)
      report([...at, name], 'Dès le premier retard, rien n’est compté : cette ligne est de trop.');
  }
  if (window && per) counterFaults({ window, per }, at, context, report);
  modeFaults(mode, [...at, 'mode'], modeContext(rule), report);
}

/** « départ après 18 h 30, dès la 2e fois (par année scolaire et par famille) : 15,00 € » */
export function latePickupLines(rule: LatePickup): readonly string[] {
  const { close, graceMinutes, boundary: side, countedFrom, mode } = rule;
  const graceEnd = timeOf(minutesOf(close) + graceMinutes);
  const after = `départ ${side === 'inclusive' ? 'après' : 'à partir de'} ${formatTime(graceEnd)}`;
  const times = timesWords(rule);
  const head = `${after}${times}${NBSP}: `;
  const counted =
    graceMinutes > 0 && countsMinutes(mode)
      ? [
          `le retard se compte à partir de ${formatTime(countedFrom === 'close' ? close : graceEnd)}`,
        ]
      : [];
  return [...modeLines(mode, modeContext(rule)).map((line) => `${head}${line}`), ...counted];
}

const timesWords = ({ fromOccurrence, window, per }: LatePickup): string =>
  window && per ? `, dès la ${fromOccurrence}e fois (${counterWords({ window, per })})` : '';

/** What is known of a pick-up. */
export interface PickupFacts {
  /** Wall clock in France, when the child left. */
  readonly departure?: LocalTime;
  /** The how-many-th late pick-up this is in its window, itself counted. */
  readonly occurrence?: number;
}

/** Cents, or the fact that nobody told. */
export type PickupAmount = Exact | { readonly unpriced: 'departure' | 'occurrence' };

/** A rule made ready once for a version. Pure, never throws. */
export interface PickupRule {
  /** Whether this departure counts as a late one: the counter is asked before the amount. */
  readonly isLate: (departure: LocalTime) => boolean;
  readonly amount: (facts: PickupFacts, trace: Trace) => PickupAmount;
}

type Outcome = 'in_time' | 'grace' | 'forgiven' | 'late';

export function compileLatePickup(rule: LatePickup, at: Path): PickupRule {
  const { close, graceMinutes, countedFrom, fromOccurrence, mode } = rule;
  const [name, shape] = [ruleName(at), shapeName(mode)];
  const closes = minutesOf(close);
  const start = countedFrom === 'close' ? closes : closes + graceMinutes;
  const charge = compileMode(mode, modeContext(rule));
  // The first minute that is late: on a bound that is left out, the minute of the bound itself.
  const lateFrom = closes + graceMinutes + (rule.boundary === 'inclusive' ? 1 : 0);
  return {
    isLate: (departure) => minutesOf(departure) >= lateFrom,
    amount({ departure, occurrence }, trace) {
      if (departure === undefined) return { unpriced: 'departure' };
      const left = minutesOf(departure);
      const isLate = left >= lateFrom;
      if (isLate && occurrence === undefined && fromOccurrence > 1)
        return { unpriced: 'occurrence' };
      const counts = isLate && (occurrence ?? 1) >= fromOccurrence;
      const adds = counts ? exactOf(charge(left - start)) : zero;
      trace?.push({
        rule: name,
        shape,
        adds,
        values: {
          close,
          departure,
          outcome: outcomeOf(isLate, counts, left > closes),
          minutes: isLate ? left - start : 0,
          fromOccurrence,
          ...(occurrence !== undefined && { occurrence }),
        },
      });
      return adds;
    },
  };
}

const shapeName = ({ type }: Mode): string => `late_pickup_${type}`;

function outcomeOf(isLate: boolean, counts: boolean, afterClose: boolean): Outcome {
  if (isLate) return counts ? 'late' : 'forgiven';
  return afterClose ? 'grace' : 'in_time';
}
