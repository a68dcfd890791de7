import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const built = fileURLToPath(new URL('bin/ferretdb', import.meta.url));

/** Made by build.sh. A bundle stands elsewhere than this file, and tells where the binary is. */
export const ferretdbIsBuilt = (binary = built): boolean => existsSync(binary);

export interface Ferretdb {
  /** `mongodb://127.0.0.1:PORT/` */
  readonly url: string;
  /** Ends at once, as a crash does; `start` then goes on with the same files at the same address. */
  readonly kill: () => Promise<void>;
  readonly start: () => Promise<void>;
  /** Ends, and removes the files. */
  readonly stop: () => Promise<void>;
}

/** Starts a server on a free port of 127.0.0.1, with its files in a directory of its own. It ends with this process. */
export async function startFerretdb(binary = built): Promise<Ferretdb> {
  const directory = mkdtempSync(join(tmpdir(), 'portail-ferretdb-'));
  let running = await launch(binary, directory, '127.0.0.1:0');
  const { url } = running;
  return {
    url,
    kill: async () => running.end('SIGKILL'),
    async start() {
      running = await launch(binary, directory, new URL(url).host);
    },
    async stop() {
      await running.end('SIGTERM');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function launch(binary: string, directory: string, listen: string) {
  const child = spawn(binary, ['-dir', directory, '-listen', listen], {
    // Its standard input closes with this process, however that ends; the server then ends too.
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints = `${complaints}${text}`.slice(-2_000);
  });
  const failed = exited.then(([code]): never => {
    throw new Error(`FerretDB ended with ${String(code)}\n${complaints}`);
  });
  const [url] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line') as Promise<[string]>,
    failed,
  ]);
  failed.catch(() => undefined);
  return {
    url,
    async end(signal: 'SIGTERM' | 'SIGKILL') {
      child.kill(signal);
      await exited;
    },
  };
}
