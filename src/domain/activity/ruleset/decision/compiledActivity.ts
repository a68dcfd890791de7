import { exactFrom, minus, plus, times, zero, type Exact } from '../../../kernel/exact.ts';
import type { LocalDate } from '../../../kernel/localDate.ts';
import type { TownCalendar } from '../../../kernel/townCalendar.ts';
import {
  compileAbsences,
  judgeAbsence,
  type AbsenceJudgement,
  type DueShare,
} from '../absence/absence.ts';
import type { AbsenceFacts } from '../absence/absencePart.ts';
import { wholeCancelRule } from '../act/cancelRule.ts';
import { compileAct, type ActFacts, type Judgement } from '../act/judgeAct.ts';
import { compileLate } from '../act/lateRule.ts';
import { contextOf, type ActivityRules } from '../activityRules.ts';
import { compileAdjustment } from '../adjustment/adjustment.ts';
import type { AdjustmentRule } from '../adjustment/adjustmentRule.ts';
import { compileModifiers } from '../modifier/modifier.ts';
import { compileUnbooked } from '../occurrence/unbooked.ts';
import { compileLatePickup, type PickupFacts } from '../pickup/latePickup.ts';
import { compilePrice } from '../price/price.ts';
import {
  isUnpriced,
  type Amount,
  type PriceFacts,
  type PriceStep,
  type Trace,
  type Unpriced,
} from '../price/priceRule.ts';
import { settled } from '../rounding.ts';
import type { Ruleset } from '../ruleset.ts';
import type { RuleSession } from '../deadline/deadlineRule.ts';
import { activityDays, type ActivityDays, type NoService } from './ruleCalendar.ts';

/** Whole cents, and each step to them: what the steps add is the amount. */
export interface Priced {
  readonly cents: number;
  readonly steps: readonly PriceStep[];
}
/** An amount, or the fact that it needs and nobody told. */
export type Charge = Priced | Unpriced;

export type ActOutcome =
  | 'accepted'
  | 'accepted_second_chance'
  | 'late'
  | 'waitlisted'
  | 'manual'
  | 'refused_late'
  | 'refused_not_open'
  | 'refused_channel'
  | 'refused_no_service';

/** What becomes of an act, until when it would have been in time, and what is due. */
export interface ActDecision {
  readonly status: ActOutcome;
  readonly judgement?: Judgement;
  /** Why there is no session that day. */
  readonly noService?: NoService;
  /** What is due: the price of a booking, what a cancellation leaves to pay. Absent where nothing is taken. */
  readonly charge?: Charge;
}

/** An absence: what is due day by day. */
export interface AbsenceDecision extends AbsenceJudgement {
  readonly cents: number;
  readonly charges: readonly { readonly date: LocalDate; readonly charge: Charge }[];
}

/** A late pick-up: what it costs by itself, and with the price. */
export interface PickupDecision {
  readonly penalty: Charge;
  readonly charge: Charge;
}

/** The rules of an activity made ready once for a version; asked as often as one likes. Pure, never throws. */
export interface CompiledActivity {
  readonly rules: ActivityRules;
  readonly days: ActivityDays;
  readonly price: (facts: PriceFacts) => Charge;
  readonly book: (act: ActFacts, date: LocalDate, facts: PriceFacts) => ActDecision;
  readonly cancel: (act: ActFacts, date: LocalDate, facts: PriceFacts) => ActDecision;
  /** A request for a place in a whole period, judged by the rule of bookings. */
  readonly request: (act: ActFacts, period: string) => ActDecision;
  readonly absence: (absence: AbsenceFacts, facts: PriceFacts) => AbsenceDecision;
  readonly unbooked: (facts: PriceFacts, occurrence?: number) => Charge | 'refused';
  readonly pickup: (facts: PriceFacts, pickup: PickupFacts) => PickupDecision;
}

export function compileActivity(
  { calendar, rounding }: Pick<Ruleset, 'calendar' | 'rounding'>,
  name: string,
  rules: ActivityRules,
  town: TownCalendar,
): CompiledActivity {
  const at = ['activities', name];
  const context = contextOf(rules, rounding);
  const { deadlines, prices } = context;
  const days = activityDays({ ...(calendar && { calendar }) }, name, rules, town);
  const base = compilePrice(rules.price, [...at, 'price'], prices);
  const modify = compileModifiers(rules.modifiers ?? [], [...at, 'modifiers'], {
    price: rules.price,
    priceAt: [...at, 'price'],
    context: prices,
  });

  const priceOf = (facts: PriceFacts, trace: Trace): Amount => {
    const amount = base(facts, trace);
    return isUnpriced(amount) ? amount : modify(amount, facts, trace);
  };
  /** The price, then what a rule makes of it, settled to cents once. */
  const charged = (facts: PriceFacts, change?: AdjustmentRule): Charge => {
    const steps: PriceStep[] = [];
    const price = priceOf(facts, steps);
    if (isUnpriced(price)) return price;
    const amount = change ? change(price, facts, steps) : price;
    if (isUnpriced(amount)) return amount;
    const cents = settled(rounding, amount, ['rounding'], steps);
    return typeof cents === 'number' ? { cents, steps } : cents;
  };

  const acts = {
    book: rules.book,
    cancel: wholeCancelRule(rules.cancel, rules.book),
  };
  const compileOutcome = (act: 'book' | 'cancel') => {
    const judge = compileAct(acts[act], context);
    const late = compileLate(acts[act].late, [...at, act, 'late'], prices);
    const { secondChance } = acts[act];
    const second =
      secondChance &&
      compileAdjustment(secondChance.adjust, [...at, act, 'secondChance', 'adjust'], prices);
    /** In time a booking costs its price, and a cancellation nothing. */
    const inTime = (facts: PriceFacts): Charge =>
      act === 'book' ? charged(facts) : { cents: 0, steps: [] };
    return (facts: ActFacts, session: RuleSession, price: PriceFacts): ActDecision => {
      const judgement = judge(facts, session, days);
      const { status, quota } = judgement;
      if (status === 'wrong_channel') return { status: 'refused_channel', judgement };
      if (status === 'not_open') return { status: 'refused_not_open', judgement };
      if (status === 'in_time' || quota === 'free')
        return { status: 'accepted', judgement, charge: inTime(price) };
      if (status === 'second_chance')
        return { status: 'accepted_second_chance', judgement, charge: charged(price, second) };
      const outcome = late(facts.occurrence ?? 1);
      if (outcome.outcome !== 'accept') return { status: notTaken[outcome.outcome], judgement };
      const known = outcome.losesQf ? { ...price, qf: 'highest' as const } : price;
      return { status: 'late', judgement, charge: charged(known, outcome.adjust) };
    };
  };

  const settleBooking = compileOutcome('book');
  const settleCancelling = compileOutcome('cancel');
  const onDay =
    (settle: typeof settleBooking): CompiledActivity['book'] =>
    (act, date, price) => {
      const noService = days.whyNoService(date);
      return noService
        ? { status: 'refused_no_service', noService }
        : settle(act, days.sessionOn(date), price);
    };

  const absences = compileAbsences(rules.absence, [...at, 'absence'], deadlines);
  const noShow = rules.noShow && compileAdjustment(rules.noShow, [...at, 'noShow'], prices);
  const unbooked = rules.unbooked && compileUnbooked(rules.unbooked, [...at, 'unbooked'], prices);
  const pickup = rules.latePickup && compileLatePickup(rules.latePickup, [...at, 'latePickup']);

  return {
    rules,
    days,
    price: (facts) => charged(facts),
    book: onDay(settleBooking),
    cancel: onDay(settleCancelling),
    request(act, code) {
      const period = rules.periods?.[code];
      if (!period) return { status: 'refused_no_service', noService: 'period' };
      const { status, judgement } = settleBooking(act, days.sessionOn(period.from), noFacts);
      return { status, ...(judgement && { judgement }) };
    },
    absence(absence, facts) {
      const judged = judgeAbsence(absences, absence, days);
      const charges = judged.days.map(({ date, due, rule }) => ({
        date,
        charge: charged(facts, share(due, noShow, rule ?? [...at, 'absence'].join('/'))),
      }));
      const cents = charges.reduce(
        (sum, { charge }) => sum + ('cents' in charge ? charge.cents : 0),
        0,
      );
      return { ...judged, charges, cents };
    },
    unbooked(facts, occurrence) {
      const change = unbooked?.(occurrence ?? 1);
      if (change === 'refuse') return 'refused';
      return charged(facts, change === 'untold' ? undefined : change);
    },
    pickup(facts, picked) {
      if (!pickup) return { penalty: { cents: 0, steps: [] }, charge: charged(facts) };
      const steps: PriceStep[] = [];
      const amount = pickup.amount(picked, steps);
      const penalty = penaltyOf(amount, steps);
      return {
        penalty,
        charge: charged(facts, (price, _, trace) => {
          if ('unpriced' in amount) return price;
          trace?.push(...steps);
          return plus(price, amount);
        }),
      };
    },
  };

  function penaltyOf(amount: Exact | { readonly unpriced: string }, steps: PriceStep[]): Charge {
    if ('unpriced' in amount) return { unpriced: 'departure' };
    const cents = settled(rounding, amount, ['rounding'], steps);
    return typeof cents === 'number' ? { cents, steps } : cents;
  }
}

/** For a request, whose price isn't asked yet. */
const noFacts: PriceFacts = {
  units: [],
  qf: 'highest',
  resident: true,
  rank: { enrolled_children: 1, same_activity: 1, same_day: 1 },
  ownMeal: false,
};

const notTaken = { waitlist: 'waitlisted', manual: 'manual', refuse: 'refused_late' } as const;

/** What is left of a day's price. */
function share(
  due: DueShare,
  noShow: AdjustmentRule | undefined,
  rule: string,
): AdjustmentRule | undefined {
  if (due === 'full') return noShow;
  const kept = due === 'none' ? zero : keptShare(due);
  return (amount, _, trace) => {
    const left = times(amount, kept);
    trace?.push({ rule, shape: 'absence', adds: minus(left, amount), values: {} });
    return left;
  };
}

const hundredth = exactFrom('0.01');
const keptShare = ({ percent }: { readonly percent: string }): Exact =>
  times(exactFrom(percent), hundredth);
