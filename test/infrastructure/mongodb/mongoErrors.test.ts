import { expect } from 'chai';
import { StoreUnavailableError } from '../../../src/application/ports/eventStore.ts';
import { answering } from '../../../src/infrastructure/mongodb/mongoErrors.ts';
import { failure } from '../../support/portalProcess.ts';

describe('what the driver of MongoDB fails with', () => {
  const failsWith = (error: Error): Promise<unknown> =>
    failure(answering(() => Promise.reject(error)));

  it('is a server that does not answer, when its socket broke under a request', async () => {
    for (const code of ['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED']) {
      const told = await failsWith(Object.assign(new Error('10.0.0.1:27017'), { code }));
      expect(told, code).to.be.instanceOf(StoreUnavailableError);
      expect((told as Error).message)
        .to.include(code)
        .and.not.include('10.0.0.1');
    }
  });

  it('stays what it is, when trying again would not mend it', async () => {
    const mistake = Object.assign(new TypeError('not a document'), {
      code: 'ERR_INVALID_ARG_TYPE',
    });
    expect(await failsWith(mistake)).to.equal(mistake);
  });
});
