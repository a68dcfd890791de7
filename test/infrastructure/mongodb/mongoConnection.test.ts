import { expect } from 'chai';
import { openMongo } from '../../../src/infrastructure/mongodb/mongoConnection.ts';

describe('a connection to a server of MongoDB’s protocol', () => {
  const optionsOf = async (settings: string) => {
    const { db, close } = openMongo({ url: `mongodb://127.0.0.1:1/portail${settings}` });
    await close();
    return db.client.options;
  };

  it('lets the connection string say that nothing is repeated: some servers refuse it', async () => {
    expect(await optionsOf('')).to.include({ retryWrites: true, retryReads: true });
    expect(await optionsOf('?retryWrites=false&retryReads=false')).to.include({
      retryWrites: false,
      retryReads: false,
    });
  });

  it('confirms by a majority, and reads from the primary, whatever it says', async () => {
    const { writeConcern, readPreference } = await optionsOf('?w=1&readPreference=secondary');
    expect(writeConcern).to.include({ w: 'majority' });
    expect(readPreference).to.include({ mode: 'primary' });
  });
});
