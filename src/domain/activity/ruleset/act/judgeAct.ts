import type { Instant } from '../../../kernel/parisTime.ts';
import { isBefore } from '../../../kernel/sessionTerms.ts';
import { compileDeadline } from '../deadline/deadline.ts';
import type {
  ActWindow,
  DeadlineRule,
  Opening,
  RuleDays,
  RuleSession,
} from '../deadline/deadlineRule.ts';
import type { ActContext } from './actContext.ts';
import type { ActRule, Channel } from './actRule.ts';
import { compileCondition, type ConditionFacts } from './condition.ts';

/** What is known of an act about one thing of one session. */
export interface ActFacts extends ConditionFacts {
  readonly at: Instant;
  /** Where it isn't told, it is one that the town takes. */
  readonly channel?: Channel;
  /** What the family did besides, as an agent recorded it: `phone`, `letter`. */
  readonly steps: readonly string[];
  /** The how-many-th act out of time this would be in the window of the free quota; counts from 1. */
  readonly occurrence?: number;
}

export type ActStatus =
  'in_time' | 'second_chance' | 'late' | 'not_open' | 'never' | 'wrong_channel';

/** What a rule says of an act; `late` and `never` have what the rule's `late` says done to them. */
export interface Judgement {
  readonly status: ActStatus;
  /** When it could be done; the start of the session closes it where nothing else does. */
  readonly window: ActWindow | 'never';
  /** Which exception set the deadline, counted from zero. */
  readonly matchedOverride?: number;
  /** Of an act out of time, where some are free: whether this one is. */
  readonly quota?: 'free' | 'used_up' | 'not_told';
}

/** An act's rule made ready once for a version. Pure, never throws. */
export type ActJudge = (act: ActFacts, session: RuleSession, days: RuleDays) => Judgement;

export function compileAct(rule: ActRule, { deadlines }: ActContext): ActJudge {
  const usual = compileDeadline(rule.deadline, deadlines);
  const overrides = (rule.overrides ?? []).map(({ when, deadline }) => ({
    holds: compileCondition(when),
    deadline: compileDeadline(deadline, deadlines),
  }));
  const isSecondChance = compileSecondChance(rule, deadlines);
  const { channels, freeQuota } = rule;
  return (act, session, days) => {
    const index = overrides.findIndex(({ holds }) => holds(act, session, days));
    const deadline = overrides[index]?.deadline ?? usual;
    const window = windowOf(deadline(session, days, act.audience), session);
    const judged = (status: ActStatus): Judgement => ({
      status,
      window,
      ...(index < 0 ? {} : { matchedOverride: index }),
      ...(freeQuota && isOut(status) ? { quota: quotaLeft(freeQuota.n, act.occurrence) } : {}),
    });
    if (channels && act.channel !== undefined && !channels.includes(act.channel))
      return judged('wrong_channel');
    const status = statusIn(window, act.at);
    return judged(isOut(status) && isSecondChance(act, session, days) ? 'second_chance' : status);
  };
}

const isOut = (status: ActStatus): boolean => status === 'late' || status === 'never';

const windowOf = (opening: Opening, { startsAt }: RuleSession): ActWindow | 'never' =>
  opening === 'always' ? { closes: { at: startsAt, boundary: 'exclusive' } } : opening;

function statusIn(window: ActWindow | 'never', at: Instant): ActStatus {
  if (window === 'never') return 'never';
  if (window.opensAt !== undefined && at < window.opensAt) return 'not_open';
  return isBefore(at, window.closes) ? 'in_time' : 'late';
}

function quotaLeft(free: number, occurrence: number | undefined): Judgement['quota'] & string {
  if (occurrence === undefined) return 'not_told';
  return occurrence <= free ? 'free' : 'used_up';
}

function compileSecondChance(
  { secondChance }: ActRule,
  context: ActContext['deadlines'],
): (act: ActFacts, session: RuleSession, days: RuleDays) => boolean {
  if (!secondChance) return () => false;
  const { requires } = secondChance;
  const deadline: DeadlineRule = compileDeadline(secondChance.deadline, context);
  return (act, session, days) =>
    requires.every((step) => act.steps.includes(step)) &&
    statusIn(windowOf(deadline(session, days, act.audience), session), act.at) === 'in_time';
}
