import { expect } from 'chai';
import { asYearMonth } from '../../../src/domain/kernel/localDate.ts';
import { isRejection } from '../../../src/domain/kernel/rejection.ts';
import type { AgendaCell } from '../../../src/application/reservation/agendaView.ts';
import { canteen, defined, group, terms } from '../../support/activityFacts.ts';
import { agent, guardianOf, request, settle, supervisor } from '../../support/commandSide.ts';
import { startTestPortal, type TestPortal } from '../../support/testPortal.ts';
import { childId, day, familyId, paris } from '../../support/townFacts.ts';

const friday = day('2026-11-27');
const roux = familyId('roux');
const [ana, ben] = [childId('ana'), childId('ben')];
const waits = { groups: [group('tous', 2, 12, 1)], waitingList: true };

describe('a reservation whose session the rules no longer hold', () => {
  let portal: TestPortal;

  /** Ana holds the only place of Friday 27, Ben waits; then new rules drop Fridays. */
  beforeEach(async () => {
    portal = await startTestPortal();
    const { services } = portal;
    await services.activityCommands.define(defined(waits), request(supervisor, 'define'));
    const commands = { families: services.familyCommands, children: services.childCommands };
    await settle(commands, roux, [ana, ben]);
    for (const child of [ana, ben])
      await services.reservationCommands.reserve(
        { activityId: canteen, date: friday, childId: child, familyId: roux },
        request(guardianOf('roux'), `reserve-${child}`),
      );
    const { schedule } = terms();
    const change = {
      effectiveFrom: day('2026-11-20'),
      terms: terms({ ...waits, schedule: { ...schedule, weekdays: ['MON', 'TUE', 'THU'] } }),
    };
    await services.activityCommands.changeTerms(canteen, change, request(supervisor, 'no-fridays'));
    await portal.settled();
  });
  afterEach(() => portal.close());

  const cellsOn = async (family = roux): Promise<readonly AgendaCell[]> => {
    await portal.settled();
    const { services, clock } = portal;
    const { days } = await services.agenda.month(family, asYearMonth('2026-11'), clock.now());
    return days.find(({ date }) => date === friday)?.cells ?? [];
  };

  it('stays in the agenda, says that it takes place no more, and may be let go free of charge', async () => {
    const [anas, bens, ...others] = await cellsOn();
    expect(others).to.deep.equal([]);
    expect(anas).to.deep.include({
      childId: ana,
      date: friday,
      gone: {
        kind: 'rejection',
        code: 'RESERVATION.NO_SESSION',
        values: { reason: 'weekday', name: '', ruleVersion: 2 },
      },
      cancellation: {
        timing: 'inTime',
        billedCents: 0,
        limit: { at: paris('2026-11-28 00:00'), boundary: 'exclusive' },
      },
    });
    expect(anas?.session).to.equal(undefined);
    expect(anas?.standing?.status).to.equal('confirmed');
    expect(bens?.standing).to.include({ status: 'waitlisted' }).and.not.have.property('rank');
  });

  it('is given back by the family, and the agenda says so', async () => {
    const { services } = portal;
    const asked = { activityId: canteen, date: friday, childId: ana, familyId: roux };
    const result = await services.reservationCommands.cancel(
      { ...asked, acceptsBilling: false },
      request(guardianOf('roux'), 'cancel'),
    );
    expect(result).to.have.nested.property('events[0].type', 'ReservationCancelled');
    const [anas] = await cellsOn();
    expect(anas?.standing).to.deep.include({
      status: 'cancelled',
      cancelled: { timing: 'inTime', billedCents: 0 },
    });
    expect(isRejection(anas?.offer)).to.equal(true);
    expect(anas).to.not.have.property('cancellation');
  });

  it('is told still when its day is over, and let go no more', async () => {
    portal.clock.moveTo(paris('2026-11-28 00:00'));
    const [anas] = await cellsOn();
    expect(anas?.standing?.status).to.equal('confirmed');
    expect(anas).to.not.have.property('cancellation');
  });

  it('is found again by its place, as the check page asks for it', async () => {
    const cells = await portal.services.agenda.cells(
      roux,
      [{ activityId: canteen, date: friday, childId: ana }],
      portal.clock.now(),
    );
    expect(cells.map(({ childId: id }) => id)).to.deep.equal([ana]);
  });

  it('is told to the other household of the child as held there, and no more once it was let go', async () => {
    const { services } = portal;
    const petit = familyId('petit');
    const theirs = () => cellsOn(petit);
    await settle(
      { families: services.familyCommands, children: services.childCommands },
      petit,
      [],
    );
    await services.childCommands.linkToFamily(ana, petit, request(agent, 'link'));
    const [seen] = await theirs();
    expect(seen).to.include({ heldByOtherHousehold: 'confirmed' });
    expect(seen).to.not.have.any.keys('cancellation', 'offer', 'standing');
    await services.reservationCommands.cancel(
      { activityId: canteen, date: friday, childId: ana, familyId: roux, acceptsBilling: false },
      request(guardianOf('roux'), 'cancel'),
    );
    expect(await theirs()).to.deep.equal([]);
  });

  it('stays among the sessions of the day, for staff to close, until nobody is in its book', async () => {
    const { services, clock } = portal;
    const [gone, ...others] = await services.sessions.onDay(friday, clock.now());
    expect(others).to.deep.equal([]);
    expect(gone).to.deep.include({ date: friday, groups: [], concerned: 2, awaiting: 0 });
    expect(gone?.terms.status).to.equal('noSession');

    const closed = await services.reservationCommands.close(
      { activityId: canteen, date: friday },
      'Plus d’accueil le vendredi',
      request(agent, 'close'),
    );
    expect(closed).to.have.nested.property('events.length', 3);
    await portal.settled();
    expect(await services.sessions.onDay(friday, clock.now())).to.deep.equal([]);
    const found = await services.sessions.find(canteen, friday, clock.now());
    expect(found).to.include({ closedBecause: 'Plus d’accueil le vendredi' });
    const [anas] = await cellsOn();
    expect(anas).to.include({ closedBecause: 'Plus d’accueil le vendredi' });
    expect(anas?.standing?.status).to.equal('cancelledByTown');
  });

  it('leaves no trace of sessions that nobody ever booked', async () => {
    const { services, clock } = portal;
    const never = day('2026-12-04');
    expect(await services.sessions.onDay(never, clock.now())).to.deep.equal([]);
    expect(await services.sessions.find(canteen, never, clock.now())).to.equal(undefined);
  });
});
