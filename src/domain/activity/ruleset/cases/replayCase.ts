import { asInstant } from '../../../kernel/parisTime.ts';
import { zero } from '../../../kernel/exact.ts';
import {
  addMonths,
  asLocalDate,
  firstDayOf,
  monthOf,
  type LocalDate,
} from '../../../kernel/localDate.ts';
import { answerDay } from '../allocation/answerBy.ts';
import { compileRank, granted } from '../allocation/rank.ts';
import type { Charge, CompiledActivity } from '../decision/compiledActivity.ts';
import type { CompiledRuleset } from '../decision/compiledRuleset.ts';
import type { PriceFacts, PriceStep } from '../price/priceRule.ts';
import {
  clockOf,
  quotientOf,
  type CaseInput,
  type CaseInputOf,
  type Expected,
} from './workedCase.ts';

/** What came out of a case, in the words of `expected`, and why. */
export interface Replayed {
  readonly outcome: Expected;
  readonly steps: readonly PriceStep[];
}

/** A case that can't be replayed on this ruleset: no such activity, unit or period. Says why in French. */
export class CaseError extends Error {
  override readonly name = 'CaseError';
}

/** Obeys a ruleset in one case. Throws CaseError. */
export function replayCase(ruleset: CompiledRuleset, input: CaseInput): Replayed {
  const activity = ruleset.activities.get(input.activity);
  if (!activity) throw new CaseError(`Le règlement n’a pas d’activité « ${input.activity} ».`);
  switch (input.do) {
    case 'price':
      return chargedAs(activity.price(factsOf(ruleset, input)));
    case 'qf_change':
      return chargedAs(activity.price(qfChange(ruleset, input)));
    case 'book':
    case 'cancel':
      return acted(ruleset, activity, input);
    case 'absence':
      return absent(ruleset, activity, input);
    case 'unbooked': {
      const charge = activity.unbooked(factsOf(ruleset, input), input.occurrence);
      return charge === 'refused'
        ? { outcome: { status: 'refused' }, steps: [] }
        : chargedAs(charge);
    }
    case 'pickup':
      return pickedUp(ruleset, activity, input);
    case 'request':
      return requested(activity, input);
    case 'promote': {
      if (!activity.rules.allocation)
        throw new CaseError('L’activité n’a pas de règle d’attribution (allocation).');
      const queue = input.queue.map(([id, at]) => ({ id, at: asInstant(at), wantsList: true }));
      const names = granted(compileRank(activity.rules.allocation)(queue), input.places);
      return { outcome: { granted: names.map(({ id }) => id) }, steps: [] };
    }
  }
}

type PricedInput = CaseInputOf<'price'>;
const without = ({ missing }: CompiledRuleset): PriceFacts['qf'] => missing ?? zero;

/** A family of the commune with one child, when nothing else is told. */
function factsOf(
  ruleset: CompiledRuleset,
  input: Omit<PricedInput, 'do' | 'date'>,
  qf = input.qf === undefined ? without(ruleset) : quotientOf(input.qf),
): PriceFacts {
  const { unit, units, rank = 1, children, arrival, departure } = input;
  const { regime, level, funder, count, foreseeable, remaining, membershipDue } = input;
  const resident = input.resident ?? true;
  const all = (of: number) => ({ enrolled_children: of, same_activity: of, same_day: of });
  return {
    units: units ?? (unit === undefined ? [] : [unit]),
    qf: resident || ruleset.outsideUsesQf ? qf : 'highest',
    resident,
    rank: all(rank),
    ownMeal: input.ownMeal ?? false,
    ...(children !== undefined && { children: all(children) }),
    ...(arrival !== undefined && { arrival: clockOf(arrival) }),
    ...(departure !== undefined && { departure: clockOf(departure) }),
    ...(regime !== undefined && { regime }),
    ...(level !== undefined && { level }),
    ...(funder !== undefined && { funder }),
    ...(count !== undefined && { count }),
    ...(foreseeable !== undefined && { foreseeable }),
    ...(remaining !== undefined && { remaining }),
    ...(membershipDue !== undefined && { membershipDue }),
  };
}

function chargedAs(charge: Charge, outcome: Expected = {}): Replayed {
  if ('unpriced' in charge)
    throw new CaseError(
      charge.value === undefined
        ? `Il manque de quoi dire le prix : ${charge.unpriced}.`
        : `Aucun tarif pour « ${charge.value} » (${charge.unpriced}).`,
    );
  return { outcome: { ...outcome, cents: charge.cents }, steps: charge.steps };
}

function qfChange(ruleset: CompiledRuleset, input: CaseInputOf<'qf_change'>): PriceFacts {
  if (!ruleset.qfOn)
    throw new CaseError('Le règlement n’a pas de règle du quotient familial (qf).');
  const { oldQf, newQf, received, date } = input;
  const long = asLocalDate('1900-01-01');
  const proofs = [
    { qf: quotientOf(oldQf), receivedOn: long, validFrom: long },
    { qf: quotientOf(newQf), receivedOn: received, validFrom: received },
  ];
  const resident = input.resident ?? true;
  const { qf } = ruleset.qfOn(proofs, date, { resident, nextBillFrom: firstOfNextMonth });
  return factsOf(ruleset, input, qf === 'refuse' ? 'highest' : qf);
}
const firstOfNextMonth = (date: LocalDate): LocalDate => firstDayOf(addMonths(monthOf(date), 1));

function acted(
  ruleset: CompiledRuleset,
  activity: CompiledActivity,
  input: CaseInputOf<'book' | 'cancel'>,
): Replayed {
  const { at, date, channel, steps = [], occurrence, resident = true, unit, regime } = input;
  const facts = {
    at: asInstant(at),
    audience: resident ? ('resident' as const) : ('outside' as const),
    steps,
    ...(channel && { channel }),
    ...(occurrence !== undefined && { occurrence }),
    ...(unit !== undefined && { unit }),
    ...(regime !== undefined && { regime }),
  };
  const decided = activity[input.do](facts, date, factsOf(ruleset, input));
  const window = decided.judgement?.window;
  const outcome: Expected = {
    status: decided.status,
    ...(window && window !== 'never' && { deadline: window.closes.at }),
  };
  return decided.charge ? chargedAs(decided.charge, outcome) : { outcome, steps: [] };
}

function absent(
  ruleset: CompiledRuleset,
  activity: CompiledActivity,
  input: CaseInputOf<'absence'>,
): Replayed {
  const { ground, from, to, notice, evidence } = input;
  const decided = activity.absence(
    {
      ground,
      from,
      to,
      ...(notice !== undefined && { notice: asInstant(notice) }),
      ...(evidence !== undefined && { evidence: { at: asInstant(evidence) } }),
    },
    factsOf(ruleset, input),
  );
  const steps = decided.charges.flatMap(({ charge }) => [...chargedAs(charge).steps]);
  return { outcome: { billed: decided.billed, cents: decided.cents }, steps };
}

function pickedUp(
  ruleset: CompiledRuleset,
  activity: CompiledActivity,
  input: CaseInputOf<'pickup'>,
): Replayed {
  const { time, occurrence } = input;
  const decided = activity.pickup(factsOf(ruleset, input), {
    departure: clockOf(time),
    ...(occurrence !== undefined && { occurrence }),
  });
  const penalty = chargedAs(decided.penalty).outcome.cents ?? 0;
  return chargedAs(decided.charge, { penalty });
}

function requested(activity: CompiledActivity, input: CaseInputOf<'request'>): Replayed {
  const period = activity.rules.periods?.[input.period];
  if (!period) throw new CaseError(`L’activité n’a pas de période « ${input.period} ».`);
  const { at, channel, resident = true } = input;
  const facts = {
    at: asInstant(at),
    audience: resident ? ('resident' as const) : ('outside' as const),
    steps: [],
    ...(channel && { channel }),
  };
  const decided = activity.request(facts, input.period);
  const answers = activity.rules.allocation?.answerBy;
  const answerBy =
    decided.status === 'waitlisted' && answers && answerDay(answers, period.from, activity.days);
  return {
    outcome: { status: decided.status, ...(answerBy && { answerBy }) },
    steps: [],
  };
}
