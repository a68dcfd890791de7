import { expect } from 'chai';
import { asId } from '../../../src/domain/kernel/ids.ts';
import { asCents } from '../../../src/domain/kernel/money.ts';
import { reject } from '../../../src/domain/kernel/rejection.ts';
import type { AgendaCell } from '../../../src/application/reservation/agendaView.ts';
import { expectedBill } from '../../../src/application/reservation/expectedBill.ts';
import { paris } from '../../support/townFacts.ts';
import { session } from '../../support/sessionFacts.ts';

const cell = (more: Partial<AgendaCell>): AgendaCell => ({
  childId: asId('child', 'lea'),
  activity: {
    activityId: asId('activity', 'cantine'),
    name: 'Cantine',
    kind: 'meal',
    facility: { facilityId: asId('facility', 'ecole'), name: 'École' },
  },
  date: session().date,
  session: session({ priceCents: asCents(299) }),
  ...more,
});
const limit = paris('2026-11-20 09:00');
const nothing = { count: 0, cents: 0 };

describe('What a sending is expected to be billed', () => {
  it('counts places at once or once validated apart from those on the waiting list', () => {
    const bill = expectedBill(
      [
        cell({ offer: { kind: 'confirmed' } }),
        cell({ offer: { kind: 'submitted' } }),
        cell({ offer: { kind: 'waitlisted', rank: 3 } }),
      ],
      [],
    );
    expect(bill).to.deep.equal({
      placed: { count: 2, cents: 598 },
      waiting: { count: 1, cents: 299 },
      late: nothing,
    });
  });

  it('leaves out what would be refused and what stands already', () => {
    const bill = expectedBill([cell({ offer: reject('RESERVATION.FULL') }), cell({})], []);
    expect(bill).to.deep.equal({ placed: nothing, waiting: nothing, late: nothing });
  });

  it('adds what is given back too late, not what is given back in time', () => {
    const given = [asCents(0), asCents(299)].map((billedCents) =>
      cell({
        cancellation: { timing: 'late', billedCents, limit: { at: limit, boundary: 'exclusive' } },
      }),
    );
    expect(expectedBill([], [...given, cell({})]).late).to.deep.equal({ count: 1, cents: 299 });
  });
});
