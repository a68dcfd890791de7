export const workNames = ['commands', 'rebuild', 'http', 'agenda', 'start', 'distributed'] as const;
export type WorkName = (typeof workNames)[number];

export interface BenchOptions {
  readonly works: readonly WorkName[];
  /** Exit 1 when a goal is missed. */
  readonly check: boolean;
  /** Small sizes, and nothing kept: for continuous integration. */
  readonly short: boolean;
  readonly requirePeer: boolean;
}

export const usage = `npm run bench -- ${workNames.join('|')}|all [--check] [--short] [--require-peer]`;

const flags = ['--check', '--short', '--require-peer'];
const isWorkName = (text: string): text is WorkName => workNames.some((name) => name === text);

/** Reads the command line; undefined when it makes no sense. */
export function parseOptions(argv: readonly string[]): BenchOptions | undefined {
  const given = argv.filter((word) => word.startsWith('-'));
  const names = argv.filter((word) => !word.startsWith('-'));
  const [name] = names;
  if (name === undefined || names.length > 1 || !given.every((flag) => flags.includes(flag)))
    return undefined;
  if (name !== 'all' && !isWorkName(name)) return undefined;
  return {
    works: name === 'all' ? workNames : [name],
    check: given.includes('--check'),
    short: given.includes('--short'),
    requirePeer: given.includes('--require-peer'),
  };
}
