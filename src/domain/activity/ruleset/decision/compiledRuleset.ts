import { exactFrom, type Exact } from '../../../kernel/exact.ts';
import type { TownCalendar } from '../../../kernel/townCalendar.ts';
import { compileQfPolicy, type QfRule } from '../qf/qfOn.ts';
import type { Ruleset } from '../ruleset.ts';
import { compileActivity, type CompiledActivity } from './compiledActivity.ts';

/** A version of a regulation made ready once: kept as long as the version, asked for every decision. */
export interface CompiledRuleset {
  readonly ruleset: Ruleset;
  readonly activities: ReadonlyMap<string, CompiledActivity>;
  /** The quotient of a day, where the town goes by one. */
  readonly qfOn: QfRule | undefined;
  /** What a family without a proof is priced by; undefined where its price is not said. */
  readonly missing: Exact | 'highest' | undefined;
  readonly outsideUsesQf: boolean;
}

/** Makes a sound ruleset ready, with the town's calendar of school and public holidays. */
export function compileRuleset(ruleset: Ruleset, calendar: TownCalendar): CompiledRuleset {
  const { qf } = ruleset;
  return {
    ruleset,
    activities: new Map(
      Object.entries(ruleset.activities).map(([name, rules]) => [
        name,
        compileActivity(ruleset, name, rules, calendar),
      ]),
    ),
    qfOn: qf && compileQfPolicy(qf),
    missing: missingOf(qf?.missing),
    outsideUsesQf: qf?.outsideUsesQf ?? true,
  };
}

function missingOf(
  missing: NonNullable<Ruleset['qf']>['missing'] | undefined,
): Exact | 'highest' | undefined {
  if (missing === undefined || missing === 'refuse') return undefined;
  return missing === 'highest' ? missing : exactFrom(missing.band);
}
