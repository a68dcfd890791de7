import { NBSP } from '../../../kernel/french/typography.ts';
import { joinList } from '../../../kernel/french/words.ts';
import { adjustmentFaults, adjustmentLines, anyAdjustment } from '../adjustment/adjustment.ts';
import { counterFaults, counterMembers, counterWords } from '../counter/counter.ts';
import { anyDeadline, deadlineFaults, deadlineLines } from '../deadline/deadline.ts';
import { labelled } from '../price/words.ts';
import type { Infer, Path, Report } from '../schema/schema.ts';
import { list, object, optional } from '../schema/structures.ts';
import { code, oneOf, whole } from '../schema/values.ts';
import type { ActContext } from './actContext.ts';
import { late, lateFaults, lateLines } from './late.ts';
import { general, override, overrideFaults, overrideLines } from './override.ts';

/** How an act reaches the town. */
export const channel = oneOf('portal', 'paper', 'email', 'phone', 'desk');
export type Channel = Infer<typeof channel>;

const freeQuota = object({
  /** So many acts out of time cost nothing. */
  n: whole(1, 366, 'un nombre de fois'),
  ...counterMembers,
});
export const secondChance = object({
  deadline: anyDeadline,
  /** All that the family must have done; an agent records it: `phone`, `letter`… */
  requires: list(code, 1),
  adjust: anyAdjustment,
});

export const actRule = object({
  deadline: anyDeadline,
  overrides: optional(list(override, 1)),
  /** The only channels that count; any, where none is told. */
  channels: optional(list(channel, 1)),
  freeQuota: optional(freeQuota),
  secondChance: optional(secondChance),
  late,
});
/** Until when an act may be done, how, and what becomes of it afterwards. */
export interface ActRule extends Infer<typeof actRule> {}

const repeated = (all: readonly string[], at: Path, report: Report): void => {
  all.forEach((one, index) => {
    if (all.indexOf(one) < index) report([...at, index], `« ${one} » est déjà dit plus haut.`);
  });
};

export function actFaults(rule: ActRule, at: Path, context: ActContext, report: Report): void {
  const { deadlines, prices } = context;
  const { overrides = [], channels = [], freeQuota, secondChance } = rule;
  deadlineFaults(rule.deadline, [...at, 'deadline'], general(overrides, deadlines), report);
  overrideFaults(overrides, [...at, 'overrides'], context, report);
  repeated(channels, [...at, 'channels'], report);
  if (freeQuota) counterFaults(freeQuota, [...at, 'freeQuota'], deadlines, report);
  if (secondChance) {
    const place = [...at, 'secondChance'];
    deadlineFaults(secondChance.deadline, [...place, 'deadline'], deadlines, report);
    repeated(secondChance.requires, [...place, 'requires'], report);
    adjustmentFaults(secondChance.adjust, [...place, 'adjust'], prices, report);
  }
  lateFaults(rule.late, [...at, 'late'], context, report);
}

const channelWords = {
  portal: 'sur le portail',
  paper: 'par écrit',
  email: 'par courriel',
  phone: 'par téléphone',
  desk: 'à l’accueil',
} as const satisfies Record<Channel, string>;
const stepWords: Readonly<Record<string, string>> = {
  phone: 'un appel',
  letter: 'un courrier',
  email: 'un courriel',
  form: 'un formulaire',
  desk: 'un passage à l’accueil',
  certificate: 'un certificat médical',
};
const step = (word: string): string =>
  Object.hasOwn(stepWords, word) ? (stepWords[word] ?? word) : `«${NBSP}${word}${NBSP}»`;
/** « sur le portail, par écrit ou par courriel » */
const either = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ou ${words.at(-1) ?? ''}`;

/** Each completes « Réservation : … », « Annulation : … ». No full stop. */
export const actLines = (rule: ActRule, context: ActContext): string[] => [
  ...limitLines(rule, context),
  ...outOfTimeLines(rule, context),
];

/** Until when, and how. */
function limitLines(
  { deadline, overrides = [], channels = [] }: ActRule,
  context: ActContext,
): string[] {
  return [
    ...deadlineLines(deadline, general(overrides, context.deadlines)),
    ...overrideLines(overrides, context),
    ...(channels.length === 0
      ? []
      : [`uniquement ${either(channels.map((way) => channelWords[way]))}`]),
  ];
}

/** What becomes of an act that comes later. */
export function outOfTimeLines(
  { freeQuota, secondChance, late: after }: Pick<ActRule, 'freeQuota' | 'secondChance' | 'late'>,
  context: ActContext,
): string[] {
  return [
    ...(freeQuota
      ? [`hors délai, sans frais jusqu’à ${freeQuota.n}${NBSP}fois ${counterWords(freeQuota)}`]
      : []),
    ...(secondChance ? secondChanceLines(secondChance, context) : []),
    ...lateLines(after, context),
  ];
}

function secondChanceLines(
  { deadline, requires, adjust }: Infer<typeof secondChance>,
  { deadlines, prices }: ActContext,
): string[] {
  const steps = joinList(requires.map(step));
  return [
    ...deadlineLines(deadline, deadlines).map((line) => `hors délai, avec ${steps}, ${line}`),
    ...labelled('dans ce cas', adjustmentLines(adjust, prices)),
  ];
}
