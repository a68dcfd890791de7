import { expect } from 'chai';
import { serverLimits } from '../../src/interfaces/http/hardenServer.ts';
import { counted, lasted, publishFigures } from '../support/faults/figures.ts';
import { expectNothingLost, readKept } from '../support/faults/keptReceipts.ts';
import { headOf, rawClient, type RawClient } from '../support/faults/rawClient.ts';
import { p99, steadyLoad } from '../support/faults/steadyLoad.ts';
import { TownUnderLoad } from '../support/faults/townUnderLoad.ts';

/**
 * As in production, but for the time that a test has. Node takes a connection for slow from its first instant on: long
 * enough for a thousand of them to come before the first is cut, on a machine that does ten other things.
 */
const limits = {
  ...serverLimits,
  headersTimeout: 15_000,
  requestTimeout: 20_000,
  answerTimeout: 25_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 250,
};
const byteEveryMs = 1_000;
const baselineMs = 3_000;
/** What a machine that does ten other things may be late by; without limits, a client would never be cut. */
const slackMs = 20_000;

/** By one who then reads nothing. */
const pagesAsked = 60;
/** So many of each, all at once. */
const slow = { headers: 500, bodies: 500, silent: 50, readers: 30 };

const megabytes = (bytes: number): string =>
  `${Math.round(bytes / 1024 / 1024).toLocaleString('fr-FR')}\u00A0Mo`;

describe('a portal that a thousand slow clients hold on to', () => {
  let town: TownUnderLoad;
  const clients: RawClient[] = [];
  const timers: NodeJS.Timeout[] = [];
  beforeEach(async () => {
    town = await TownUnderLoad.open({ limits });
  });
  afterEach(async () => {
    for (const timer of timers.splice(0)) clearInterval(timer);
    for (const { socket } of clients.splice(0)) socket.destroy();
    await town.dispose();
  });

  // Node raises its limit of open files to what the system lets it: each of the two processes has as many as clients.
  const opened = async (count: number, first: string): Promise<RawClient[]> => {
    const made = await Promise.all(Array.from({ length: count }, () => rawClient(town.url)));
    for (const client of made) client.write(first);
    clients.push(...made);
    return made;
  };
  const drip = (some: readonly RawClient[], act: (client: RawClient) => void): void => {
    for (const [at, client] of some.entries())
      // Not all at the same instant.
      timers.push(
        setTimeout(
          () => timers.push(setInterval(() => act(client), byteEveryMs)),
          (at * byteEveryMs) / some.length,
        ),
      );
  };
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      timers.push(setTimeout(resolve, ms));
    });
  const longest = (some: readonly RawClient[]): number =>
    Math.max(...some.map((client) => client.lasted() ?? Infinity));

  it('cuts each of them in its time, and serves the families meanwhile', async () => {
    const load = steadyLoad(town);
    await pause(1_000);
    load.takeLatencies();
    await pause(baselineMs);
    const without = load.takeLatencies();
    const before = town.memory();

    const [family] = town.families;
    const posting = {
      authorization: `Bearer ${family?.token ?? ''}`,
      'content-type': 'application/json',
      'content-length': '100000',
    };
    const path = `/api/families/${family?.familyId ?? ''}/submissions`;
    const page = headOf('GET', '/api', {});
    const [headers, bodies, silent, readers] = await Promise.all([
      opened(slow.headers, `GET /health HTTP/1.1\r\nHost: portail\r\nX-Lent: `),
      opened(slow.bodies, headOf('POST', path, posting)),
      opened(slow.silent, ''),
      // More than what the system keeps for a client that doesn't read: the rest waits in the portal.
      opened(slow.readers, page.repeat(pagesAsked)),
    ]);
    expect(clients.filter((client) => client.lasted() !== undefined)).to.have.length(0);
    const mostAtOnce = clients.length;
    drip([...headers, ...bodies], (client) => client.write('a'));
    for (const { socket } of readers) socket.pause();

    let most = before;
    const watching = setInterval(() => (most = Math.max(most, town.memory())), 500);
    timers.push(watching);
    await Promise.all([...headers, ...bodies, ...silent].map((client) => client.closed));
    // Longer than the portal waits: what it still had for them is gone, and the connection with it.
    await pause(limits.answerTimeout);
    for (const { socket } of readers) socket.resume();
    await Promise.all(readers.map((client) => client.closed));
    clearInterval(watching);
    const during = load.takeLatencies();
    await load.stop();

    for (const [some, ms] of [
      [headers, limits.headersTimeout],
      [silent, limits.headersTimeout],
      [bodies, limits.requestTimeout],
    ] as const)
      expect(longest(some)).to.be.below(ms + limits.connectionsCheckingInterval + slackMs);
    for (const reader of readers)
      expect(reader.received().match(/^HTTP\/1\.1 200/gm)).to.have.length.below(pagesAsked);
    const told = [...headers, ...bodies].filter((client) =>
      /^HTTP\/1\.1 408 [^]*REQUEST\.TIMEOUT/.test(client.received()),
    );
    expect(told).to.have.length(slow.headers + slow.bodies);
    const [calm, busy] = [p99(without), p99(during)];
    expect(during.length).to.be.greaterThan(100);
    expect(busy).to.be.below(5_000);
    expect(most - before).to.be.below(600 * 1024 * 1024);

    expect((await town.stopped('SIGTERM')).code).to.equal(0);
    expectNothingLost(await readKept(town.directory), load.acknowledged);
    publishFigures({
      name: 'slowClients',
      fault: `${counted(mostAtOnce, 'client')} d’une extrême lenteur à la fois\u00A0: en-têtes et corps envoyés octet par octet, connexions muettes, réponses jamais lues`,
      stores: 'SQLite',
      figures: [
        ['réponses 408 aux envois trop lents', counted(told.length, 'réponse')],
        [
          'connexion aux en-têtes lents coupée au plus tard après (délai du test\u00A0: 15\u00A0s)',
          lasted(longest(headers)),
        ],
        ['au corps lent (délai du test\u00A0: 20\u00A0s)', lasted(longest(bodies))],
        ['connexions restées ouvertes au-delà des délais', '0'],
        ['réservation d’une famille, 99\u00A0% en moins de, sans eux', lasted(calm)],
        ['la même, avec eux', lasted(busy)],
        ['mémoire tenue pour eux, au plus', megabytes(most - before)],
        ['envois acquittés pendant ce temps', counted(load.acknowledged.length, 'envoi')],
        ['envois perdus, à moitié faits, séances surréservées', '0'],
      ],
    });
  }).timeout(300_000);

  it('has limits in production that no slow client outlasts by much', () => {
    expect(serverLimits).to.deep.equal({
      headersTimeout: 15_000,
      requestTimeout: 30_000,
      answerTimeout: 60_000,
      keepAliveTimeout: 65_000,
      connectionsCheckingInterval: 2_000,
      maxConnections: 10_000,
    });
  });
});
