import {
  actFaults,
  actLines,
  actRule,
  type ActRule,
} from '../../src/domain/activity/ruleset/act/actRule.ts';
import type { ActContext } from '../../src/domain/activity/ruleset/act/actContext.ts';
import {
  compileAct,
  type ActFacts,
  type Judgement,
} from '../../src/domain/activity/ruleset/act/judgeAct.ts';
import type { PriceContext } from '../../src/domain/activity/ruleset/price/priceRule.ts';
import { conforms, faultsOf } from '../../src/domain/activity/ruleset/schema/schema.ts';
import { canteen, holidayCentre, ruleDays, sessionOf } from './deadlineFacts.ts';
import { paris } from './townFacts.ts';

export const prices: PriceContext = {
  units: { meal: 'Repas', day: 'Journée' },
  rounding: { mode: 'half_up', at: 'line' },
};
const regimes = ['annual_days', 'planning', 'occasional', 'club'];
/** A canteen that sells meals and days. */
export const atCanteen: ActContext = { deadlines: canteen, prices, regimes };
/** A centre with the holidays of autumn and of Christmas. */
export const atCentre: ActContext = { deadlines: holidayCentre, prices, regimes };

/** What a rule says of an act at a moment in France, for the session of a day. */
export const judged = (
  rule: ActRule,
  when: string,
  act: string,
  facts: Partial<ActFacts> = {},
  context: ActContext = atCanteen,
): Judgement =>
  compileAct(rule, context)(
    { audience: 'resident', steps: [], ...facts, at: paris(act) },
    sessionOf(when, context.deadlines),
    ruleDays(context.deadlines),
  );

type Found = readonly [path: string, reason: string];
export function actFaultsIn(written: unknown, context: ActContext = atCanteen): Found[] {
  const found: Found[] = faultsOf(actRule, written).map(({ path, reason }) => [
    path.join('/'),
    reason,
  ]);
  if (conforms(actRule, written))
    actFaults(written, [], context, (path, reason) => found.push([path.join('/'), reason]));
  return found;
}

/** Its sentences; non-breaking spaces are shown as `~`. */
export const saidOfAct = (rule: ActRule, context: ActContext = atCanteen): string[] =>
  actLines(rule, context).map((line) => line.replaceAll('\u00a0', '~'));
