import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ConfigurationError,
  dataDirectoryIn,
  readConfiguration,
} from '../../../src/infrastructure/config/configuration.ts';
import { checkTown } from '../../../src/interfaces/web/checkTown.ts';
import { defaultTown } from '../../../src/interfaces/web/townIdentity.ts';

describe('the configuration', () => {
  let directory = '';
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'portail-reglages-'))));
  afterEach(() => rmSync(directory, { recursive: true }));

  const townFile = (changed: object): string => {
    const file = join(directory, 'commune.json');
    const town = { ...defaultTown, logo: undefined, schoolZone: 'C', ...changed };
    writeFileSync(file, JSON.stringify(town));
    return file;
  };
  const faultsOf = (variables: Readonly<Record<string, string>>): readonly string[] => {
    try {
      readConfiguration(variables, { townFaults: checkTown });
    } catch (error) {
      if (error instanceof ConfigurationError) return error.message.split('\n  - ');
      throw error;
    }
    return expect.fail('nothing was refused');
  };
  const key = { PORTAIL_MASTER_KEY: '8f'.repeat(32) };

  it('is read when a town can be shown', () => {
    const variables = { ...key, PORTAIL_TOWN: townFile({}) };
    expect(readConfiguration(variables, { townFaults: checkTown }).town.name).to.equal(
      'Vallée du Lot',
    );
  });

  it('names the servers that several processes share, and keeps one kind of stores', () => {
    const file = join(directory, 'mot-de-passe');
    writeFileSync(file, 'secret\n');
    const servers = {
      PORTAIL_EVENTS: 'eventstoredb',
      PORTAIL_READ_MODELS: 'mongodb',
      PORTAIL_EVENTSTORE_URL: 'esdb://un:2113,deux:2113',
      PORTAIL_EVENTSTORE_USER: 'portail',
      PORTAIL_EVENTSTORE_PASSWORD_FILE: file,
      PORTAIL_MONGODB_URL: 'mongodb://un:27017/portail?replicaSet=rs0',
    };
    const base = { ...key, PORTAIL_TOWN: townFile({}) };
    expect(readConfiguration(base).stores).to.deep.equal({ kind: 'embedded' });
    expect(readConfiguration({ ...base, ...servers }).stores).to.deep.equal({
      kind: 'distributed',
      mongoUrl: servers.PORTAIL_MONGODB_URL,
      eventStore: {
        connectionString: servers.PORTAIL_EVENTSTORE_URL,
        username: 'portail',
        password: 'secret',
      },
    });
    const refused = (changed: Readonly<Record<string, string>>) =>
      faultsOf({ ...base, ...servers, ...changed }).slice(1);
    expect(refused({ PORTAIL_READ_MODELS: 'sqlite' })[0]).to.include('vont ensemble');
    expect(refused({ PORTAIL_MONGODB_URL: '' })[0]).to.include('indiquez aussi');
    expect(refused({ PORTAIL_MONGODB_URL: 'mongodb://un:27017' })[0]).to.include('et la base');
    expect(refused({ PORTAIL_EVENTSTORE_URL: 'http://un' })[0]).to.include('EventStoreDB');
    expect(refused({ PORTAIL_EVENTS: 'kafka' })[0]).to.include('choisissez sqlite');
  });

  it('takes a token for the metrics, long enough not to be guessed', () => {
    const variables = { ...key, PORTAIL_TOWN: townFile({}) };
    expect(readConfiguration(variables).metricsToken).to.equal(undefined);
    const PORTAIL_METRICS_TOKEN = '0123456789abcdef';
    expect(readConfiguration({ ...variables, PORTAIL_METRICS_TOKEN }).metricsToken).to.equal(
      PORTAIL_METRICS_TOKEN,
    );
    for (const token of ['court', `${PORTAIL_METRICS_TOKEN} `])
      expect(faultsOf({ ...variables, PORTAIL_METRICS_TOKEN: token })[1]).to.match(
        /^PORTAIL_METRICS_TOKEN\u00a0: indiquez un jeton/,
      );
  });

  it('is refused with colours and a logo that can’t be shown, beside every other fault', () => {
    const town = townFile({
      brandColour: '#ffee88',
      accentColour: '#ffaaaa',
      logo: '/nulle/part.svg',
    });
    const [head, ...faults] = faultsOf({ PORTAIL_TOWN: town, PORTAIL_PORT: '70000' });
    expect(head).to.equal('La configuration est à revoir\u00a0:');
    const expected = [
      'PORTAIL_PORT\u00a0: un port va de 0 à 65535',
      'PORTAIL_MASTER_KEY\u00a0: il faut une clé maîtresse',
      'PORTAIL_TOWN\u00a0: La couleur de la ville #ffee88 ne se lit pas',
      'PORTAIL_TOWN\u00a0: La couleur d’accent #ffaaaa ne se lit pas',
      'PORTAIL_TOWN\u00a0: Le logo ne se lit pas\u00a0: /nulle/part.svg',
    ];
    expect(faults).to.have.length(expected.length);
    for (const [index, start] of expected.entries())
      expect(faults[index]?.startsWith(start), faults[index]).to.equal(true);
  });

  it('takes an empty setting for one that is not there', () => {
    expect(dataDirectoryIn({ PORTAIL_DATA: '' }, 'demo')).to.equal('demo');
    expect(dataDirectoryIn({}, 'demo')).to.equal('demo');
    expect(dataDirectoryIn({}, undefined)).to.equal('portail-data');
    expect(dataDirectoryIn({ PORTAIL_DATA: '/srv/portail' }, 'demo')).to.equal('/srv/portail');
  });

  it('names every fault of the town’s file, with spaces that do not break', () => {
    const town = townFile({ schoolZone: 'D', phone: '', slogan: 'x' });
    const [, ...faults] = faultsOf({ ...key, PORTAIL_TOWN: town });
    expect(faults).to.have.length(1);
    for (const part of [
      'phone\u00a0: indiquez un texte',
      'schoolZone\u00a0: indiquez la zone scolaire\u00a0: A, B ou C',
      'slogan\u00a0: ce réglage n’existe pas',
    ])
      expect(faults[0]).to.include(part);
    expect(faults[0]).not.to.match(/ [:;»]|« /);
  });

  it('names every closure that can’t be, in French, beside the other faults', () => {
    const closures = [
      { name: 'Pont', from: '2027-05-07', to: '2027-05-07' },
      { name: 'Été', from: '2027-08-20', to: '2027-08-02' },
      { name: 'Hiver', from: '2027-02-30', to: '2027-13-01' },
      { name: '', from: '7 mai', to: '2027-05-07' },
      'lundi',
      null,
      [],
    ];
    const [, fault = ''] = faultsOf({ ...key, PORTAIL_TOWN: townFile({ phone: '', closures }) });
    for (const part of [
      'phone\u00a0: indiquez un texte',
      'closures.1.to\u00a0: «\u00a0Été\u00a0» finit avant de commencer',
      'closures.2.from\u00a0: indiquez un jour qui existe, par exemple 2027-05-07',
      'closures.2.to\u00a0: indiquez un jour qui existe',
      'closures.3.name\u00a0: indiquez un texte',
      'closures.3.from\u00a0: indiquez un jour qui existe',
      'closures.4\u00a0: indiquez une fermeture\u00a0: name, from et to',
      'closures.5\u00a0: indiquez une fermeture',
      'closures.6\u00a0: indiquez une fermeture',
    ])
      expect(fault).to.include(part);
    expect(fault.split('\u00a0; ')).to.have.length(9);
  });
});
