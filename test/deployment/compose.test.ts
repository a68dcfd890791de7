import { expect } from 'chai';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import {
  ConfigurationError,
  readConfiguration,
} from '../../src/infrastructure/config/configuration.ts';

interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly entrypoint?: readonly string[];
  readonly secrets?: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: readonly string[] | Readonly<Record<string, { condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly restart?: string;
  readonly networks?: readonly string[];
  readonly ports?: readonly string[];
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
  readonly networks: Readonly<Record<string, unknown>>;
}

const text = (file: string): string => readFileSync(file, 'utf8');
const compose = parse(text('docker-compose.yml'), { merge: true }) as Compose;
const services = Object.entries(compose.services);
const portals = services.filter(([name]) => /^portail\d$/.test(name));

/** The names in a text that the portal would refuse. */
const unknownIn = (words: string): string[] => {
  const names = [...new Set(words.match(/\bPORTAIL_[A-Z_]*[A-Z]\b/g))];
  expect(names).not.to.deep.equal([]);
  try {
    readConfiguration(Object.fromEntries(names.map((name) => [name, 'x'])));
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.faults.filter((fault) => fault.includes('ce réglage n’existe pas'));
  }
  return expect.fail('such settings can not be right');
};

describe('the files of a deployment', () => {
  for (const file of ['docker-compose.yml', 'Dockerfile', 'docs/operations.md', 'README.md'])
    it(`name no setting in ${file} that the portal doesn't know`, () => {
      expect(unknownIn(text(file))).to.deep.equal([]);
      expect(unknownIn(`${text(file)} PORTAIL_NOBODY`)).to.have.length(1);
    });

  it('start two portals on stores that they share, with settings that the portal takes', () => {
    expect(portals).to.have.length(2);
    const folder = mkdtempSync(join(tmpdir(), 'portail-compose-'));
    try {
      const secret = join(folder, 'secret');
      writeFileSync(secret, 'ab'.repeat(32));
      for (const [name, { environment = {}, entrypoint = [] }] of portals) {
        const script = entrypoint.find((line) => line.includes('export')) ?? '';
        const composed = Object.fromEntries(
          [...script.matchAll(/(PORTAIL_[A-Z_]+)="(.*)"/g)].map(([, key, value]) => [key, value]),
        ) as Record<string, string>;
        expect(Object.keys(composed), name).to.include('PORTAIL_MONGODB_URL');
        const settings = Object.entries({ ...environment, ...composed }).map(([key, value]) => {
          if (key === 'PORTAIL_TOWN') return [key, 'data/vallee-du-lot.json'];
          if (value.startsWith('/run/secrets/')) return [key, secret];
          const filled = value.replaceAll(/\$\$\(cat [^)]*\)/g, 'ab'.repeat(32));
          return [key, filled.replace(/\$\{SITE_HOST[^}]*\}/, 'famille.exemple.fr')];
        });
        const { stores, publicUrl } = readConfiguration(
          Object.fromEntries(settings) as Record<string, string>,
        );
        expect(publicUrl).to.equal('https://famille.exemple.fr');
        expect(stores).to.deep.include({ kind: 'distributed' });
        expect(stores).to.have.nested.property('eventStore.password', 'ab'.repeat(32));
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('pin every image to a version', () => {
    for (const [name, { image = '' }] of services)
      expect(image, name).to.match(/^[\w./-]+:\d+\.\d+\.\d+[\w.-]*$/);
    const images = Object.values(compose.services).map(({ image = '' }) => image);
    expect(images.join(' '))
      .to.match(/eventstore\/eventstore:24\.10\./)
      .and.match(/ mongo:8\./);
  });

  it('look after the health of whatever goes on running, and wait for it', () => {
    for (const [name, { healthcheck, restart }] of services) {
      expect(healthcheck === undefined, name).to.equal(restart === undefined);
      // A `: ` makes an object of an unquoted line.
      for (const word of healthcheck?.test ?? []) expect(word, name).to.be.a('string');
    }
    for (const [name, { depends_on: needs = {} }] of services)
      for (const [other, need] of Object.entries(needs)) {
        if (Array.isArray(needs)) {
          expect(Object.keys(compose.services), name).to.include(need);
          continue;
        }
        const { condition } = need as { condition: string };
        const lasting = compose.services[other]?.healthcheck !== undefined;
        expect(condition, `${name} needs ${other}`).to.equal(
          lasting ? 'service_healthy' : 'service_completed_successfully',
        );
      }
  });

  it('send families to every portal that runs, also to one that misses a store', () => {
    const proxy = text('deploy/Caddyfile');
    expect(proxy.match(/health_uri .*/g)).to.deep.equal(['health_uri /health']);
    expect(proxy).to.match(/\blb_try_duration \d+s/);
    for (const [name, { healthcheck }] of portals)
      expect(healthcheck?.test.join(' '), name).to.include('/ready');
  });

  it('wait for each MongoDB where the others reach it, not for the one that makes its first account', () => {
    const servers = services.filter(([name]) => /^mongo\d$/.test(name));
    expect(servers).to.have.length(3);
    for (const [name, { healthcheck }] of servers)
      expect(healthcheck?.test.join(' '), name).to.include('--host "$$HOSTNAME"');
    expect(text('deploy/mongo-init.mongodb').match(/(?<!return )\bconnect\(/g)).to.equal(null);
  });

  it('run no MongoDB of before the mends of CVE-2025-14847 and CVE-2026-6914', () => {
    for (const [name, { image = '' }] of services.filter(([name]) => name.startsWith('mongo')))
      expect(Number(/^mongo:8\.0\.(\d+)$/.exec(image)?.[1]), name).to.be.at.least(21);
  });

  it('take every secret from a file, and hold none', () => {
    for (const [name, { file }] of Object.entries(compose.secrets)) {
      expect(file, name).to.equal(`./secrets/${name}`);
    }
    for (const [name, { environment = {}, secrets = [], entrypoint = [] }] of services) {
      for (const secret of secrets) expect(Object.keys(compose.secrets), name).to.include(secret);
      for (const [key, value] of Object.entries(environment))
        if (/PASSWORD|KEY|TOKEN|SECRET/.test(key) && !key.startsWith('EVENTSTORE_CERTIFICATE'))
          expect(value, `${name} ${key}`).to.match(/^\/run\/secrets\//);
      const read = [...entrypoint, ...Object.values(environment)].join('\n');
      for (const [, secret = ''] of read.matchAll(/\/run\/secrets\/(\w+)/g))
        expect(secrets, name).to.include(secret);
    }
  });

  it('keep what is the town’s own out of the repository, and out of the image', () => {
    const ignored = text('.gitignore').split('\n');
    expect(ignored).to.include.members(['/secrets/', '/commune.json', '/.env']);
    const [first, ...allowed] = text('.dockerignore').trim().split('\n');
    expect(first).to.equal('*');
    expect(allowed.filter((line) => !line.startsWith('!'))).to.deep.equal([]);
    expect(allowed.join()).not.to.match(/secrets|commune|\.env/);
  });

  it('keep data in named volumes, and open nothing but the proxy', () => {
    for (const [name, { volumes = [], ports, networks = [] }] of services) {
      for (const volume of volumes) {
        const [source = ''] = volume.split(':');
        if (source.startsWith('./')) expect(volume, name).to.match(/:ro$/);
        else expect(Object.keys(compose.volumes), name).to.include(source);
      }
      expect(ports !== undefined, name).to.equal(name === 'proxy');
      for (const network of networks) expect(Object.keys(compose.networks)).to.include(network);
    }
    expect(compose.networks['inside']).to.deep.equal({ internal: true });
  });

  it('run the portal as nobody of importance, from what was built apart', () => {
    const [, runtime = ''] = text('Dockerfile').split(/^FROM node:22-slim$/m);
    expect(runtime)
      .to.match(/^USER node$/m)
      .and.include('dist/main.js');
    expect(runtime.slice(runtime.indexOf('USER node'))).not.to.match(/^(RUN|COPY)/m);
    for (const file of ['deploy/Caddyfile', 'deploy/mongo-init.mongodb'])
      expect(text('docker-compose.yml')).to.include(`./${file}:`);
  });

  it('try the stores’ contracts in CI on the servers that are deployed', () => {
    const { jobs } = parse(text('.github/workflows/ci.yml')) as {
      jobs: Record<string, { env?: Record<string, string>; services?: Record<string, Service> }>;
    };
    const { env = {}, services: run = {} } = jobs['servers'] ?? {};
    expect(env).to.have.keys('EVENTSTORE_URL', 'EVENTSTORE_EMPTY_URL', 'MONGODB_URL');
    for (const { image } of Object.values(run))
      expect(image).to.equal(compose.services['eventstoredb']?.image);
    const workflow = text('.github/workflows/ci.yml');
    expect(workflow).to.include(` ${compose.services['mongo1']?.image ?? '-'} `);
    for (const tests of ['eventstoredb', 'mongodb', 'distributed', 'migration'])
      expect(workflow).to.include(`'test/infrastructure/${tests}/**/*.test.ts'`);
    for (const file of [
      'test/infrastructure/projections/leasedProjections',
      'test/e2e/twoProcesses',
    ])
      expect(workflow).to.include(`${file}.test.ts`);
  });
});
