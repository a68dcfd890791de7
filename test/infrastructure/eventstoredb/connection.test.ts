import { expect } from 'chai';
import console from 'node:console';
import { StoreUnavailableError } from '../../../src/application/ports/eventStore.ts';
import { openEventStoreDb } from '../../../src/infrastructure/eventstoredb/eventStoreDbEventStore.ts';
import { anEvent, appended, failureOf } from '../../contract/eventStoreTools.ts';
import { nextLine, startChild } from '../sqlite/childProcess.ts';
import { serverAndStore, stopAll } from './serverAndStore.ts';

const secret = 'pass@word';
const encoded = encodeURIComponent(secret);

describe('the connection to EventStoreDB', () => {
  afterEach(stopAll);

  it('takes credentials from its string or from beside it', async () => {
    const { cluster, another } = await serverAndStore();
    const address = cluster.connectionString.slice('esdb://'.length);
    for (const options of [
      { connectionString: `esdb://admin:${encoded}@${address}` },
      { username: 'admin', password: secret },
    ])
      await appended(another(options).append('signed', [anEvent()], 'any'));
  });

  it('never tells the password: not in a failure, not in a warning of the client', async () => {
    const told: string[] = [];
    const { warn } = console;
    console.warn = (...words: unknown[]) => void told.push(words.join(' '));
    try {
      for (const rest of [
        '127.0.0.1:1?tls=false&odd=1',
        '127.0.0.1:not-a-port',
        '?tls=maybe',
        'or@x?a',
        '',
      ]) {
        const connectionString = `esdb://admin:${encoded}@${rest}`;
        try {
          const store = openEventStoreDb({ connectionString, readDeadlineMs: 50 });
          told.push(inFull(await failureOf(store.head())));
          await store.close();
        } catch (error) {
          told.push(inFull(error));
        }
      }
      told.push(inFull(thrownBy(`http://admin:${encoded}@localhost`)));
    } finally {
      console.warn = warn;
    }
    expect(told.length).to.be.greaterThan(4);
    for (const text of told) expect(text).not.to.match(/pass(@|%40)word/);
  });

  it('refuses what is no connection string at once', () => {
    for (const text of ['', 'localhost:2113', 'http://localhost:2113', 'esdb://a:b:c'])
      expect(() => openEventStoreDb({ connectionString: text })).to.throw(/connection string/);
  });

  it('fails in time where no server of a cluster can be found', async () => {
    const connectionString = 'esdb://127.0.0.1:1,127.0.0.1:2?tls=false';
    const store = openEventStoreDb({ connectionString, appendDeadlineMs: 60, readDeadlineMs: 60 });
    for (const attempt of [store.append('nowhere', [anEvent()], 'any'), store.head()])
      expect(await failureOf(attempt)).to.be.instanceOf(StoreUnavailableError);
    await store.close();
  });

  it('lets the process end once closed, to a server of another process', async () => {
    const server = startChild('../../support/eventstoredb/main.ts');
    try {
      const connectionString = await nextLine(server);
      const user = startChild('../eventstoredb/useAndClose.ts', connectionString);
      expect(await nextLine(user)).to.equal('closed');
      expect(await user.lines.next()).to.deep.include({ done: true });
    } finally {
      await server.kill();
    }
  });
});

/** With everything that hangs on an error. */
function inFull(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, stack = '', cause } = error;
  return [message, stack, JSON.stringify(error), cause === undefined ? '' : inFull(cause)].join(
    ' ',
  );
}

function thrownBy(connectionString: string): unknown {
  try {
    openEventStoreDb({ connectionString });
  } catch (error) {
    return error;
  }
  return undefined;
}
