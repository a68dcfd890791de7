import { expect } from 'chai';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addHours } from '../src/domain/kernel/parisTime.ts';
import { readConfiguration } from '../src/infrastructure/config/configuration.ts';
import { parseTown } from '../src/infrastructure/config/town.ts';
import { defaultTown } from '../src/interfaces/web/townIdentity.ts';
import { openPortal } from '../src/portal.ts';
import { apiClient } from './support/apiClient.ts';
import { supervisor } from './support/apiTown.ts';
import { spawnPortal } from './support/browser/spawnedPortal.ts';
import { until } from './support/faults/until.ts';
import { rawConnection } from './support/rawHttp.ts';
import { capturedLog } from './support/testPortal.ts';
import { townCalendar } from './support/townFacts.ts';

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('the portal, put together', () => {
  let directory = '';
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'portail-entier-'))));
  afterEach(() => rmSync(directory, { recursive: true }));

  const configured = (more: Readonly<Record<string, string>> = {}) =>
    readConfiguration(
      {
        PORTAIL_DATA: directory,
        PORTAIL_MASTER_KEY: '8f'.repeat(32),
        PORTAIL_PORT: '0',
        ...more,
      },
      { town: parseTown(JSON.stringify({ ...defaultTown, schoolZone: 'C' })) },
    );

  it('ends the reading of its history first when it stops, and says nothing of it', async () => {
    const pid = join(directory, 'pid');
    const script = `require('node:fs').writeFileSync(${JSON.stringify(pid)}, String(process.pid)); setInterval(() => 0, 1_000)`;
    const { log, lines } = capturedLog();
    const portal = await openPortal({
      configuration: configured(),
      town: defaultTown,
      calendar: townCalendar(),
      log,
      check: { afterMs: 0, command: ['-e', script] },
    });
    const connection = await rawConnection(
      (await portal.listen()).replace('localhost', '127.0.0.1'),
    );
    connection.write('GET /health HTTP/1.1\r\nHost: portail\r\n');
    await until('the history is being read', () => existsSync(pid) && readFileSync(pid).length > 0);
    const closed = portal.close();
    await until('nobody reads the history', () => !isAlive(Number(readFileSync(pid, 'utf8'))));
    // The portal is still there: it waits for a request.
    expect(connection.socket.readyState).to.equal('open');
    expect(lines.map(({ message }) => message)).not.to.include('stopped');
    connection.socket.destroy();
    await closed;
    expect(lines.filter(({ message }) => message.includes('history'))).to.deep.equal([]);
  });

  it('closes, tells why and ends with an error once it may not go on', async () => {
    const script = `
      const { closeOnSignal } = await import('./src/portal.ts');
      const refused = Promise.resolve(new Error('Une copie utilise ces serveurs'));
      closeOnSignal({ refused, close: async () => console.log('closed') });
      setInterval(() => undefined, 1_000);`;
    const { code, output, errors } = await spawnPortal(
      ['--import=tsx', '--input-type=module', '-e', script],
      {},
    ).ended;
    expect([code, output, errors]).to.deep.equal([
      1,
      'closed\n',
      'Une copie utilise ces serveurs\n',
    ]);
  }).timeout(30_000);

  it('is ready, and measures itself for whoever has the token', async () => {
    const token = 'un-jeton-de-mesure-assez-long';
    const configuration = configured({ PORTAIL_METRICS_TOKEN: token });
    const { log } = capturedLog();
    const parts = { configuration, town: defaultTown, calendar: townCalendar(), log };
    const portal = await openPortal(parts);
    try {
      const address = await portal.listen();
      expect(await portal.ready()).to.equal(true);
      const { tokens, clock } = portal.services;
      const bearer = tokens.issue(supervisor, addHours(clock.now(), 1));
      const api = apiClient(address, { authorization: `Bearer ${bearer}` });
      const { status } = await api.post('/api/families', {
        resident: true,
        address: '12, allée des Tilleuls\n46000 Vallée-du-Lot',
        guardians: [{ firstName: 'Camille', lastName: 'Martin', email: 'camille@example.org' }],
      });
      expect(status).to.equal(201);
      expect((await fetch(`${address}/metrics`)).status).to.equal(401);
      const headers = { authorization: `Bearer ${token}` };
      const text = await (await fetch(`${address}/metrics`, { headers })).text();
      expect(text).to.match(/^portail_commands_total\{.*category="family",outcome="done"\} 1$/m);
      expect(text).to.match(/^portail_commit_\w+_count 1$/m);
    } finally {
      await portal.close();
    }
  });
});
