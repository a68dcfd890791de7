import { expect } from 'chai';
import {
  apiTown,
  booking,
  cancellation,
  type ApiTown,
  type ReceiptBody,
} from '../../support/apiTown.ts';
import { group } from '../../support/activityFacts.ts';
import { paris } from '../../support/townFacts.ts';

interface Agenda {
  readonly days: readonly {
    readonly date: string;
    readonly cells: readonly {
      readonly childId: string;
      readonly activity: { readonly activityId: string };
      readonly standing?: { readonly status: string; readonly rank?: number; refusal?: string };
      readonly offer?: { readonly kind: string; readonly code?: string; message?: string };
      readonly cancellation?: { readonly timing: string; readonly billedCents: number };
    }[];
  }[];
}

const thursday = '2026-11-19';
const wednesday = '2026-11-18';

describe('booking over the API', () => {
  let town: ApiTown;
  beforeEach(async () => {
    town = await apiTown({ groups: [group('tous', 2, 12, 1)] });
  });
  afterEach(() => town.close());

  const submit = async (
    { familyId, api }: ApiTown['martin'],
    book: readonly object[],
    cancel: readonly object[] = [],
    headers: Readonly<Record<string, string>> = { prefer: 'wait=2' },
  ) => api.post<ReceiptBody>(`/api/families/${familyId}/submissions`, { book, cancel }, headers);

  const cellOf = async (family: ApiTown['martin'], childId: string, date: string) => {
    await town.portal.settled();
    const { body } = await family.api.get<Agenda>(
      `/api/families/${family.familyId}/agenda?month=${date.slice(0, 7)}&childId=${childId}`,
    );
    return body.days
      .find((day) => day.date === date)
      ?.cells.find((cell) => cell.childId === childId);
  };

  it('answers each day on a receipt: accepted, on the waiting list, refused and why', async () => {
    const { martin } = town;
    const [lea, hugo] = martin.children;
    const { status, body, headers } = await submit(martin, [
      booking(lea, thursday),
      booking(hugo, thursday),
      booking(lea, '2026-11-17'),
      booking(lea, '2026-11-21'),
    ]);
    expect(status).to.equal(201);
    expect(headers.get('location')).to.equal(`/api/receipts/${body.receiptId}`);
    expect(headers.get('preference-applied')).to.equal('wait=2');
    const results = body.lines.map(({ result }) => result);
    expect(results[0]).to.include({ outcome: 'accepted', priceCents: 350 });
    expect(results[1]).to.include({ outcome: 'waitlisted', rank: 1 });
    expect(results[2]).to.include({
      outcome: 'refused',
      code: 'RESERVATION.TOO_LATE',
      message:
        'Trop tard pour réserver\u00a0: la limite était lundi\u00a016 novembre à 9\u00a0h. En cas d’urgence, appelez l’accueil des familles.',
    });
    expect(results[3]).to.include({ outcome: 'refused', code: 'RESERVATION.NO_SESSION' });
  });

  it('shows what was booked at the next reading', async () => {
    const { martin } = town;
    const [lea] = martin.children;
    expect((await cellOf(martin, lea, thursday))?.offer).to.deep.equal({ kind: 'confirmed' });
    await submit(martin, [booking(lea, thursday)]);
    const cell = await cellOf(martin, lea, thursday);
    expect(cell?.standing).to.include({ status: 'confirmed', bookedBy: 'thisFamily' });
    expect(cell?.cancellation).to.include({ timing: 'inTime', billedCents: 0 });
    const past = await cellOf(martin, lea, '2026-11-13');
    expect(past?.offer).to.include({ kind: 'refused', code: 'RESERVATION.TOO_LATE' });
  });

  it('gives a receipt again, to the family and to staff, and to nobody else', async () => {
    const { martin, petit, agent } = town;
    const { body, headers } = await submit(martin, [booking(martin.children[0], thursday)]);
    const address = headers.get('location') ?? '';
    expect((await martin.api.get(address)).body).to.deep.equal(body);
    expect((await agent.get(address)).body).to.deep.equal(body);
    const unknown = await petit.api.refused('GET', '/api/receipts/unknown-receipt');
    const others = await petit.api.refused('GET', address);
    expect({ ...others, instance: '' }).to.deep.equal({ ...unknown, instance: '' });
    expect(others).to.include({ status: 404, code: 'RECEIPT.UNKNOWN' });
  });

  it('cancels free of charge in time, and hands the place to who waits', async () => {
    const { martin, petit } = town;
    const [lea] = martin.children;
    await submit(martin, [booking(lea, thursday)]);
    await submit(petit, [booking(petit.children[0], thursday)]);
    const { body } = await submit(martin, [], [cancellation(lea, thursday)]);
    expect(body.lines[0]?.result).to.include({
      outcome: 'cancelled',
      timing: 'inTime',
      billedCents: 0,
    });
    expect((await cellOf(petit, petit.children[0], thursday))?.standing).to.include({
      status: 'confirmed',
    });
  });

  it('warns before a late cancellation that it stays billed, then does as it is told', async () => {
    const { martin, portal } = town;
    const [lea] = martin.children;
    await submit(martin, [booking(lea, thursday)]);
    portal.clock.moveTo(paris('2026-11-18 15:00'));
    expect((await cellOf(martin, lea, thursday))?.cancellation).to.include({
      timing: 'late',
      billedCents: 350,
    });
    const warned = await submit(martin, [], [cancellation(lea, thursday)]);
    expect(warned.body.lines[0]?.result).to.include({
      outcome: 'refused',
      code: 'RESERVATION.LATE_CANCELLATION_BILLED',
    });
    expect(warned.body.lines[0]?.result.message).to.include('3,50\u00a0€ restent facturés');
    const done = await submit(martin, [], [cancellation(lea, thursday, true)]);
    expect(done.body.lines[0]?.result).to.include({
      outcome: 'cancelled',
      timing: 'late',
      billedCents: 350,
    });
  });

  it('gives places back before it takes others: a sister may take her brother’s', async () => {
    const { martin } = town;
    const [lea, hugo] = martin.children;
    await submit(martin, [booking(lea, thursday)]);
    const { body } = await submit(martin, [booking(hugo, thursday)], [cancellation(lea, thursday)]);
    expect(body.lines.map(({ act, result }) => [act, result.outcome])).to.deep.equal([
      ['cancel', 'cancelled'],
      ['reserve', 'accepted'],
    ]);
  });

  it('lets staff accept or refuse what awaits them, and the family reads why', async () => {
    const { martin, agent, portal } = town;
    const [lea, hugo] = martin.children;
    const { body } = await submit(martin, [
      { ...booking(lea, wednesday, 'mercredi'), note: 'Sans porc,\nmerci.' },
      booking(hugo, wednesday, 'mercredi'),
    ]);
    const [first = '', second = ''] = body.lines.map(({ result }) => result.reservationId);
    await portal.settled();
    const queue = await agent.get<{ total: number; bookings: { reservationId: string }[] }>(
      '/api/validation-queue',
    );
    expect(queue.body.total).to.equal(2);
    const ids = queue.body.bookings.map(({ reservationId }) => reservationId);
    expect(ids).to.have.members([first, second]);

    const session = `/api/sessions/mercredi/${wednesday}`;
    const accepted = await agent.post(`${session}/reservations/${first}/validation`);
    expect(accepted.body).to.deep.equal({ reservationId: first, status: 'confirmed' });
    const refused = await agent.post(`${session}/reservations/${second}/refusal`, {
      reason: 'Le groupe sort ce jour-là.',
    });
    expect(refused.body).to.deep.equal({ reservationId: second, status: 'refused' });

    expect((await cellOf(martin, lea, wednesday))?.standing).to.include({ status: 'confirmed' });
    expect((await cellOf(martin, hugo, wednesday))?.standing).to.include({
      status: 'refused',
      refusal: 'Le groupe sort ce jour-là.',
    });
    const again = await agent.refused('POST', `${session}/reservations/${first}/refusal`, {
      reason: 'Trop tard.',
    });
    expect(again).to.include({ status: 409, code: 'RESERVATION.NOT_AWAITING' });
    expect(again.detail).to.include('elle est déjà acceptée');
  });

  it('lets staff book for a family', async () => {
    const { martin, agent } = town;
    const [lea] = martin.children;
    const { body } = await agent.post<ReceiptBody>(`/api/families/${martin.familyId}/submissions`, {
      book: [booking(lea, thursday)],
      cancel: [],
    });
    expect(body.lines[0]?.result).to.include({ outcome: 'accepted' });
  });

  it('tells the other household of a child as such, and never names it', async () => {
    const { martin, petit, agent } = town;
    const [lea] = martin.children;
    await agent.post(`/api/children/${lea}/families`, { familyId: petit.familyId });
    await submit(petit, [booking(lea, thursday)]);
    expect((await cellOf(martin, lea, thursday))?.standing).to.include({
      status: 'confirmed',
      bookedBy: 'otherHousehold',
    });
    const { body } = await martin.api.get(`/api/families/${martin.familyId}/agenda?month=2026-11`);
    expect(JSON.stringify(body)).to.not.include(petit.familyId);
  });

  it('keeps a family out of another family’s everything', async () => {
    const { martin, petit } = town;
    const theirs = `/api/families/${petit.familyId}`;
    const nobodys = '/api/families/no-such-family';
    for (const base of [theirs, nobodys]) {
      expect(await martin.api.refused('GET', `${base}/agenda?month=2026-11`)).to.include({
        status: 403,
        code: 'ACCESS.DENIED',
      });
      const denied = await martin.api.refused('POST', `${base}/submissions`, {
        book: [booking(petit.children[0], thursday)],
        cancel: [],
      });
      expect(denied).to.include({ status: 403, code: 'ACCESS.DENIED' });
    }
    // Another family's child is told as a child that does not exist.
    const { body } = await submit(martin, [
      booking(petit.children[0], thursday),
      booking('no-such-child', thursday),
    ]);
    const [known, unknown] = body.lines.map(({ result }) => result);
    expect(known).to.deep.equal(unknown);
    expect(known).to.include({ code: 'RESERVATION.NOT_YOUR_CHILD' });
  });

  it('keeps families out of what staff do', async () => {
    const { martin } = town;
    for (const path of [
      '/api/sessions?date=2026-11-19',
      '/api/sessions/cantine/2026-11-19',
      '/api/validation-queue',
      '/api/projections',
    ])
      expect(await martin.api.refused('GET', path)).to.include({ status: 403 });
    for (const path of [
      '/api/families',
      `/api/families/${martin.familyId}/children`,
      `/api/children/${martin.children[0]}/enrolments`,
      `/api/children/${martin.children[0]}/families`,
      '/api/activities',
      '/api/activities/cantine/terms',
      '/api/sessions/cantine/2026-11-19/closure',
      '/api/sessions/cantine/2026-11-19/reservations/r-1/validation',
      '/api/sessions/cantine/2026-11-19/reservations/r-1/refusal',
      '/api/projections/agenda/rebuild',
    ])
      expect(await martin.api.refused('POST', path, {}), path).to.include({ status: 403 });
  });

  it('tells staff of a family that does not exist', async () => {
    const problem = await town.agent.refused('GET', '/api/families/nobody/agenda?month=2026-11');
    expect(problem).to.include({ status: 404, code: 'FAMILY.UNKNOWN' });
  });

  it('refuses a sending of no day, or of too many', async () => {
    const { martin } = town;
    const path = `/api/families/${martin.familyId}/submissions`;
    expect(await martin.api.refused('POST', path, { book: [], cancel: [] })).to.include({
      status: 422,
      code: 'RECEIPT.EMPTY',
    });
    const days = (count: number) => Array.from({ length: count }, () => booking('c', thursday));
    const many = {
      book: days(300),
      cancel: days(300).map((day) => ({ ...day, acceptsBilling: true })),
    };
    expect(await martin.api.refused('POST', path, many)).to.include({
      status: 422,
      code: 'SUBMISSION.TOO_LONG',
    });
  });

  it('shows an erased child as such, and writes nothing more about it', async () => {
    const { martin, portal } = town;
    const [lea] = martin.children;
    await submit(martin, [booking(lea, thursday)]);
    await portal.vault.forget(lea as Parameters<typeof portal.vault.forget>[0]);
    const { body } = await martin.api.get<{ children: { firstName: string }[] }>(
      `/api/families/${martin.familyId}/agenda?month=2026-11`,
    );
    expect(body.children[0]?.firstName).to.equal('[effacé]');
    const problem = await martin.api.refused(
      'POST',
      `/api/families/${martin.familyId}/submissions`,
      { book: [{ ...booking(lea, '2026-11-20'), note: 'Un mot.' }], cancel: [] },
    );
    expect(problem).to.include({ status: 410, code: 'SUBJECT.ERASED' });
  });
});
