import { expect } from 'chai';
import { existsSync } from 'node:fs';
import { projections } from '../../src/application/projections/all.ts';
import { addDays, monthOf, weekdays, type LocalDate } from '../../src/domain/kernel/localDate.ts';
import { addHours, instantOf, localDateAt } from '../../src/domain/kernel/parisTime.ts';
import { loadTownCalendar } from '../../src/infrastructure/calendar/townCalendar.ts';
import { HmacTokens } from '../../src/infrastructure/crypto/hmacTokens.ts';
import { MasterKey } from '../../src/infrastructure/crypto/masterKey.ts';
import {
  openEventStoreDb,
  type EventStoreDbEventStore,
} from '../../src/infrastructure/eventstoredb/eventStoreDbEventStore.ts';
import { openMongoKeyVault } from '../../src/infrastructure/mongodb/mongoKeyVault.ts';
import { openMongoReadModelStore } from '../../src/infrastructure/mongodb/mongoReadModelStore.ts';
import { group, terms } from '../support/activityFacts.ts';
import { apiClient, type ApiClient } from '../support/apiClient.ts';
import { booking, definition, supervisor, type ReceiptBody } from '../support/apiTown.ts';
import { smallTownKey, smallTownVariables } from '../support/browser/smallTown.ts';
import { spawnPortal, type SpawnedPortal } from '../support/browser/spawnedPortal.ts';
import {
  startEventStoreDb,
  type EventStoreDbCluster,
} from '../support/eventstoredb/eventStoreDbServer.ts';
import { counted, lasted, publishFigures } from '../support/faults/figures.ts';
import { expectAllKept, type SharedStores } from '../support/faults/keptOnServers.ts';
import {
  steadyBookings,
  type SteadyBookings,
  type ToldPlace,
} from '../support/faults/steadyBookings.ts';
import { until } from '../support/faults/until.ts';
import { describeOnMongo, mongoForTest, type MongoForTest } from '../support/mongo.ts';

const places = 4;
/** Whoever held the projections is replaced within this time. */
const replacedMs = 10_000;
/** The agenda of the other goes on within this time: long enough for a machine that does ten other things. */
const shownWithinMs = 30_000;
/** One for each projection, and one for what is done every minute. */
const leases = projections.length + 1;

const today = (): LocalDate => localDateAt(instantOf(Date.now()));

/** Days on which a canteen of every weekday is open, from next week on: these portals go by the true clock. */
function openDays(count: number): LocalDate[] {
  const calendar = loadTownCalendar({ zone: 'C', closures: [] });
  const days: LocalDate[] = [];
  for (let date = addDays(today(), 7); days.length < count; date = addDays(date, 1))
    if (calendar.publicHoliday(date) === undefined) days.push(date);
  return days;
}

interface Term {
  readonly name: string;
  readonly token: number;
  readonly holder: string;
}

interface Process {
  readonly portal: SpawnedPortal;
  readonly api: ApiClient;
}

describeOnMongo('the process that holds the projections, of two', () => {
  let servers: EventStoreDbCluster;
  let mongo: MongoForTest;
  let events: EventStoreDbEventStore;
  let stores: SharedStores;
  let running: SpawnedPortal[];
  let bookings: SteadyBookings | undefined;

  before(() => {
    if (!existsSync('dist/main.js'))
      throw new Error('dist/ is missing: run « npm run build » first');
  });
  beforeEach(async () => {
    servers = await startEventStoreDb();
    mongo = await mongoForTest();
    events = openEventStoreDb({ connectionString: servers.connectionString });
    const vault = await openMongoKeyVault(mongo, MasterKey.parse(smallTownKey));
    stores = { events, vault, readModels: openMongoReadModelStore(mongo) };
    running = [];
  });
  afterEach(async () => {
    bookings?.abandon();
    for (const portal of running) {
      portal.kill('SIGKILL');
      await portal.ended;
    }
    await events.close();
    await mongo.drop();
    await servers.stop();
  });

  const start = async (): Promise<Process> => {
    const portal = spawnPortal(['--enable-source-maps', 'dist/main.js', 'serve'], {
      ...smallTownVariables('portail-data'),
      PORTAIL_LOG_LEVEL: 'warn',
      PORTAIL_EVENTS: 'eventstoredb',
      PORTAIL_READ_MODELS: 'mongodb',
      PORTAIL_EVENTSTORE_URL: servers.connectionString,
      PORTAIL_MONGODB_URL: mongo.url,
    });
    running.push(portal);
    const url = await portal.address;
    const tokens = new HmacTokens(MasterKey.parse(smallTownKey).derive('session-tokens'));
    const token = tokens.issue(supervisor, addHours(instantOf(Date.now()), 1));
    const api = apiClient(url.replace('localhost', '127.0.0.1'), {
      authorization: `Bearer ${token}`,
    });
    return { portal, api };
  };
  /** Who holds each lease, and with which token; of the last term of each. */
  const holders = async (): Promise<Map<string, { holder: string; token: number }>> => {
    const rows = await mongo.db.collection<Term>('leases').find({}).sort({ token: 1 }).toArray();
    return new Map(rows.map(({ name, token, holder }) => [name, { holder, token }]));
  };
  /** The first process takes every lease before the second one comes. */
  const startTwo = async (): Promise<readonly [Process, Process]> => {
    const first = await start();
    await until('the first holds every lease', async () => (await holders()).size === leases);
    return [first, await start()];
  };
  /** A canteen of every day, a family whose children all go there, and a child of whom nothing is booked yet. */
  const openTown = async ({ api }: Process, count: number) => {
    const days = openDays(5);
    const rules = {
      groups: [group('tous', 2, 20, places)],
      schedule: { ...terms().schedule, weekdays: [...weekdays], season: 'always' },
    } as const;
    const effectiveFrom = addDays(today(), -30);
    await api.post('/api/activities', { ...definition('cantine', rules), effectiveFrom });
    const { body: family } = await api.post<{ familyId: string }>('/api/families', {
      resident: true,
      address: '12, allée des Tilleuls\n46000 Vallée-du-Lot',
      guardians: [{ firstName: 'Camille', lastName: 'Martin', email: 'camille@example.org' }],
    });
    const { familyId } = family;
    const children: string[] = [];
    for (let n = 0; n <= count; n += 1) {
      const { body } = await api.post<{ childId: string }>(`/api/families/${familyId}/children`, {
        firstName: `Enfant ${n}`,
        lastName: 'Martin',
        birthDate: addDays(today(), -8 * 365),
      });
      const enrolment = { activityId: 'cantine', from: effectiveFrom };
      await api.post(`/api/children/${body.childId}/enrolments`, enrolment);
      children.push(body.childId);
    }
    const [witness = '', ...others] = children;
    return { familyId, witness, children: others, days };
  };
  /** Books a day for the witness on this process, and waits until its agenda shows it there. */
  const bookAndSee = async (
    { api }: Process,
    { familyId, witness, days }: Awaited<ReturnType<typeof openTown>>,
    day: number,
  ): Promise<ToldPlace> => {
    const date = days[day] ?? expect.fail('no such day');
    const { status, body } = await api.post<ReceiptBody>(`/api/families/${familyId}/submissions`, {
      book: [booking(witness, date)],
      cancel: [],
    });
    expect(status).to.equal(201);
    const { outcome = '', reservationId = '' } = body.lines[0]?.result ?? {};
    const path = `/api/families/${familyId}/agenda?month=${monthOf(date)}&childId=${witness}`;
    const isShown = async (): Promise<boolean> => {
      const { body: agenda } = await api.get(path);
      return JSON.stringify(agenda).includes(reservationId);
    };
    await until('its agenda shows it', isShown, shownWithinMs);
    return { outcome, reservationId };
  };
  /** How the other takes over, from now on: the leases, and a booking sent to it. */
  const takeOver = async (
    other: Process,
    town: Awaited<ReturnType<typeof openTown>>,
    before: Awaited<ReturnType<typeof holders>>,
  ) => {
    const begun = performance.now();
    const [heldMs, { place, shownMs }] = await Promise.all([
      haveOtherHolders(before),
      bookAndSee(other, town, 0).then((place) => ({ place, shownMs: performance.now() - begun })),
    ]);
    return { place, heldMs, shownMs };
  };

  /** Two portals under load, one of which holds the leases. */
  const bookFromBoth = async () => {
    const [holder, other] = await startTwo();
    const town = await openTown(holder, 8);
    const { familyId, children, days: dates } = town;
    const apis = [holder.api, other.api];
    const load = (bookings = steadyBookings({ apis, familyId, children, dates }));
    await until('both book', () => load.told.length > 50);
    return { holder, other, town, load, before: await holders() };
  };
  /** From now on, until the other holds them all; in milliseconds. */
  const haveOtherHolders = (before: Awaited<ReturnType<typeof holders>>): Promise<number> =>
    until('every lease has another holder', async () => {
      const now = await holders();
      return [...before].every(([name, { holder: was }]) => now.get(name)?.holder !== was);
    });

  it('is replaced in ten seconds once it is killed: what is booked on the other is shown there', async () => {
    const { holder, other, town, load, before } = await bookFromBoth();
    holder.portal.kill('SIGKILL');
    const { place: witnessed, heldMs, shownMs } = await takeOver(other, town, before);
    await load.stop();
    await expectAllKept(stores, [...load.told, witnessed], places);
    publishFigures({
      name: 'leaseHolderKilled',
      fault: 'Le portail qui tient les lectures, arrêté net (SIGKILL), un autre restant',
      stores: 'EventStoreDB et MongoDB',
      figures: [
        ['de l’arrêt à la reprise de tous les baux par l’autre', lasted(heldMs)],
        ['de l’arrêt à une réservation visible dans l’agenda de l’autre', lasted(shownMs)],
        ['lignes acquittées', counted(load.told.length + 1, 'ligne')],
        ['perdues, ou comptées deux fois', '0'],
        ['lectures différentes d’une reconstruction', '0'],
      ],
    });
    expect(heldMs).to.be.below(replacedMs);
  }).timeout(300_000);

  it('changes nothing once it wakes up, replaced while it stood still', async () => {
    const { holder, other, town, load, before } = await bookFromBoth();
    holder.portal.kill('SIGSTOP');
    const { place: first, heldMs, shownMs } = await takeOver(other, town, before);
    const replaced = await holders();
    holder.portal.kill('SIGCONT');
    const wokenAt = performance.now();
    await until('it answers again', () =>
      load.answers.some(
        ({ process, status, sentAt }) => process === 0 && status === 201 && sentAt > wokenAt,
      ),
    );
    const second = await bookAndSee(holder, town, 1);
    await load.stop();
    // What the other had taken, the one that woke up never has; only a later term may be anybody's.
    const after = await holders();
    for (const [name, taken] of replaced) {
      const now = after.get(name) ?? expect.fail(`${name} is lost`);
      if (now.token === taken.token) expect(now).to.deep.equal(taken);
      else expect(now.token).to.be.greaterThan(taken.token);
    }
    holder.portal.kill('SIGTERM');
    const { output } = await holder.portal.ended;
    // None when it learnt that they were not its own any more before it had anything to write.
    const refused = output.split('\n').filter((line) => line.includes('FencedError'));
    await expectAllKept(stores, [...load.told, first, second], places);
    publishFigures({
      name: 'leaseHolderKilled',
      fault: 'Le même, figé (SIGSTOP) au-delà de son bail, puis réveillé (SIGCONT)',
      stores: 'EventStoreDB et MongoDB',
      figures: [
        ['de l’arrêt à la reprise de tous les baux par l’autre', lasted(heldMs)],
        ['de l’arrêt à une réservation visible dans l’agenda de l’autre', lasted(shownMs)],
        ['écritures tardives refusées', counted(refused.length, 'écriture')],
        ['lignes acquittées', counted(load.told.length + 2, 'ligne')],
        ['perdues, ou comptées deux fois', '0'],
        ['lectures différentes d’une reconstruction', '0'],
      ],
    });
    expect(heldMs).to.be.below(replacedMs);
  }).timeout(300_000);
});
