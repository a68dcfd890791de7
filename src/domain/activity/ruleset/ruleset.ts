import { NBSP } from '../../kernel/french/typography.ts';
import { activityChapters, activityFaults, activityRules, type Chapter } from './activityRules.ts';
import { adjustmentDefinitions } from './adjustment/adjustment.ts';
import { deadlineDefinitions } from './deadline/deadline.ts';
import { modifierDefinitions } from './modifier/modifier.ts';
import { priceDefinitions, usesQf } from './price/price.ts';
import { qfPolicy, qfPolicyFaults, qfPolicyLines } from './qf/qfPolicy.ts';
import { roundingLine, roundingSchema } from './rounding.ts';
import { periodLine } from './scheduleLine.ts';
import { faultsOf, type Fault, type Infer, type JsonSchema } from './schema/schema.ts';
import { list, object, optional, published, record } from './schema/structures.ts';
import { code, literal, localDate, oneOf, words } from './schema/values.ts';

/** Where public holidays are those of the labour code, or have more: Moselle, Alsace, overseas. */
export const holidayRegions = [
  'FR',
  'FR-57',
  'FR-67',
  'FR-68',
  'FR-BL',
  'FR-GF',
  'FR-GP',
  'FR-MF',
  'FR-MQ',
  'FR-RE',
  'FR-YT',
] as const;

const range = { from: localDate, to: localDate, reason: words(120) };
const ruleset = object({
  $schema: optional(words(300)),
  id: code,
  name: words(120),
  municipality: object({
    name: words(120),
    insee: optional(words(5)),
    timezone: literal('Europe/Paris'),
    publicHolidays: oneOf(...holidayRegions),
    schoolZone: oneOf('A', 'B', 'C'),
  }),
  version: object({
    /** Tariffs go by the day of the session, limits by the instant of the act. */
    inForceFrom: localDate,
    inForceTo: optional(localDate),
    deliberation: optional(words(200)),
    sourceUrls: optional(list(words(500), 1)),
  }),
  rounding: roundingSchema,
  /** The town's own days, beside public and school holidays. */
  calendar: optional(
    object({
      closures: optional(list(object({ ...range, activities: optional(list(code, 1)) }), 1)),
      extraServiceDays: optional(
        list(
          object({ date: localDate, reason: words(120), activities: optional(list(code, 1)) }),
          1,
        ),
      ),
    }),
  ),
  qf: optional(qfPolicy),
  activities: record(code, activityRules),
});
/** A town's regulation as data: what families may do until when, what it costs, and why. */
export interface Ruleset extends Infer<typeof ruleset> {}

/** The published JSON Schema 2020-12, made of the same parts as the check. */
export const rulesetJsonSchema = (id: string): JsonSchema =>
  published(id, ruleset, {
    ...priceDefinitions(),
    ...adjustmentDefinitions,
    ...modifierDefinitions,
    ...deadlineDefinitions,
  });

/** A ruleset that may be obeyed, or all that is wrong in it at once. */
export type CheckedRuleset =
  { readonly ruleset: Ruleset } | { readonly faults: readonly [Fault, ...Fault[]] };

/** Reads a JSON value as a ruleset: its form first, then what a form can't say. */
export function checkRuleset(value: unknown): CheckedRuleset {
  const [malformed, ...others] = faultsOf(ruleset, value);
  if (malformed) return { faults: [malformed, ...others] };
  const sound = value as Ruleset;
  const [first, ...more] = meaningFaults(sound);
  return first ? { faults: [first, ...more] } : { ruleset: sound };
}

function meaningFaults({ version, calendar, qf, activities, rounding }: Ruleset): Fault[] {
  const faults: Fault[] = [];
  const report = (path: Fault['path'], reason: string): void => void faults.push({ path, reason });
  if (version.inForceTo !== undefined && version.inForceTo < version.inForceFrom)
    report(['version', 'inForceTo'], 'La version finit avant d’avoir commencé.');
  calendar?.closures?.forEach(({ from, to, activities: only = [] }, index) => {
    const at = ['calendar', 'closures', index];
    if (to < from) report([...at, 'to'], 'La fermeture finit avant d’avoir commencé.');
    only.forEach((name, place) => known(name, [...at, 'activities', place]));
  });
  calendar?.extraServiceDays?.forEach(({ activities: only = [] }, index) => {
    only.forEach((name, place) =>
      known(name, ['calendar', 'extraServiceDays', index, 'activities', place]),
    );
  });
  if (qf) qfPolicyFaults(qf, ['qf'], report);
  for (const [name, rules] of Object.entries(activities)) {
    activityFaults(rules, ['activities', name], rounding, report);
    if (!qf && usesQf(rules.price))
      report(['qf'], `Le tarif de « ${name} » dépend du quotient familial : il faut dire lequel.`);
  }
  return faults;

  function known(name: string, at: Fault['path']): void {
    if (!Object.hasOwn(activities, name)) report(at, `« ${name} » n’est pas une activité d’ici.`);
  }
}

/** A regulation in plain French: its general part, then one for each activity. */
export interface WrittenRegulation {
  readonly title: string;
  readonly general: readonly Chapter[];
  readonly activities: readonly { readonly name: string; readonly chapters: readonly Chapter[] }[];
}

export function writeRegulation({
  name,
  calendar = {},
  qf,
  rounding,
  activities,
}: Ruleset): WrittenRegulation {
  const { closures = [], extraServiceDays = [] } = calendar;
  const general: readonly Chapter[] = [
    { title: 'Quotient familial', lines: qf ? qfPolicyLines(qf) : [] },
    { title: 'Arrondi', lines: [roundingLine(rounding)] },
    {
      title: 'Fermetures',
      lines: closures.map(({ from, to, reason }) => `${reason}${NBSP}: ${periodLine(from, to)}`),
    },
    {
      title: 'Jours ajoutés',
      lines: extraServiceDays.map(
        ({ date, reason }) => `${reason}${NBSP}: ${periodLine(date, date)}`,
      ),
    },
  ];
  return {
    title: name,
    general: general.filter(({ lines }) => lines.length > 0),
    activities: Object.values(activities).map((rules) => ({
      name: rules.name,
      chapters: activityChapters(rules, rounding),
    })),
  };
}
