import { expect } from 'chai';
import { spawnPortal, type SpawnedPortal } from '../support/browser/spawnedPortal.ts';
import { describeOnMongo } from '../support/mongo.ts';
import { someActs } from '../infrastructure/migration/chainedHistory.ts';
import {
  contentOnce,
  fillDirectory,
  keyText,
  openPlaces,
  type Places,
} from '../infrastructure/migration/places.ts';

describeOnMongo('portail migrate-store', () => {
  let here: Places;
  beforeEach(async () => (here = await openPlaces()));
  afterEach(async () => here.dispose());

  const start = (to: string, directory: string, more: Record<string, string> = {}): SpawnedPortal =>
    spawnPortal(['--enable-source-maps', 'dist/main.js', 'migrate-store', ...to.split(' ')], {
      PORTAIL_DATA: directory,
      PORTAIL_MASTER_KEY: keyText,
      PORTAIL_TOWN: 'data/vallee-du-lot.json',
      PORTAIL_EVENTSTORE_URL: here.cluster.connectionString,
      PORTAIL_MONGODB_URL: here.places.servers.mongoUrl,
      ...more,
    });

  /** `portail serve` on the servers. */
  const serveThere = (): SpawnedPortal =>
    spawnPortal(['--enable-source-maps', 'dist/main.js', 'serve'], {
      PORTAIL_DATA: here.otherDirectory,
      PORTAIL_PORT: '0',
      PORTAIL_MASTER_KEY: keyText,
      PORTAIL_TOWN: 'data/vallee-du-lot.json',
      PORTAIL_LOG_LEVEL: 'silent',
      PORTAIL_EVENTS: 'eventstoredb',
      PORTAIL_READ_MODELS: 'mongodb',
      PORTAIL_EVENTSTORE_URL: here.cluster.connectionString,
      PORTAIL_MONGODB_URL: here.places.servers.mongoUrl,
    });

  it('is killed on the way, goes on, comes back, and says what it did', async () => {
    await fillDirectory(here.directory, someActs(60));
    const before = await contentOnce(here.files('source'));
    const killed = start('--to eventstoredb', here.directory);
    let appends = 0;
    const ignore = here.cluster.log.onAppend(() => {
      appends += 1;
      if (appends === 20) killed.kill('SIGKILL');
    });
    expect((await killed.ended).code).to.equal(undefined);
    ignore();
    const refused = await serveThere().ended;
    expect([refused.code, refused.output]).to.deep.equal([1, '']);
    expect(refused.errors)
      .to.include('relancez la même commande «\u00a0portail migrate-store\u00a0»')
      .and.include('[MIGRATION.UNFINISHED]');
    const there = await start('--to eventstoredb', here.directory).ended;
    expect(there.errors).to.include('Relecture de la copie…').and.include('120 sur 120');
    expect(there.code).to.equal(0);
    expect(there.output).to.match(
      /^120\u00a0événements, 4\u00a0flux, 2\u00a0clés, 1\u00a0personne effacée\u00a0: la copie est vérifiée \(dont \d+\u00a0événements? déjà là\)/,
    );
    expect(there.output).to.include('PORTAIL_EVENTS=eventstoredb');
    const portal = serveThere();
    expect(await portal.address).to.match(/^http:/);
    const busy = await start('--to sqlite', here.otherDirectory).ended;
    expect([busy.code, busy.output]).to.deep.equal([1, '']);
    expect(busy.errors).to.include('arrêtez tous les portails').and.include('PORTALS_RUNNING');
    portal.kill('SIGTERM');
    expect((await portal.ended).code).to.equal(0);
    const back = await start('--to sqlite', here.otherDirectory).ended;
    expect([back.code, back.output.includes('déjà là')]).to.deep.equal([0, false]);
    expect(await contentOnce(here.files('source', here.otherDirectory))).to.deep.equal(before);
  }).timeout(120_000);

  it('says what is wrong in one sentence, with its code', async () => {
    const empty = await start('--to eventstoredb', here.directory).ended;
    expect([empty.code, empty.output]).to.deep.equal([1, '']);
    expect(empty.errors).to.match(/\n.*aucun événement\u00a0: .*\[MIGRATION\.SOURCE_EMPTY\]\n$/);
    expect(empty.errors).not.to.match(/\n\s+at /);
    for (const wrong of ['sqlite', '--to mysql', '--to sqlite now']) {
      const { code, output } = await start(wrong, here.directory).ended;
      expect([code, output.includes('migrate-store --to')], wrong).to.deep.equal([2, true]);
    }
    const blank = { PORTAIL_MONGODB_URL: '' };
    const { code, errors } = await start('--to sqlite', here.directory, blank).ended;
    expect(code).to.equal(1);
    expect(errors).to.include('PORTAIL_MONGODB_URL');
  }).timeout(120_000);
});
