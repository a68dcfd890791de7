import { readFileSync } from 'node:fs';

/** The flags of Node that `npm start` gives the portal: what is measured runs with the same. */
export function startFlags(): string[] {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  return (scripts['start'] ?? '').split(' ').filter((word) => word.startsWith('--'));
}
