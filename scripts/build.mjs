// Bundles the portal into dist/: main.js (production), demo.js (main plus the demo's sign-in and data) and the
// projection worker. Production never imports src/demo.ts, so nothing of the demo is in main.js.
import { build } from 'esbuild';
import { cpSync, rmSync } from 'node:fs';

const quiet = process.argv.includes('--quiet');
rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: {
    main: 'src/main.ts',
    demo: 'src/demo.ts',
    projectionWorker: 'src/infrastructure/projections/projectionWorker.ts',
    leasedProjectionWorker: 'src/infrastructure/projections/leasedProjectionWorker.ts',
  },
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
cpSync('src/interfaces/web/assets', 'dist/assets', { recursive: true });
