import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addHours } from '../src/domain/kernel/parisTime.ts';
import { readConfiguration } from '../src/infrastructure/config/configuration.ts';
import { parseTown } from '../src/infrastructure/config/town.ts';
import { defaultTown } from '../src/interfaces/web/townIdentity.ts';
import { openPortal } from '../src/portal.ts';
import { apiClient } from './support/apiClient.ts';
import { supervisor } from './support/apiTown.ts';
import { capturedLog } from './support/testPortal.ts';
import { townCalendar } from './support/townFacts.ts';

describe('the portal, put together', () => {
  let directory = '';
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'portail-entier-'))));
  afterEach(() => rmSync(directory, { recursive: true }));

  it('is ready, and measures itself for whoever has the token', async () => {
    const token = 'un-jeton-de-mesure-assez-long';
    const configuration = readConfiguration(
      {
        PORTAIL_DATA: directory,
        PORTAIL_MASTER_KEY: '8f'.repeat(32),
        PORTAIL_PORT: '0',
        PORTAIL_METRICS_TOKEN: token,
      },
      { town: parseTown(JSON.stringify({ ...defaultTown, schoolZone: 'C' })) },
    );
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
