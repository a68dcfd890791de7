import { expect } from 'chai';
import { gzipSync } from 'node:zlib';
import { lasted, publishFigures } from '../support/faults/figures.ts';
import { expectNothingLost, readKept } from '../support/faults/keptReceipts.ts';
import { headOf, rawClient, type RawClient } from '../support/faults/rawClient.ts';
import { p99, steadyLoad } from '../support/faults/steadyLoad.ts';
import { TownUnderLoad } from '../support/faults/townUnderLoad.ts';

const MB = 1024 * 1024;
const total = 100 * MB;
const piece = Buffer.alloc(MB / 4, 'a');
/** Of each kind, at once. */
const atOnce = 2;
/** What systems hold of a connection that nobody reads, at the most: some have buffers of 16 to 32 MB on each side. */
const heldBySystem = total / 2;
/** Milliseconds between two looks at the portal's memory. */
const lookMs = 100;

const bomb = gzipSync(Buffer.alloc(total, 'a'));
const json = { 'content-type': 'application/json' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const gzip = { 'content-encoding': 'gzip', 'content-length': String(bomb.length) };
const told = { 'content-length': String(total) };
const chunked = { 'transfer-encoding': 'chunked' };

/** Sends until all is sent or nothing is taken any more; answers how many bytes went out. */
async function flood({ socket }: RawClient, inChunks: boolean): Promise<number> {
  const bytes = inChunks
    ? Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')])
    : piece;
  const start = socket.bytesWritten;
  for (let sent = 0; sent < total && !socket.destroyed; sent += piece.length)
    if (!socket.write(bytes))
      await new Promise<void>((resolve) => {
        const go = (): void => {
          socket.off('drain', go).off('close', go);
          resolve();
        };
        socket.on('drain', go).on('close', go);
      });
  return Math.min(total, socket.bytesWritten - start);
}

describe('a portal that is sent bodies of 100 MB', () => {
  let town: TownUnderLoad;
  const timers: NodeJS.Timeout[] = [];
  beforeEach(async () => {
    town = await TownUnderLoad.open();
  });
  afterEach(async () => {
    for (const timer of timers.splice(0)) clearInterval(timer);
    await town.dispose();
  });

  it('refuses each at once, reads none of them, and serves the families meanwhile', async () => {
    const [family] = town.families;
    if (!family) return expect.fail('no family');
    const api = { authorization: `Bearer ${family.token}` };
    const web = { cookie: `session=${family.token}`, 'sec-fetch-site': 'same-origin' };
    const submissions = `/api/families/${family.familyId}/submissions`;
    const check = '/reservations/verification';
    const problem = (status: number, code: string): RegExp =>
      new RegExp(`^HTTP/1\\.1 ${status} [^]*application/problem\\+json[^]*"code":"${code}"`);
    const page = (status: number, words: string): RegExp =>
      new RegExp(`^HTTP/1\\.1 ${status} [^]*text/html[^]*${words}`);
    const tooLong = page(413, 'Votre envoi est trop long');
    const kinds: readonly (readonly [string, Record<string, string>, RegExp])[] = [
      [submissions, { ...api, ...json, ...told }, problem(413, 'REQUEST.TOO_LARGE')],
      [submissions, { ...api, ...json, ...chunked }, problem(413, 'REQUEST.TOO_LARGE')],
      [submissions, { ...json, ...told }, problem(401, 'ACCESS.SIGN_IN')],
      [check, { ...web, ...form, ...told }, tooLong],
      [check, { ...web, ...form, ...chunked }, tooLong],
      [check, { ...web, ...json, ...told }, tooLong],
      [check, { ...web, ...json, ...chunked }, page(400, 'pas pu lire votre envoi')],
      ['/api/inconnu', { ...api, ...json, ...told }, problem(404, 'ROUTE.UNKNOWN')],
      ['/api/inconnu', { ...api, ...json, ...chunked }, problem(404, 'ROUTE.UNKNOWN')],
      ['/inconnu', { ...form, ...told }, tooLong],
      ['/inconnu', { ...form, ...chunked }, tooLong],
    ];
    const bombs: readonly (readonly [string, Record<string, string>, RegExp])[] = [
      [submissions, { ...api, ...json, ...gzip }, problem(415, 'REQUEST.UNSUPPORTED_TYPE')],
      [check, { ...web, ...form, ...gzip }, page(400, 'pas pu lire votre envoi')],
    ];

    const load = steadyLoad(town);
    await load.sent(200);
    load.takeLatencies();
    const before = town.memory();
    let most = before;
    const watching = setInterval(() => (most = Math.max(most, town.memory())), lookMs);
    timers.push(watching);
    let longest = 0;
    let mostTaken = 0;

    const send = async ([path, headers, expected]: (typeof kinds)[number]): Promise<void> => {
      const client = await rawClient(town.url);
      const start = performance.now();
      client.write(headOf('POST', path, headers));
      const flooding = flood(client, 'transfer-encoding' in headers);
      await client.until('\r\n\r\n');
      longest = Math.max(longest, performance.now() - start);
      await client.closed;
      mostTaken = Math.max(mostTaken, await flooding);
      const what = `${path} ${JSON.stringify(Object.keys(headers))}`;
      expect(client.received(), what)
        .to.match(expected)
        .and.match(/\r\nconnection: close\r\n/i);
    };
    const explode = async ([path, headers, expected]: (typeof kinds)[number]): Promise<void> => {
      const client = await rawClient(town.url);
      client.write(headOf('POST', path, { ...headers, connection: 'close' }));
      client.write(bomb);
      await client.closed;
      expect(client.received(), path).to.match(expected);
    };
    const times = Array.from({ length: atOnce });
    await Promise.all(times.flatMap(() => [...kinds.map(send), ...bombs.map(explode)]));
    clearInterval(watching);
    const during = p99(load.takeLatencies());
    await load.stop();

    expect(mostTaken).to.be.below(heldBySystem);
    expect(longest).to.be.below(10_000);
    expect(most - before).to.be.below(48 * MB);
    expect(during).to.be.below(5_000);
    expect((await town.stopped('SIGTERM')).code).to.equal(0);
    expectNothingLost(await readKept(town.directory), load.acknowledged);
    publishFigures({
      name: 'hugeBody',
      fault: `${atOnce * kinds.length}\u00A0corps de 100\u00A0Mo à la fois, avec ou sans longueur annoncée, vers l’API, un formulaire et des adresses inconnues, et ${atOnce * bombs.length}\u00A0corps de 100\u00A0Mo comprimés`,
      stores: 'SQLite',
      figures: [
        ['refus clairs, connexion fermée', `${atOnce * (kinds.length + bombs.length)}\u00A0refus`],
        ['refus le plus lent', lasted(longest)],
        ['parti du client avant la fermeture, au plus', megabytes(mostTaken)],
        ['mémoire prise par le portail, au plus', megabytes(Math.max(0, most - before))],
        ['réservation d’une famille pendant ce temps, 99\u00A0% en moins de', lasted(during)],
        ['envois perdus, à moitié faits, séances surréservées', '0'],
      ],
    });
  }).timeout(300_000);
});

const megabytes = (bytes: number): string =>
  `${(bytes / MB).toLocaleString('fr-FR', { maximumFractionDigits: 1 })}\u00A0Mo`;
