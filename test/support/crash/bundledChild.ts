import { build } from 'esbuild';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const cache = join(root, 'node_modules/.cache/portail-tests');

/**
 * Bundles the entries of a child process, by the names of their files; answers where the first of them stands, in a
 * directory of its own. One file loads faster than a thousand, many times. `external`: what node finds by itself;
 * `beside`: directories that the child reads from beside its own file.
 */
export async function bundledChild(
  entries: Readonly<Record<string, string>>,
  {
    external,
    packages = 'bundle',
    beside = {},
  }: {
    external?: string[];
    packages?: 'bundle' | 'external';
    beside?: Readonly<Record<string, string>>;
  },
): Promise<string> {
  const first = Object.keys(entries)[0] ?? '';
  const outdir = join(cache, first);
  await build({
    absWorkingDir: root,
    entryPoints: { ...entries },
    outdir,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages,
    ...(external && { external }),
    banner: {
      js: "import{createRequire as requireFrom}from'node:module';globalThis.require??=requireFrom(import.meta.url);",
    },
    logLevel: 'warning',
  });
  for (const [name, from] of Object.entries(beside))
    cpSync(join(root, from), join(outdir, name), { recursive: true });
  return join(outdir, `${first}.js`);
}
