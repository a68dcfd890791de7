import { NBSP } from '../../kernel/french/typography.ts';
import { capitalise } from '../../kernel/french/words.ts';
import { absenceFaults, absenceLines, absences } from './absence/absence.ts';
import type { ActContext } from './act/actContext.ts';
import { actFaults, actLines, actRule, outOfTimeLines } from './act/actRule.ts';
import { cancelRule, wholeCancelRule } from './act/cancelRule.ts';
import { adjustmentFaults, adjustmentLines, anyAdjustment } from './adjustment/adjustment.ts';
import { allocation, allocationFaults, allocationLines } from './allocation/allocation.ts';
import type { DeadlineContext } from './deadline/deadlineRule.ts';
import { anyModifier, modifierFaults, modifierLines } from './modifier/modifier.ts';
import { unbooked, unbookedFaults, unbookedLines } from './occurrence/unbooked.ts';
import { latePickup, latePickupFaults, latePickupLines } from './pickup/latePickup.ts';
import { anyPrice, priceFaults, priceLines } from './price/price.ts';
import type { PriceContext } from './price/priceRule.ts';
import type { RoundingRule } from './rounding.ts';
import type { Infer, Path, Report } from './schema/schema.ts';
import { list, object, optional, record } from './schema/structures.ts';
import { code, localDate, localTime, oneOf, periodCode, weekday, words } from './schema/values.ts';
import { periodLine, scheduleLine } from './scheduleLine.ts';

const kinds = [
  'meal',
  'before_school',
  'after_school',
  'study',
  'alsh_wednesday',
  'alsh_holiday',
  'transport',
  'other',
] as const;
/** On which days of the school calendar an activity runs. */
export const seasons = ['school_term', 'school_holidays', 'all_year'] as const;

export const activityRules = object({
  name: words(80),
  kind: oneOf(...kinds),
  serviceDays: list(weekday, 1),
  season: oneOf(...seasons),
  /** When a session begins and ends; not told: it counts as begun when its day ends. */
  slot: optional(object({ start: localTime, end: localTime })),
  /** What is sold, and what families call it; not told: one thing. */
  units: optional(record(code, words(80))),
  /** Words for regimes, levels and funders of the town's own making. */
  names: optional(record(code, words(80))),
  regimes: optional(list(code, 1)),
  periods: optional(
    record(periodCode, object({ name: words(80), from: localDate, to: localDate })),
  ),
  book: actRule,
  cancel: cancelRule,
  absence: absences,
  /** What a day costs that was booked, and to which the child did not come; its price when not told. */
  noShow: optional(anyAdjustment),
  /** Not told: its price, as if it had been booked. */
  unbooked: optional(unbooked),
  latePickup: optional(latePickup),
  price: anyPrice(),
  modifiers: optional(list(anyModifier, 1)),
  allocation: optional(allocation),
});
/** The rules of one activity of a town. */
export interface ActivityRules extends Infer<typeof activityRules> {}

/** What stands around each rule of an activity. */
export function contextOf(
  { serviceDays, slot, periods = {}, units = {}, names, regimes = [] }: ActivityRules,
  rounding: RoundingRule,
): ActContext {
  const deadlines: DeadlineContext = {
    serviceDays,
    periods,
    starts: slot ? [slot.start] : [],
  };
  const prices: PriceContext = { units, rounding, ...(names && { names }) };
  return { deadlines, prices, regimes };
}

export function activityFaults(
  rules: ActivityRules,
  at: Path,
  rounding: RoundingRule,
  report: Report,
): void {
  const context = contextOf(rules, rounding);
  const { deadlines, prices } = context;
  const place = (member: string): Path => [...at, member];
  rules.serviceDays.forEach((day, index) => {
    if (rules.serviceDays.indexOf(day) < index)
      report([...at, 'serviceDays', index], 'Ce jour y est déjà.');
  });
  if (rules.slot && rules.slot.end <= rules.slot.start)
    report(place('slot'), 'La séance finit avant d’avoir commencé.');
  periodFaults(rules, place('periods'), report);
  actFaults(rules.book, place('book'), context, report);
  if (!('sameAsBook' in rules.cancel)) actFaults(rules.cancel, place('cancel'), context, report);
  else if (rules.cancel.secondChance)
    actFaults(wholeCancelRule(rules.cancel, rules.book), place('cancel'), context, report);
  absenceFaults(rules.absence, place('absence'), deadlines, report);
  if (rules.noShow) adjustmentFaults(rules.noShow, place('noShow'), prices, report);
  if (rules.unbooked) unbookedFaults(rules.unbooked, place('unbooked'), deadlines, prices, report);
  if (rules.latePickup) latePickupFaults(rules.latePickup, place('latePickup'), deadlines, report);
  priceFaults(rules.price, place('price'), prices, report);
  const base = { price: rules.price, priceAt: place('price'), context: prices };
  modifierFaults(rules.modifiers ?? [], place('modifiers'), base, report);
  if (rules.allocation) allocationFaults(rules.allocation, place('allocation'), deadlines, report);
}

function periodFaults({ periods = {} }: ActivityRules, at: Path, report: Report): void {
  const told = Object.entries(periods);
  told.forEach(([name, { from, to }], index) => {
    if (to < from) report([...at, name], 'La période finit avant d’avoir commencé.');
    const other = told.find(
      ([, period], place) => place < index && period.from <= to && from <= period.to,
    );
    if (other) report([...at, name], `Cette période recouvre « ${other[0]} ».`);
  });
}

/** A part of the regulation: its title, and its lines, without full stops. */
export interface Chapter {
  readonly title: string;
  readonly lines: readonly string[];
}

/** The rules of an activity as families read them. */
export function activityChapters(rules: ActivityRules, rounding: RoundingRule): Chapter[] {
  const context = contextOf(rules, rounding);
  const { deadlines, prices } = context;
  const chapters: readonly Chapter[] = [
    { title: 'Séances', lines: [scheduleLine(rules), ...periodLines(rules)] },
    { title: 'Réservation', lines: actLines(rules.book, context) },
    {
      title: 'Annulation',
      lines:
        'sameAsBook' in rules.cancel
          ? ['mêmes limites que la réservation', ...outOfTimeLines(rules.cancel, context)]
          : actLines(rules.cancel, context),
    },
    { title: 'Absence', lines: absenceLines(rules.absence, deadlines) },
    {
      title: 'Absence non justifiée',
      lines: rules.noShow ? adjustmentLines(rules.noShow, prices) : ['le prix reste dû'],
    },
    {
      title: 'Présence sans réservation',
      lines: rules.unbooked ? unbookedLines(rules.unbooked, prices) : ['au tarif ordinaire'],
    },
    { title: 'Retard', lines: rules.latePickup ? latePickupLines(rules.latePickup) : [] },
    {
      title: 'Tarif',
      lines: [...priceLines(rules.price, prices), ...modifierLines(rules.modifiers ?? [], prices)],
    },
    {
      title: 'Attribution des places',
      lines: rules.allocation ? allocationLines(rules.allocation) : [],
    },
  ];
  return chapters
    .filter(({ lines }) => lines.length > 0)
    .map(({ title, lines }) => ({ title, lines: lines.map(capitalise) }));
}

const periodLines = ({ periods = {} }: ActivityRules): readonly string[] =>
  Object.values(periods).map(({ name, from, to }) => `${name}${NBSP}: ${periodLine(from, to)}`);
