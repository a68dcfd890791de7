import {
  checkCases,
  stepLine,
  type CheckedCase,
} from '../../domain/activity/ruleset/cases/checkCases.ts';
import { workedCases, type WorkedCase } from '../../domain/activity/ruleset/cases/workedCase.ts';
import {
  compileRuleset,
  type CompiledRuleset,
} from '../../domain/activity/ruleset/decision/compiledRuleset.ts';
import {
  checkRuleset,
  writeRegulation,
  type Ruleset,
} from '../../domain/activity/ruleset/ruleset.ts';
import { faultsOf, type Fault } from '../../domain/activity/ruleset/schema/schema.ts';
import { plural } from '../../domain/kernel/french/words.ts';
import { NBSP } from '../../domain/kernel/french/typography.ts';
import type { TownCalendar } from '../../domain/kernel/townCalendar.ts';

/** What the commands need of the world. */
export interface RulesWorld {
  /** Text of a file. Throws when it can't be read. */
  readonly read: (file: string) => string;
  readonly print: (line: string) => void;
  /** School and public holidays of a ruleset's town. */
  readonly calendar: (ruleset: Ruleset) => TownCalendar;
}

type Action = (files: readonly string[], world: RulesWorld) => boolean | undefined;

/** `validate FILE...`: all faults of each, at once. */
const validate: Action = (files, world) => {
  if (files.length === 0) return undefined;
  return files.map((file) => readRuleset(file, world) !== undefined).every(Boolean);
};

/** `explain FILE`: the regulation in plain French. */
const explain: Action = (files, world) => {
  const [file, ...more] = files;
  if (file === undefined || more.length > 0) return undefined;
  const ruleset = readRuleset(file, world, 'quiet');
  if (!ruleset) return false;
  const { title, general, activities } = writeRegulation(ruleset);
  const chapters = (depth: string, all: typeof general): void => {
    for (const { title: name, lines } of all) {
      world.print(`\n${depth} ${name}\n`);
      for (const line of lines) world.print(`- ${line}.`);
    }
  };
  world.print(`# ${title}`);
  chapters('##', general);
  for (const { name, chapters: own } of activities) {
    world.print(`\n## ${name}`);
    chapters('###', own);
  }
  return true;
};

/** `check RULESET... CASES`: replays worked cases; each mismatch with its explanation. */
const check: Action = (files, world) => {
  const [casesFile, ...rulesetFiles] = [...files].reverse();
  if (casesFile === undefined || rulesetFiles.length === 0) return undefined;
  const rulesets = new Map<string, CompiledRuleset>();
  let sound = true;
  for (const file of rulesetFiles.reverse()) {
    const ruleset = readRuleset(file, world, 'quiet');
    if (!ruleset) sound = false;
    else if (rulesets.has(ruleset.id)) {
      world.print(`${file}${NBSP}: un autre fichier a déjà l’identifiant « ${ruleset.id} ».`);
      sound = false;
    } else rulesets.set(ruleset.id, compileRuleset(ruleset, world.calendar(ruleset)));
  }
  const cases = readJson(casesFile, world);
  if (!cases || !sound) return false;
  const faults = faultsOf(workedCases, cases.value);
  if (faults.length > 0) {
    printFaults(casesFile, faults, world);
    return false;
  }
  const checked = checkCases(rulesets, cases.value as readonly WorkedCase[]);
  const failed = checked.filter((one) => one.error !== undefined || one.mismatches.length > 0);
  for (const one of failed) printFailure(one, world);
  world.print(`${checked.length - failed.length} passed, ${failed.length} failed`);
  return failed.length === 0;
};

const actions: Readonly<Record<string, Action>> = { validate, explain, check };

/**
 * Runs `portail rules ACTION FILE...`. Answers the exit code: 0 when all is well, 1 when a file or a case is not, 2
 * when the command isn't understood.
 */
export function rulesCommand(words: readonly string[], world: RulesWorld): 0 | 1 | 2 {
  const [name = '', ...files] = words;
  const done = Object.hasOwn(actions, name) ? actions[name]?.(files, world) : undefined;
  if (done === undefined) return 2;
  return done ? 0 : 1;
}

function readJson(
  file: string,
  { read, print }: RulesWorld,
): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(read(file)) as unknown };
  } catch (error) {
    const why =
      error instanceof SyntaxError ? `ce n’est pas du JSON (${error.message})` : 'illisible';
    print(`${file}${NBSP}: ${why}.`);
    return undefined;
  }
}

function readRuleset(file: string, world: RulesWorld, voice?: 'quiet'): Ruleset | undefined {
  const json = readJson(file, world);
  if (!json) return undefined;
  const checked = checkRuleset(json.value);
  if ('faults' in checked) {
    printFaults(file, checked.faults, world);
    return undefined;
  }
  if (!voice) world.print(`${file}${NBSP}: valable.`);
  return checked.ruleset;
}

function printFaults(file: string, faults: readonly Fault[], { print }: RulesWorld): void {
  print(`${file}${NBSP}: ${plural(faults.length, 'faute')}.`);
  for (const { path, reason } of faults) print(`  ${path.join('/') || '(tout)'}${NBSP}: ${reason}`);
}

function printFailure({ id, error, mismatches, steps }: CheckedCase, { print }: RulesWorld): void {
  print(`${id}${NBSP}: ${error ?? 'pas comme attendu.'}`);
  for (const { member, expected, actual } of mismatches)
    print(
      `  ${member}${NBSP}: attendu ${JSON.stringify(expected)}, obtenu ${actual === undefined ? 'rien' : JSON.stringify(actual)}`,
    );
  for (const step of steps) print(`  ${stepLine(step)}`);
}
