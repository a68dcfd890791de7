import { build } from 'esbuild';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const cache = join(root, 'node_modules/.cache/portail-tests');

/**
 * Bundles the entries of a child process, by the names of their files; answers where the first of them stands. One file
 * loads faster than a thousand, many times. `external`: what node finds by itself.
 */
export async function bundledChild(
  entries: Readonly<Record<string, string>>,
  { external, packages = 'bundle' }: { external?: string[]; packages?: 'bundle' | 'external' },
): Promise<string> {
  await build({
    absWorkingDir: root,
    entryPoints: { ...entries },
    outdir: cache,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages,
    ...(external && { external }),
    banner: {
      js: "import{createRequire}from'node:module';globalThis.require??=createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  return join(cache, `${Object.keys(entries)[0] ?? ''}.js`);
}
