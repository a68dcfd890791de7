import { expect } from 'chai';
import { counted, lasted, publishFigures } from '../support/faults/figures.ts';
import { expectNothingLost, readKept } from '../support/faults/keptReceipts.ts';
import { headOf, rawClient, type RawClient } from '../support/faults/rawClient.ts';
import { bookable } from '../support/faults/townMoment.ts';
import { sending, TownUnderLoad, type Acknowledged } from '../support/faults/townUnderLoad.ts';

/** Requests under way when the signal comes. */
const inFlight = { late: 80, whole: 60, pages: 40, unfinished: 20 };
/** Connections that ask for nothing then. */
const others = { idle: 20, silent: 5, begun: 5 };
/** Longer than in production: what came in time is answered, also on a machine that does ten other things. */
const drain = { arrivalMs: 15_000, graceMs: 60_000 };

interface Booking {
  readonly client: RawClient;
  readonly childId: string;
  readonly date: string;
  readonly rest: string;
}

describe('a portal that is asked to stop with 200 requests in flight', () => {
  let town: TownUnderLoad;
  const clients: RawClient[] = [];
  beforeEach(async () => {
    town = await TownUnderLoad.open({ drain });
  });
  afterEach(async () => {
    for (const { socket } of clients.splice(0)) socket.destroy();
    await town.dispose();
  });

  const connect = async (count: number, first = ''): Promise<RawClient[]> => {
    const made = await Promise.all(Array.from({ length: count }, () => rawClient(town.url)));
    clients.push(...made);
    for (const client of made) client.write(first);
    return made;
  };
  /** Connections that the portal has served already, and keeps. */
  const kept = async (count: number): Promise<RawClient[]> => {
    const made = await connect(count, headOf('GET', '/health', {}));
    for (const client of made) await client.until('"up"');
    return made;
  };
  let next = 0;
  /** The head of a booking of its own child and day, all of which the portal waits for. */
  const book = (client: RawClient, expects: boolean): Booking => {
    const at = next++;
    const family = town.families[at % town.families.length];
    const childId = family?.children[Math.floor(at / town.families.length) % 2];
    const date = bookable[Math.floor(at / (2 * town.families.length)) % bookable.length];
    if (!family || childId === undefined || date === undefined) return expect.fail('none left');
    const { path, headers, key, body } = sending(family, childId, date);
    const head = headOf('POST', path, {
      ...headers,
      'idempotency-key': key,
      'content-length': String(body.length),
      ...(expects && { expect: '100-continue' }),
    });
    client.write(head);
    return { client, childId, date, rest: body };
  };
  /** The answer to the last request of a connection. */
  const answerOf = (client: RawClient): string =>
    client
      .received()
      .split(/(?=HTTP\/1\.1 )/)
      .at(-1) ?? '';
  const receiptOf = ({ client }: Booking): Acknowledged =>
    JSON.parse(answerOf(client).split('\r\n\r\n')[1] ?? '') as Acknowledged;
  const isBooked = ({ client }: Booking): boolean => answerOf(client).startsWith('HTTP/1.1 201 ');

  it('answers what came whole, refuses the rest clearly, ends in time, and keeps all it said', async () => {
    const [late, unfinished] = [inFlight.late, inFlight.unfinished].map(async (count) =>
      (await connect(count)).map((client) => book(client, true)),
    ) as [Promise<Booking[]>, Promise<Booking[]>];
    const arriving = [...(await late), ...(await unfinished)];
    // « 100 Continue » proves that the portal has them under way.
    for (const { client } of arriving) await client.until('100 Continue');
    const [family] = town.families;
    const ready = await kept(inFlight.whole);
    const readers = await kept(inFlight.pages);
    const idle = await kept(others.idle);
    const silent = await connect(others.silent);
    const begun = await connect(others.begun, 'GET /health HTTP/1.1\r\nHost: por');

    const whole = ready.map((client) => book(client, false));
    for (const { client, rest } of whole) client.write(rest);
    const reading = headOf('GET', '/reservations', { cookie: `session=${family?.token ?? ''}` });
    for (const client of readers) client.write(reading);
    await Promise.race(whole.map(({ client }) => client.until('HTTP/1.1 201 ')));
    const start = performance.now();
    town.signal('SIGTERM');
    await Promise.all(idle.map((client) => client.closed));
    // It is stopping, and takes what was under way; a second signal, of either kind, changes nothing.
    for (const { client, rest } of await unfinished) client.write(rest.slice(0, -1));
    for (const { client, rest } of await late) client.write(rest);
    town.signal('SIGTERM');
    town.signal('SIGINT');
    const refusedAtOnce = await rawClient(town.url).then(
      () => false,
      () => true,
    );
    expect(refusedAtOnce).to.equal(true);
    const { code, errors } = await town.stopped();
    const took = performance.now() - start;
    await Promise.all(clients.map((client) => client.closed));

    expect([code, errors]).to.deep.equal([0, '']);
    // It has waited for those who were still sending, and cut nobody.
    expect(took).to.be.within(drain.arrivalMs, drain.graceMs);
    for (const booking of await late) {
      expect(answerOf(booking.client)).to.match(/^HTTP\/1\.1 201 /);
      expect(answerOf(booking.client)).to.match(/\r\nconnection: close\r\n/i);
    }
    const refusal = /^HTTP\/1\.1 503 [^]*Retry-After: \d+[^]*"code":"PORTAL\.STOPPING"/;
    for (const { client } of await unfinished)
      expect(answerOf(client))
        .to.match(refusal)
        .and.match(/\r\nConnection: close\r\n/);
    for (const client of silent) expect(client.received()).to.equal('');
    // Headers that were not read yet make a connection look idle: it may be closed without a word.
    for (const client of begun)
      if (client.received() !== '') expect(answerOf(client)).to.match(refusal);
    // What had come whole is answered whole, or its connection was closed before it was read.
    const health = /^HTTP\/1\.1 200 [^]*"up"/;
    const pages = readers.filter((client) => /<\/html>\s*$/.test(answerOf(client)));
    for (const client of readers)
      if (!pages.includes(client)) expect(answerOf(client)).to.match(health);
    const booked = [...(await late), ...whole].filter(isBooked);
    const unread = whole.filter((one) => !isBooked(one));
    for (const { client } of unread) expect(answerOf(client)).to.match(health);

    const receipts = booked.map(receiptOf);
    const after = await readKept(town.directory);
    expectNothingLost(after, receipts);
    const taken = new Set(
      after.events.flatMap(({ event }) =>
        'childId' in event ? [`${event.childId} ${event.date}`] : [],
      ),
    );
    const refused = [...(await unfinished), ...unread];
    for (const { childId, date } of refused)
      expect(taken.has(`${childId} ${date}`)).to.equal(false);

    await town.start();
    const again = await fetch(`${town.url}/ready`);
    expect(again.status).to.equal(200);
    expect((await town.stopped('SIGTERM')).code).to.equal(0);
    expectNothingLost(await readKept(town.directory), receipts);
    const total = Object.values(inFlight).reduce((sum, count) => sum + count);
    publishFigures({
      name: 'shutdownInFlight',
      fault: `arrêt demandé (SIGTERM, deux fois) avec ${counted(total, 'demande')} en cours, et ${counted(others.idle + others.silent + others.begun, 'connexion')} sans demande`,
      stores: 'SQLite',
      figures: [
        ['réservations acquittées pendant l’arrêt', counted(booked.length, 'réservation')],
        ['pages servies entières', counted(pages.length, 'page')],
        [
          'envois jamais finis par leur client, refusés (503)',
          counted(inFlight.unfinished, 'envoi'),
        ],
        [
          'demandes fermées sans avoir été lues',
          counted(unread.length + readers.length - pages.length, 'demande'),
        ],
        ['acquittées et perdues, à moitié faites, séances surréservées', '0'],
        [
          `durée de l’arrêt (délai du test pour finir un envoi\u00A0: ${lasted(drain.arrivalMs)})`,
          lasted(took),
        ],
      ],
    });
  }).timeout(300_000);
});
