import { decimalText } from '../../../kernel/exact.ts';
import { asInstant } from '../../../kernel/parisTime.ts';
import type { CompiledRuleset } from '../decision/compiledRuleset.ts';
import type { PriceStep } from '../price/priceRule.ts';
import { CaseError, replayCase } from './replayCase.ts';
import type { Expected, WorkedCase } from './workedCase.ts';

/** One thing that came out otherwise than the case says. */
export interface Mismatch {
  readonly member: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

export interface CheckedCase {
  readonly id: string;
  readonly mismatches: readonly Mismatch[];
  /** Why the case could not be replayed at all. */
  readonly error?: string;
  readonly steps: readonly PriceStep[];
}

/** Replays cases, each on the ruleset that it names; only what a case expects is compared, instants as instants. */
export const checkCases = (
  rulesets: ReadonlyMap<string, CompiledRuleset>,
  cases: readonly WorkedCase[],
): CheckedCase[] => cases.map((one) => checkCase(rulesets, one));

function checkCase(
  rulesets: ReadonlyMap<string, CompiledRuleset>,
  { id, ruleset: name, input, expected }: WorkedCase,
): CheckedCase {
  const ruleset = rulesets.get(name);
  if (!ruleset)
    return { id, mismatches: [], steps: [], error: `Aucun règlement « ${name} » n’a été donné.` };
  try {
    const { outcome, steps } = replayCase(ruleset, input);
    return { id, mismatches: mismatches(expected, outcome), steps };
  } catch (error) {
    if (!(error instanceof CaseError)) throw error;
    return { id, mismatches: [], steps: [], error: error.message };
  }
}

const isInstant = (member: string): boolean => member === 'deadline';

const mismatches = (expected: Expected, outcome: Expected): Mismatch[] =>
  Object.entries(expected).flatMap(([member, wanted]) => {
    const actual: unknown = outcome[member as keyof Expected];
    return isAlike(member, wanted, actual) ? [] : [{ member, expected: wanted, actual }];
  });

function isAlike(member: string, wanted: unknown, actual: unknown): boolean {
  if (isInstant(member) && typeof wanted === 'string' && typeof actual === 'string')
    return asInstant(wanted) === asInstant(actual);
  return JSON.stringify(wanted) === JSON.stringify(actual);
}

/** One step in one line: rule, shape, what it adds in cents, and what it used. */
export function stepLine({ rule, shape, adds, values }: PriceStep): string {
  const used = Object.entries(values).map(([name, value]) => `${name} ${value}`);
  return `${rule} (${shape}) : ${decimalText(adds)} c${used.length > 0 ? ` [${used.join(', ')}]` : ''}`;
}
