import { expect } from 'chai';
import type { Instant } from '../../src/domain/kernel/parisTime.ts';
import type { Portal } from '../../src/portal.ts';
import { booking } from '../support/apiTown.ts';
import { FaultTown, openFaultPortal, ownDirectory } from '../support/faults/faultTown.ts';
import { counted, publishFigures } from '../support/faults/figures.ts';
import { Load } from '../support/faults/load.ts';
import { expectSound, openKept } from '../support/faults/soundness.ts';
import { standsAt } from '../support/faults/townMoment.ts';
import { until } from '../support/faults/until.ts';
import { everythingIn } from '../support/storeDoubles.ts';
import { capturedLog, TestClock } from '../support/testPortal.ts';
import { paris } from '../support/townFacts.ts';

const hour = 3_600_000;

describe('a clock stepped by an hour each way', function () {
  this.timeout(300_000);
  const { directory, remove } = ownDirectory();
  const clock = new TestClock(standsAt);
  const acknowledged: Load['acknowledged'] = new Map();
  const systemNow = Date.now.bind(Date);
  let steps = 0;
  let offset = 0;
  let portal: Portal;
  let town: FaultTown;

  /** The portal's clock, and whatever reads the system's own. */
  const step = (milliseconds: number): void => {
    steps += 1;
    offset += milliseconds;
    clock.advance(milliseconds);
  };

  before(async () => {
    Date.now = () => systemNow() + offset;
    portal = await openFaultPortal(directory, { clock, log: capturedLog().log });
    town = new FaultTown(await portal.listen());
    await town.settle(12);
    expect(await portal.ready()).to.equal(true);
  });
  after(async () => {
    Date.now = systemNow;
    await portal.close();
    remove();
  });

  /** Read-your-writes waits on a clock that only grows. */
  const seesWhatItSent = async (key: string): Promise<boolean> => {
    const [family] = town.families;
    const path = `/api/families/${family?.familyId ?? ''}/submissions`;
    const asked = { book: [booking(family?.children[0] ?? '', '2026-12-21')], cancel: [] };
    const sent = { 'idempotency-key': key, prefer: 'wait=2' };
    const { headers } = await town.as().post(path, asked, sent);
    return headers.get('preference-applied') === 'wait=2';
  };

  it('under load loses nothing and refuses nobody', async () => {
    const load = new Load(town, { callers: 6 });
    for (const hours of [1, -1, -1, 1, 1, -2, 2, -1]) {
      const before = load.acknowledged.size;
      await until('bookings go on', () => load.acknowledged.size > before + 20);
      step(hours * hour);
      let asked = 0;
      await until('what was sent is waited for', () =>
        seesWhatItSent(`pas-a-pas-${steps}-${(asked += 1)}`),
      );
    }
    await load.stop();
    for (const [id, receipt] of load.acknowledged) acknowledged.set(id, receipt);
    expect(load.refused).to.deep.equal([]);
    expect((await fetch(town.at('/ready'))).status).to.equal(200);
  });

  it('judges deadlines by what it shows, and keeps the order of arrival', async () => {
    offset = 0;
    clock.moveTo(paris('2026-11-26 08:30'));
    const asks = async (name: string): Promise<string> => {
      const family = await town.register(name);
      const { body } = await town.send(family, `delai-${name}`, [
        booking(family.children[0] ?? '', '2026-11-27'),
      ]);
      acknowledged.set(body.receiptId, body);
      const { code, outcome } = body.lines[0]?.result ?? { outcome: 'none' };
      return code ?? outcome;
    };
    const taken = ['accepted', 'waitlisted'];
    expect(await asks('Avant')).to.be.oneOf(taken);
    step(hour);
    expect(await asks('Apres')).to.equal('RESERVATION.TOO_LATE');
    step(-hour);
    expect(await asks('Encore')).to.be.oneOf(taken);

    // A queue made while the clock goes back and forth stays in the order of arrival.
    clock.moveTo(standsAt);
    const ranks: (number | undefined)[] = [];
    for (let n = 0; n < 16; n += 1) {
      step((n % 2 === 0 ? 1 : -1) * hour);
      const family = await town.register(`Rang${n}`);
      const { body } = await town.send(family, `rang-${n}-0001`, [
        booking(family.children[0] ?? '', '2026-12-22'),
      ]);
      acknowledged.set(body.receiptId, body);
      const { outcome, rank } = body.lines[0]?.result ?? { outcome: 'none' };
      if (outcome === 'waitlisted') ranks.push(rank);
    }
    expect(ranks).to.deep.equal([1, 2, 3, 4]);
  });

  it('leaves a log in the order of storing, with the instants that were shown', async () => {
    const again = town.families[1];
    const asked = [booking(again?.children[0] ?? '', '2027-01-11')];
    if (!again) return expect.fail('no family');
    const first = await town.send(again, 'meme-cle-00001', asked);
    step(-hour);
    const second = await town.send(again, 'meme-cle-00001', asked);
    expect(second.body).to.deep.equal(first.body);
    acknowledged.set(first.body.receiptId, first.body);
    await portal.close();
    await expectSound(directory, acknowledged);

    const history = await openKept(directory);
    const events = await everythingIn(history.events);
    await history.close();
    expect(events.map(({ position }) => Number(position))).to.deep.equal(
      events.map((_event, at) => at + 1),
    );
    const instants = events.map(
      ({ metadata }) => (JSON.parse(metadata) as { occurredAt: Instant }).occurredAt,
    );
    const back = instants.filter((at, n) => at < (instants[n - 1] ?? at)).length;
    expect(back).to.be.greaterThan(3);
    publishFigures({
      name: 'clockStepped',
      fault: 'l’horloge avancée et reculée d’une heure pendant les réservations',
      stores: 'SQLite',
      figures: [
        ['changements d’heure', counted(steps, 'changement')],
        ['événements datés avant celui qui les précède, et gardés dans l’ordre', `${back}`],
        ['accusés rendus', counted(acknowledged.size, 'accusé')],
        ['accusés perdus, demandes refusées à tort', '0'],
      ],
    });
  });
});
