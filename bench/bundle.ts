import { build } from 'esbuild';

/** Where the works run from, beside the portal as it ships. */
export const bundleFolder = 'dist/bench';

/**
 * Bundles the works as scripts/build.mjs bundles the portal, so that what is measured is what ships: run from its
 * sources, each closure would be given its name again when it is made, which costs a quarter of the speed.
 */
export async function bundleWorks(): Promise<void> {
  await build({
    entryPoints: [
      { in: 'bench/workProcess.ts', out: 'workProcess' },
      { in: 'bench/works/rebuildOnce.ts', out: 'rebuildOnce' },
      { in: 'bench/works/expressFloor.ts', out: 'expressFloor' },
      { in: 'test/support/eventstoredb/main.ts', out: 'eventStoreDbServer' },
    ],
    outdir: bundleFolder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    sourcemap: true,
    sourcesContent: false,
    tsconfig: 'tsconfig.json',
    logLevel: 'warning',
  });
}
