import { NBSP } from '../../../kernel/french/typography.ts';
import { capitalise, plural } from '../../../kernel/french/words.ts';
import type { DeadlineContext } from '../deadline/deadlineRule.ts';
import type { Infer, Path, Report } from '../schema/schema.ts';
import { list, object, optional } from '../schema/structures.ts';
import { code, flag, oneOf, whole, words } from '../schema/values.ts';
import { answerBy, answerLine } from './answerBy.ts';
import { offer, offerLine } from './offer.ts';

const rankings = ['regulars', 'residents', 'rotation', 'score', 'request_instant'] as const;
/** By what requests are put in order. */
export type Ranking = (typeof rankings)[number];

const score = object({ criterion: code, points: whole(1, 1000), words: words(120) });

/** Who has a place when there are too few. */
export const allocation = object({
  /** What counts first, what counts between equals; the instant of the request settles what is left. */
  order: list(oneOf(...rankings), 1),
  scores: optional(list(score, 1)),
  /** Each family gives up so many sessions in turn; those who have not yet come after the others. */
  rotation: optional(object({ mustDecline: whole(1, 100) })),
  /** An offer holds until it is answered where nothing is said. */
  offer: optional(offer),
  answerBy: optional(answerBy),
  /** Only who asks for it waits. */
  waitlistOptIn: flag,
});
export interface Allocation extends Infer<typeof allocation> {}

export function allocationFaults(
  rule: Allocation,
  at: Path,
  { periods }: DeadlineContext,
  report: Report,
): void {
  const { order, scores, rotation } = rule;
  order.forEach((ranking, index) => {
    const place = [...at, 'order', index];
    if (order.indexOf(ranking) < index) report(place, `« ${ranking} » y est déjà.`);
    if (ranking === 'request_instant' && index < order.length - 1)
      report([...at, 'order', index + 1], 'L’instant de la demande départage tout : rien ne suit.');
  });
  const needs = (ranking: Ranking, member: string, told: boolean): void => {
    const used = order.includes(ranking);
    if (used && !told) report([...at, member], `L’ordre en dépend (« ${ranking} ») : il manque.`);
    if (told && !used)
      report([...at, member], `Sans « ${ranking} » dans l’ordre (order), cela ne sert jamais.`);
  };
  needs('score', 'scores', scores !== undefined);
  needs('rotation', 'rotation', rotation !== undefined);
  scores?.forEach(({ criterion }, index) => {
    if (scores.findIndex((other) => other.criterion === criterion) < index)
      report([...at, 'scores', index, 'criterion'], `« ${criterion} » a déjà ses points.`);
  });
  if (rule.answerBy && Object.keys(periods).length === 0)
    report([...at, 'answerBy', 'before'], 'Cette activité n’a pas de période.');
}

const first = {
  regulars: 'aux enfants qui viennent régulièrement',
  residents: 'aux habitants de la commune',
  rotation: 'aux familles qui ont déjà laissé leur tour',
  score: 'à qui a le plus de points',
} as const satisfies Readonly<Record<Exclude<Ranking, 'request_instant'>, string>>;
const arrival = 'dans l’ordre d’arrivée des demandes';

/** Completes « Attribution des places : … », one line for each rule. */
export function allocationLines(rule: Allocation): readonly string[] {
  const { order, scores = [], rotation, offer: given, answerBy: answers, waitlistOptIn } = rule;
  const ranked = order.flatMap((ranking) => (ranking === 'request_instant' ? [] : first[ranking]));
  return [
    ranked.length === 0 ? arrival : `d’abord ${[...ranked, arrival].join(', puis ')}`,
    ...scores.map((one) => `${capitalise(one.words)}${NBSP}: ${plural(one.points, 'point')}`),
    ...(rotation
      ? [`chaque famille laisse son tour ${rotation.mustDecline}${NBSP}fois quand la place manque`]
      : []),
    waitlistOptIn
      ? 'liste d’attente seulement pour qui la demande'
      : 'qui n’a pas de place est mis sur la liste d’attente',
    ...(given ? [offerLine(given)] : []),
    ...(answers ? [answerLine(answers)] : []),
  ];
}
