import { expect } from 'chai';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import type { Principal } from '../../src/application/principal.ts';
import { addHours, instantOf } from '../../src/domain/kernel/parisTime.ts';
import { HmacTokens } from '../../src/infrastructure/crypto/hmacTokens.ts';
import { MasterKey } from '../../src/infrastructure/crypto/masterKey.ts';
import { openSqliteEventStore } from '../../src/infrastructure/sqlite/sqliteEventStore.ts';
import { SqliteKeyVault } from '../../src/infrastructure/sqlite/sqliteKeyVault.ts';
import { verifyHistory } from '../../src/infrastructure/verifyHistory.ts';
import { demoFamily, demoPeople } from '../../src/interfaces/cli/demo/demoPeople.ts';
import { smallTownKey, smallTownVariables } from '../support/browser/smallTown.ts';
import { spawnPortal, type SpawnedPortal } from '../support/browser/spawnedPortal.ts';
import { agent } from '../support/commandSide.ts';
import { rawConnection } from '../support/rawHttp.ts';

const serve = ['--enable-source-maps', 'dist/main.js', 'serve'];

/** A bundle and all that it imports from dist, as text. */
function bundled(file: string, seen = new Map<string, string>()): Map<string, string> {
  if (seen.has(file)) return seen;
  const text = readFileSync(file, 'utf8');
  seen.set(file, text);
  for (const [, path = ''] of text.matchAll(/from\s*["'](\.\/[^"']+)["']/g))
    bundled(join(dirname(file), path), seen);
  return seen;
}

/** A token that the portal of this key takes. */
const tokenOf = (principal: Principal): string =>
  new HmacTokens(MasterKey.parse(smallTownKey).derive('session-tokens')).issue(
    principal,
    addHours(instantOf(Date.now()), 1),
  );

/** Asks until the read models are in step, for 20 s at most. */
async function ready(url: string): Promise<void> {
  const end = Date.now() + 20_000;
  while ((await fetch(new URL('/ready', url))).status !== 200) {
    expect(Date.now()).to.be.below(end);
    await setTimeout(50);
  }
}

describe('the portal of production', function () {
  this.timeout(60_000);
  let directory = '';
  const running: SpawnedPortal[] = [];

  const start = (changed: Readonly<Record<string, string>> = {}): SpawnedPortal => {
    const portal = spawnPortal(serve, { ...smallTownVariables(directory), ...changed });
    running.push(portal);
    return portal;
  };

  before(() => {
    if (!existsSync('dist/main.js'))
      throw new Error('dist/ is missing: run « npm run build » first');
  });
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'portail-prod-'));
  });
  afterEach(async () => {
    for (const portal of running.splice(0)) {
      portal.kill('SIGKILL');
      await portal.ended;
    }
    rmSync(directory, { recursive: true, force: true });
  });

  it('holds nothing of the demonstration', () => {
    const texts = [...bundled('dist/main.js').values()].join('\n');
    expect(texts).to.include('/reservations/envoi');
    const traces = [
      '/demo/entrer',
      '/demo/composants',
      demoPeople.agent.name,
      'chemin des Vignes',
      demoFamily.lastName,
      'Qui êtes-vous aujourd’hui',
      'Qui \\xEAtes-vous',
    ];
    for (const trace of traces) expect(texts).not.to.include(trace);
    // They are what the demonstration's bundle holds, as esbuild writes it.
    const demo = [...bundled('dist/demo.js').values()].join('\n');
    for (const trace of traces.slice(0, 5)) expect(demo).to.include(trace);
  });

  it('names every fault of its configuration at once, and does not start', async () => {
    const { code, output, errors } = await spawnPortal(serve, {
      PORTAIL_DATA: directory,
      PORTAIL_PORT: 'trois mille',
      PORTAIL_LOG_LEVEL: 'bavard',
      PORTAIL_PUBLIC_URL: 'portail',
      PORTAIL_CLE: 'x',
    }).ended;
    expect([code, output]).to.deep.equal([1, '']);
    expect(errors).to.include('La configuration est à revoir');
    const named = [
      'PORTAIL_MASTER_KEY\u00a0: il faut une clé maîtresse de 32 octets',
      'PORTAIL_TOWN\u00a0: indiquez le fichier qui décrit la commune',
      'PORTAIL_PORT\u00a0: un port va de 0 à 65535',
      'PORTAIL_LOG_LEVEL\u00a0: choisissez parmi',
      'PORTAIL_PUBLIC_URL\u00a0: indiquez l’adresse publique',
      'PORTAIL_CLE\u00a0: ce réglage n’existe pas',
    ];
    for (const fault of named) expect(errors).to.include(fault);
    expect(errors).not.to.match(/\n\s+at /);
  });

  it('names colours that nobody could read before it opens anything', async () => {
    const town = JSON.parse(readFileSync('data/vallee-du-lot.json', 'utf8')) as object;
    const file = join(directory, 'commune.json');
    writeFileSync(file, JSON.stringify({ ...town, brandColour: '#ffee88' }));
    const data = join(directory, 'data');
    const { code, errors } = await start({
      PORTAIL_TOWN: file,
      PORTAIL_DATA: data,
      PORTAIL_PORT: '70000',
    }).ended;
    expect(code).to.equal(1);
    expect(errors).to.include('La couleur de la ville #ffee88 ne se lit pas assez bien');
    expect(errors).to.include('un port va de 0 à 65535');
    expect(existsSync(data)).to.equal(false);
  });

  it('tells how to use it when it is called otherwise', async () => {
    const { code, output } = await spawnPortal(['dist/main.js']).ended;
    expect(code).to.equal(2);
    expect(output).to.include('portail serve').and.include('portail verify');
  });

  it('answers /health and /ready, has no /demo, and leads visitors to an explanation', async () => {
    const url = await start().address;
    const status = async (path: string) => (await fetch(new URL(path, url))).status;
    // It tells its address once it is ready: nobody is answered 503 by it.
    expect(await status('/ready')).to.equal(200);
    expect(await status('/health')).to.equal(200);
    for (const path of ['/demo', '/demo/entrer/agent', '/demo/composants'])
      expect(await status(path), path).to.equal(404);
    const home = await fetch(url);
    expect(home.url).to.match(/\/connexion$/);
    expect(await home.text())
      .to.include('Ouvrir votre compte')
      .and.not.include('Démonstration');
  });

  it('refuses a directory that another portal has open, and the other one goes on', async () => {
    const url = await start().address;
    const { code, output, errors } = await start().ended;
    expect([code, output]).to.deep.equal([1, '']);
    expect(errors).to.include('est déjà ouvert par un autre portail').and.include(directory);
    expect(errors).not.to.match(/\n\s+at /);
    await ready(url);
  });

  it('refuses a port that is taken, in words', async () => {
    const { port } = new URL(await start().address);
    const other = mkdtempSync(join(tmpdir(), 'portail-prod-'));
    const { code, errors } = await start({ PORTAIL_PORT: port, PORTAIL_DATA: other }).ended;
    rmSync(other, { recursive: true, force: true });
    expect(code).to.equal(1);
    expect(errors).to.include(`Le port ${port} est déjà pris`);
    expect(errors).not.to.match(/\n\s+at /);
  });

  it('finishes on SIGTERM the request under way, keeps what it made, and ends with 0', async () => {
    const portal = start();
    const body = JSON.stringify({
      resident: true,
      address: '1, rue du Pont',
      guardians: [{ firstName: 'Ada', lastName: 'Roux', email: 'ada@exemple.fr' }],
    });
    const connection = await rawConnection(
      (await portal.address).replace('localhost', '127.0.0.1'),
    );
    connection.write(
      'POST /api/families HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n' +
        `Authorization: Bearer ${tokenOf(agent)}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
        'Expect: 100-continue\r\n\r\n',
    );
    // The portal has the request, and waits for its body.
    await connection.until('100 Continue');
    portal.kill('SIGTERM');
    connection.write(body);
    expect(await connection.closed()).to.include('HTTP/1.1 201');
    const { code, errors } = await portal.ended;
    expect([code, errors]).to.deep.equal([0, '']);
    const { events, faults } = await verifyHistory(directory);
    expect([events, faults]).to.deep.equal([1, []]);

    const verified = await spawnPortal(['dist/main.js', 'verify'], { PORTAIL_DATA: directory })
      .ended;
    expect([verified.code, verified.output]).to.deep.equal([
      0,
      '1\u00a0flux, 1\u00a0événement, 0\u00a0anomalie\n',
    ]);
  });

  it('refuses another master key than that of its data', async () => {
    await new SqliteKeyVault(directory, MasterKey.parse(smallTownKey)).close();
    const { code, errors } = await start({ PORTAIL_MASTER_KEY: '7e'.repeat(32) }).ended;
    expect(code).to.equal(1);
    expect(errors).to.include('La clé maîtresse n’est pas celle de ces données');
  });

  for (const [name, spoil, told] of [
    [
      'is not one',
      (file: string) => writeFileSync(file, 'ceci n’est pas un journal '.repeat(400)),
      'n’est pas un fichier du portail',
    ],
    [
      'is cut',
      (file: string) => writeFileSync(file, readFileSync(file).subarray(0, 9_000)),
      'est abîmé',
    ],
    [
      'is newer',
      (file: string) => {
        const database = new Database(file);
        database.pragma('user_version = 99');
        database.close();
      },
      'a été écrit par une version plus récente du portail',
    ],
  ] as const)
    it(`names at start the journal that ${name}, and leaves it as it is`, async () => {
      await openSqliteEventStore({ directory, mode: 'write' }).close();
      const file = join(directory, 'events.db');
      spoil(file);
      const spoilt = readFileSync(file);
      const { code, output, errors } = await start().ended;
      expect([code, output]).to.deep.equal([1, '']);
      expect(errors).to.include('events.db').and.include(told);
      expect(errors).not.to.match(/\n\s+at /);
      expect(readFileSync(file).equals(spoilt)).to.equal(true);
    });
});
