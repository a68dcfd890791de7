import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Runs a bundled script in a fresh process and answers with what it told. Throws when it fails or tells nothing. */
export async function toldBy<T>(script: string, args: readonly string[]): Promise<T> {
  const file = fileURLToPath(new URL(`./${script}`, import.meta.url));
  const child = fork(file, args);
  let told: { readonly value: T } | undefined;
  child.on('message', (message) => {
    told = { value: message as T };
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0 || !told) throw new Error(`${script} failed`);
  return told.value;
}
