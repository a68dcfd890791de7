import { expect } from 'chai';
import { sessionStream } from '../../support/sessionStream.ts';
import type { Principal } from '../../../src/application/principal.ts';
import type { ReservationId } from '../../../src/domain/kernel/ids.ts';
import { before, canteen, daysBefore, group, terms } from '../../support/activityFacts.ts';
import {
  agent,
  commandSide,
  guardianOf,
  request,
  supervisor,
  town,
  type CommandSide,
} from '../../support/commandSide.ts';
import { storedIn } from '../../support/storeDoubles.ts';
import { activityId, childId, day, familyId, paris } from '../../support/townFacts.ts';

const thursday = day('2026-11-19');
const session = { activityId: canteen, date: thursday };
const ofAna = { ...session, childId: childId('ana'), familyId: familyId('roux') };

let count = 0;
const by = (who: Principal, now?: ReturnType<typeof paris>) => {
  count += 1;
  return request(who, `r-${count}`, now);
};

async function reserved(side: CommandSide, who = guardianOf('roux')): Promise<ReservationId> {
  const answer = await side.reservations.reserve(ofAna, by(who));
  const event = answer.kind === 'done' && answer.events[0];
  if (!event || !('reservationId' in event)) expect.fail('not reserved');
  return event.reservationId;
}
const kindOf = (answer: { kind: string; code?: string }): string => answer.code ?? answer.kind;

describe('who may do what to a booking', () => {
  it('a guardian books and cancels for the own family; staff do so for any', async () => {
    const side = await town();
    for (const who of [guardianOf('roux'), agent, supervisor]) {
      await reserved(side, who);
      const given = await side.reservations.cancel({ ...ofAna, acceptsBilling: false }, by(who));
      expect(kindOf(given)).to.equal('done');
    }
    for (const who of [guardianOf('petit'), { actor: { kind: 'guardian', id: 'x' } } as const]) {
      expect(kindOf(await side.reservations.reserve(ofAna, by(who)))).to.equal('ACCESS.DENIED');
      const given = await side.reservations.cancel({ ...ofAna, acceptsBilling: true }, by(who));
      expect(kindOf(given)).to.equal('ACCESS.DENIED');
    }
  });

  it('only staff validate, refuse and close', async () => {
    const side = await town({ validation: 'staff' });
    const id = await reserved(side);
    const guardian = by(guardianOf('roux'));
    for (const answer of [
      await side.reservations.validate(session, id, guardian),
      await side.reservations.refuse(session, id, 'Non', guardian),
      await side.reservations.close(session, 'Grève', guardian),
    ])
      expect(kindOf(answer)).to.equal('ACCESS.DENIED');
    expect(kindOf(await side.reservations.validate(session, id, by(agent)))).to.equal('done');
    expect(kindOf(await side.reservations.close(session, 'Grève', by(agent)))).to.equal('done');
    expect(await storedIn(side.store, sessionStream(canteen, thursday))).to.have.length(4);
  });

  it('two agents who decide at once get one decision, and the second is told', async () => {
    const side = await town({ validation: 'staff' });
    const id = await reserved(side);
    const answers = await Promise.all([
      side.reservations.validate(session, id, by(agent)),
      side.reservations.refuse(session, id, 'Complet', by(supervisor)),
    ]);
    expect(answers.map(kindOf)).to.deep.equal(['done', 'RESERVATION.NOT_AWAITING']);
  });

  it('If-Match stops an agent who decides on what is no longer so', async () => {
    const side = await town({ validation: 'staff' });
    const id = await reserved(side);
    await side.reservations.reserve({ ...ofAna, childId: childId('ben') }, by(agent));
    const stale = await side.reservations.validate(session, id, by(agent), {
      expectedRevision: 0n,
    });
    expect(stale).to.deep.equal({ kind: 'staleRevision', revision: 1n });
    const fresh = await side.reservations.validate(session, id, by(agent), {
      expectedRevision: 1n,
    });
    expect(kindOf(fresh)).to.equal('done');
  });
});

describe('a booking, told by the rules in force', () => {
  it('needs an activity, and a session to close', async () => {
    const side = await town();
    const nowhere = { ...session, activityId: activityId('inconnue') };
    const staff = by(agent);
    for (const answer of [
      await side.reservations.reserve({ ...ofAna, ...nowhere }, by(guardianOf('roux'))),
      await side.reservations.cancel({ ...ofAna, ...nowhere, acceptsBilling: true }, staff),
      await side.reservations.close(nowhere, 'Grève', staff),
    ])
      expect(kindOf(answer)).to.equal('ACTIVITY.UNKNOWN');
    const wednesday = { ...session, date: day('2026-11-18') };
    expect(kindOf(await side.reservations.close(wednesday, 'Grève', staff))).to.equal(
      'RESERVATION.NO_SESSION',
    );
  });

  it('counts the child in the group of the age on the day of the session, the birthday included', async () => {
    const side = await town({ groups: [group('petits', 3, 7, 1), group('grands', 8, 12, 1)] });
    const staff = request(agent, 'birthday');
    const identity = { firstName: 'Eve', lastName: 'Roux', birthDate: day('2018-11-19') };
    const eve = { childId: childId('eve'), familyId: familyId('roux') };
    await side.children.register({ ...eve, identity }, staff);
    await side.children.enrol(eve.childId, { activityId: canteen, from: day('2026-09-01') }, staff);
    const ageOn = async (date: string): Promise<unknown> => {
      const answer = await side.reservations.reserve(
        { ...eve, activityId: canteen, date: day(date) },
        by(agent, paris('2026-11-12 10:00')),
      );
      const event = answer.kind === 'done' ? answer.events[0] : undefined;
      return event && 'age' in event && event.age;
    };
    expect(await ageOn('2026-11-17')).to.equal(7);
    expect(await ageOn('2026-11-19')).to.equal(8);
  });

  it('follows an enrolment to its last day', async () => {
    const side = await town();
    const identity = { firstName: 'Eve', lastName: 'Roux', birthDate: day('2018-11-19') };
    const eve = { childId: childId('eve'), familyId: familyId('roux') };
    const staff = request(agent, 'enrol');
    await side.children.register({ ...eve, identity }, staff);
    const enrolment = { activityId: canteen, from: day('2026-11-17'), to: day('2026-11-19') };
    await side.children.enrol(eve.childId, enrolment, staff);
    const on = async (date: string) =>
      kindOf(
        await side.reservations.reserve(
          { ...eve, activityId: canteen, date: day(date) },
          by(guardianOf('roux'), paris('2026-11-12 10:00')),
        ),
      );
    expect(await on('2026-11-16')).to.equal('RESERVATION.NOT_ENROLLED');
    expect(await on('2026-11-17')).to.equal('done');
    expect(await on('2026-11-19')).to.equal('done');
    expect(await on('2026-11-20')).to.equal('RESERVATION.NOT_ENROLLED');
  });

  it('of a child of two families belongs to the family that booked', async () => {
    const side = await town();
    const petit = familyId('petit');
    await side.children.linkToFamily(childId('ana'), petit, request(agent, 'link'));
    await reserved(side);
    const other = { ...ofAna, familyId: petit };
    const again = await side.reservations.reserve(other, by(guardianOf('petit')));
    expect(again).to.deep.include({ kind: 'done', events: [] });
    const given = await side.reservations.cancel(
      { ...other, acceptsBilling: true },
      by(guardianOf('petit')),
    );
    expect(kindOf(given)).to.equal('RESERVATION.UNKNOWN');
  });

  it('is refused, not lost, once the child’s data are erased', async () => {
    const side = await town();
    await side.vault.forget(childId('ana'));
    const restarted = commandSide(side);
    const answer = await restarted.reservations.reserve(ofAna, by(guardianOf('roux')));
    expect(kindOf(answer)).to.equal('RESERVATION.CHILD_ERASED');
  });

  it('that new rules leave without a session is given back free of charge', async () => {
    const side = await town();
    await reserved(side);
    const { schedule } = terms();
    const mondays = terms({ schedule: { ...schedule, weekdays: ['MON'] } });
    const change = { effectiveFrom: day('2026-11-18'), terms: mondays };
    await side.activities.changeTerms(canteen, change, by(supervisor, paris('2026-11-17 18:00')));
    const given = await side.reservations.cancel(
      { ...ofAna, acceptsBilling: false },
      by(guardianOf('roux'), paris('2026-11-19 08:00')),
    );
    expect(given.kind === 'done' && given.events[0]).to.deep.include({
      type: 'ReservationCancelled',
      timing: 'inTime',
      billedCents: 0,
    });
  });

  it('never waits behind a free place: a queue moves as long as bookings are open', async () => {
    const side = await town({
      groups: [group('tous', 2, 12, 1)],
      promotion: before(daysBefore(2, '12:00')),
    });
    const ben = { ...ofAna, childId: childId('ben') };
    await reserved(side);
    await side.reservations.reserve(ben, by(guardianOf('roux')));
    // After the promotion limit that the rules write, before the end of bookings.
    const now = paris('2026-11-18 08:00');
    const given = await side.reservations.cancel(
      { ...ofAna, acceptsBilling: true },
      by(guardianOf('roux'), now),
    );
    expect(given.kind === 'done' && given.events.map(({ type }) => type)).to.deep.equal([
      'ReservationCancelled',
      'ReservationPromoted',
    ]);
  });
});
