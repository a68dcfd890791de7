import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { startFlags } from '../startFlags.ts';
import { masterKeyText } from '../town/openTown.ts';

const bundle = 'dist/main.js';

export interface PortalProcess {
  /** Resolves with `http://localhost:port`, once the portal says that it answers. */
  readonly url: Promise<string>;
  /** SIGTERM, as systemd would. Throws when the portal doesn't end well. */
  stop(): Promise<void>;
}

/** Starts the portal as it ships on a data directory, on a free port. Throws when it was not built. */
export function startPortal(directory: string): PortalProcess {
  if (!existsSync(bundle)) throw new Error(`${bundle} is missing: npm run build`);
  const child = spawn(process.execPath, [...startFlags(), bundle, 'serve'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      PORTAIL_DATA: directory,
      PORTAIL_MASTER_KEY: masterKeyText,
      PORTAIL_TOWN: 'data/vallee-du-lot.json',
      PORTAIL_PORT: '0',
    },
  });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const url = new Promise<string>((resolve, reject) => {
    let said = '';
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      const found = /http:\/\/localhost:\d+/.exec(said)?.[0];
      if (found === undefined) return;
      resolve(found);
      child.stdout.off('data', listen);
      // Its log goes on, and nobody reads it.
      child.stdout.resume();
    };
    child.stdout.on('data', listen);
    void ended.then(([code]) => reject(new Error(`the portal ended with ${code ?? 'a signal'}`)));
  });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      const [code] = await ended;
      process.off('exit', kill);
      if (code !== 0) throw new Error(`the portal ended with ${code ?? 'a signal'}`);
    },
  };
}

/** Asks again, every few milliseconds, until the answer is as wished. Throws after a minute. */
export async function until(wished: () => Promise<boolean>, everyMs: number): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!(await wished())) {
    if (performance.now() > deadline) throw new Error('the portal does not get there');
    await pause(everyMs);
  }
}
