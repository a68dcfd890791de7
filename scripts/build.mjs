// Bundles the portal into dist/: main.js (production), demo.js (main plus the demo's sign-in and data) and the
// projection worker. Production never imports src/demo.ts, so nothing of the demo is in main.js.
import { build } from 'esbuild';
import { existsSync, rmSync } from 'node:fs';

const quiet = process.argv.includes('--quiet');
rmSync('dist', { recursive: true, force: true });
const entries = {
  main: 'src/main.ts',
  demo: 'src/demo.ts',
  projectionWorker: 'src/infrastructure/projections/projectionWorker.ts',
};
await build({
  entryPoints: Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file))),
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  sourcemap: true,
  sourcesContent: false,
  tsconfig: 'tsconfig.json',
  logLevel: quiet ? 'warning' : 'info',
});
