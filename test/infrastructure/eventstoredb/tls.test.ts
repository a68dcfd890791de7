import { expect } from 'chai';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore } from '../../../src/application/ports/eventStore.ts';
import {
  all,
  anEvent,
  appended,
  eventsOf,
  failureOf,
  followUntil,
  idsOf,
} from '../../contract/eventStoreTools.ts';
import { selfSigned } from '../../support/selfSigned.ts';
import { serverAndStore, stopAll } from './serverAndStore.ts';

const user = { name: 'por:tail', password: 'p@ss:word é' };
const short = { appendDeadlineMs: 300, readDeadlineMs: 300 };

const both = (store: EventStore) => [
  () => store.append('secret', [anEvent()], 'any'),
  () => store.head(),
];

describe('EventStoreDB over TLS', () => {
  const signed = selfSigned();
  let directory: string;
  let authority: string;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'eventstore-tls-'));
    authority = join(directory, 'ca.pem');
    await writeFile(authority, signed.certificate);
  });
  after(() => rm(directory, { recursive: true }));
  afterEach(stopAll);

  for (const nodes of [1, 3])
    it(`takes appends, reads and subscriptions of who signs in, on ${nodes} node(s)`, async () => {
      const { cluster, another } = await serverAndStore({ tls: signed, user, nodes });
      const { connectionString } = cluster;
      const address = connectionString.slice('esdb://'.length);
      const [name, password] = [user.name, user.password].map(encodeURIComponent);
      for (const [index, options] of [
        { connectionString, username: user.name, password: user.password },
        { connectionString: `esdb://${name}:${password}@${address}` },
      ].entries()) {
        const tlsCAFile = encodeURIComponent(authority);
        const store = another({
          ...options,
          connectionString: `${options.connectionString}&tlsCAFile=${tlsCAFile}`,
        });
        const event = anEvent();
        await appended(store.append(`secret-${index}`, [event], 'no-stream'));
        expect(idsOf(await all(store.readStream(`secret-${index}`)))).to.deep.equal([event.id]);
        const filter = { streamPrefixes: [`secret-${index}`] };
        const seen = await followUntil(store, { filter }, (some) => eventsOf(some).length > 0);
        expect(idsOf(eventsOf(seen))).to.deep.equal([event.id]);
      }
    });

  it('refuses who signs in with another password, or not at all', async () => {
    const { cluster, another } = await serverAndStore({ tls: signed, user });
    const connectionString = `${cluster.connectionString}&tlsCAFile=${encodeURIComponent(authority)}`;
    for (const options of [{}, { username: user.name, password: 'wrong' }]) {
      const store = another({ connectionString, ...options });
      for (const attempt of both(store))
        expect(String(await failureOf(attempt()))).to.match(/Access ?Denied/);
    }
    expect(cluster.log.stream('secret')).to.equal(undefined);
  });

  it('trusts no server whose certificate the authority has not signed', async () => {
    const { cluster, another } = await serverAndStore({ tls: selfSigned(), user });
    const connectionString = `${cluster.connectionString}&tlsCAFile=${encodeURIComponent(authority)}`;
    const store = another({
      connectionString,
      username: user.name,
      password: user.password,
      ...short,
    });
    for (const attempt of both(store)) await failureOf(attempt());
    expect(cluster.faults.seen).to.include({ appends: 0, reads: 0 });
  });
});
