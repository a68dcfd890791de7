// Does what a newcomer does: starts the demo on a free port in an empty directory, signs in, opens the agenda, stops.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const directory = mkdtempSync(join(tmpdir(), 'portail-smoke-'));
const started = Date.now();

function start() {
  const child = spawn(process.execPath, ['dist/demo.js'], {
    env: { ...process.env, PORTAIL_DATA: join(directory, 'demo'), PORTAIL_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const address = new Promise((resolve, reject) => {
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      process.stdout.write(text);
      said += text;
      const url = /http:\/\/localhost:\d+\/demo\/entrer\/\S+/.exec(said)?.[0];
      if (url) resolve(url);
    });
    child.once('exit', (code) => reject(new Error(`the demo stopped with ${code}`)));
  });
  const stop = () =>
    new Promise((resolve) => {
      child.once('exit', resolve);
      child.kill('SIGTERM');
    });
  return { address, stop };
}

async function visit(url) {
  const entry = await fetch(url, { redirect: 'manual' });
  const cookie = entry.headers.getSetCookie()[0]?.split(';')[0];
  const page = await fetch(new URL('/reservations', url), { headers: { cookie } });
  const html = await page.text();
  if (page.status !== 200 || !html.includes('Réservations')) throw new Error('no agenda');
}

try {
  const first = start();
  await visit(await first.address);
  console.log(`first start and agenda: ${((Date.now() - started) / 1000).toFixed(1)} s`);
  await first.stop();
  const again = Date.now();
  const second = start();
  await visit(await second.address);
  console.log(`second start and agenda: ${((Date.now() - again) / 1000).toFixed(1)} s`);
  await second.stop();
} finally {
  rmSync(directory, { recursive: true, force: true });
}
