import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface EventStoreDbProcess {
  readonly connectionString: string;
  readonly stop: () => Promise<void>;
}

/** Starts the tests' server of EventStoreDB's protocol, bundled beside this file, on a free port in its own process. */
export async function startEventStoreDbProcess(): Promise<EventStoreDbProcess> {
  const file = fileURLToPath(new URL('./eventStoreDbServer.js', import.meta.url));
  // It ends when its standard input does: with this process, whatever happens to it.
  const child = spawn(process.execPath, [file], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const failed = ended.then((): never => {
    throw new Error('the server for tests ended');
  });
  const line = once(createInterface({ input: child.stdout }), 'line') as Promise<[string]>;
  const [connectionString] = await Promise.race([line, failed]);
  failed.catch(() => undefined);
  return {
    connectionString,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
