import { bundledChild } from '../crash/bundledChild.ts';

/** The portal of townServer.ts as production has it, in a few files: it starts many times quickly. Answers the first. */
export const bundledTown = (): Promise<string> =>
  bundledChild(
    {
      townServer: 'test/support/faults/townServer.ts',
      // What it starts beside itself: the projections, and the check of its history.
      projectionWorker: 'src/infrastructure/projections/projectionWorker.ts',
      main: 'src/main.ts',
    },
    {
      external: ['better-sqlite3', '@eventstore/db-client', 'mongodb'],
      beside: { assets: 'src/interfaces/web/assets' },
    },
  );
