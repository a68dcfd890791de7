import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Asks again and again on a thread of its own, so that only the portal's own waits are measured. */
const script = `
  const { parentPort, workerData: url } = require('node:worker_threads');
  let going = true;
  parentPort.once('message', () => (going = false));
  (async () => {
    const waits = [];
    while (going) {
      const begun = performance.now();
      const { status } = await fetch(url);
      if (status !== 200) throw new Error('answered ' + status);
      waits.push(performance.now() - begun);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    parentPort.postMessage(waits);
    parentPort.close();
  })();`;

/** How long an address takes to answer 200, from now on; the answer ends the watch, in milliseconds. */
export function watch(url: string): () => Promise<readonly number[]> {
  const worker = new Worker(script, { eval: true, workerData: url });
  const told = once(worker, 'message') as Promise<[readonly number[]]>;
  // Told when the watch is ended.
  told.catch(() => undefined);
  return async () => {
    worker.postMessage('end');
    const [waits] = await told;
    await worker.terminate();
    return waits;
  };
}
