import { expect } from 'chai';
import { migrateTo } from '../../../src/infrastructure/migration/migrateTo.ts';
import { describeOnMongo } from '../../support/mongo.ts';
import { someActs } from './chainedHistory.ts';
import { contentOnce, fillDirectory, openPlacesOnServers, type AnyPlaces } from './places.ts';

describeOnMongo('a store that moves to servers that may be real ones', () => {
  let here: AnyPlaces;
  beforeEach(async () => {
    here = await openPlacesOnServers();
  });
  afterEach(() => here.dispose());

  // One test: a real server is empty once.
  it('is there byte for byte and in order, is only compared when moved again, and comes back', async () => {
    await fillDirectory(here.directory, someActs(200));
    const before = await contentOnce(here.files('source'));
    const moved = await migrateTo('eventstoredb', here.places);
    expect(moved).to.include({ events: before.events.length, keys: 2, resumedAfter: 0 });
    expect(await contentOnce(here.servers())).to.deep.equal(before);
    const again = await migrateTo('eventstoredb', here.places);
    expect(again).to.include({ resumedAfter: before.events.length });
    await migrateTo('sqlite', { ...here.places, dataDirectory: here.otherDirectory });
    expect(await contentOnce(here.files('source', here.otherDirectory))).to.deep.equal(before);
  }).timeout(120_000);
});
