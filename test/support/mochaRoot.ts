import { closeAll } from './browser/atTheEnd.ts';

/** What all tests of a run share (the browser, the small town) ends with it. */
export const mochaHooks = { afterAll: closeAll };
