import { expect } from 'chai';
import { apiClient } from '../../support/apiClient.ts';
import {
  apiTown,
  booking,
  cancellation,
  definition,
  type ApiTown,
  type ReceiptBody,
} from '../../support/apiTown.ts';
import { paris } from '../../support/townFacts.ts';
import { everythingIn } from '../../support/storeDoubles.ts';

const thursday = '2026-11-19';
const friday = '2026-11-20';

describe('a request that comes again', () => {
  let town: ApiTown;
  beforeEach(async () => {
    town = await apiTown();
  });
  afterEach(() => town.close());

  const submit = (family: ApiTown['martin'], key: string | undefined, date = thursday) =>
    family.api.post<ReceiptBody>(
      `/api/families/${family.familyId}/submissions`,
      { book: [booking(family.children[0], date)], cancel: [] },
      key === undefined ? {} : { 'idempotency-key': key },
    );
  const stored = async () => (await everythingIn(town.portal.services.events)).length;

  it('answers with the same receipt and does nothing more', async () => {
    const first = await submit(town.martin, 'k-1');
    const events = await stored();
    town.portal.clock.advance(60_000);
    const second = await submit(town.martin, 'k-1');
    expect(second.status).to.equal(201);
    expect(second.body).to.deep.equal(first.body);
    expect(await stored()).to.equal(events);
  });

  it('is the same request whether its key is quoted or not', async () => {
    const first = await submit(town.martin, 'k-1');
    const second = await submit(town.martin, '"k-1"');
    expect(second.body).to.deep.equal(first.body);
  });

  it('is the same request however its address is written', async () => {
    const { martin } = town;
    const body = { book: [booking(martin.children[0], thursday)], cancel: [] };
    const key = { 'idempotency-key': 'k-1' };
    const first = await submit(martin, 'k-1');
    const encoded = `%${martin.familyId.charCodeAt(0).toString(16)}${martin.familyId.slice(1)}`;
    for (const path of [`${martin.familyId}/submissions/`, `${encoded}/submissions`]) {
      const again = await martin.api.post(`/api/families/${path}`, body, key);
      expect(again.body).to.deep.equal(first.body);
    }
  });

  it('is one request when it comes twice at once', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => submit(town.martin, 'k-1')));
    for (const { status, body } of answers) {
      expect(status).to.equal(201);
      expect(body).to.deep.equal(answers[0]?.body);
    }
    expect(answers[0]?.body.lines[0]?.result).to.include({ outcome: 'accepted' });
    const types = (await everythingIn(town.portal.services.events)).map(({ type }) => type);
    expect(types.filter((type) => type === 'ReservationConfirmed')).to.have.length(1);
    expect(types.filter((type) => type === 'ReceiptIssued')).to.have.length(1);
  });

  it('is another request without a key: the place stays, the receipt is a new one', async () => {
    const first = await submit(town.martin, undefined);
    const second = await submit(town.martin, undefined);
    expect(second.body.receiptId).to.not.equal(first.body.receiptId);
    expect(second.body.lines[0]?.result).to.deep.equal(first.body.lines[0]?.result);
  });

  it('is refused when it asks for something else under the same key', async () => {
    await submit(town.martin, 'k-1');
    const events = await stored();
    const other = await submit(town.martin, 'k-1', friday);
    expect(other.status).to.equal(422);
    expect(other.body).to.include({ code: 'REQUEST.KEY_REUSED' });
    expect(await stored()).to.equal(events);
  });

  it('is another request under another person’s key of the same text', async () => {
    const first = await submit(town.martin, 'k-1');
    const others = await submit(town.petit, 'k-1');
    expect(others.body.receiptId).to.not.equal(first.body.receiptId);
    // The second guardian of one family is another person too.
    const second = { ...town.martin.guardian, actor: { kind: 'guardian', id: 'g-other' } } as const;
    const api = apiClient(town.portal.url, town.portal.as(second));
    const theirs = await submit({ ...town.martin, api }, 'k-1', friday);
    expect(theirs.status).to.equal(201);
    expect(theirs.body.lines[0]).to.include({ date: friday });
  });

  it('is another request at another address', async () => {
    const key = { 'idempotency-key': 'k-1' };
    const { agent, martin, petit } = town;
    const child = { firstName: 'Noé', lastName: 'Martin', birthDate: '2020-01-31' };
    const here = await agent.post<{ childId: string }>(
      `/api/families/${martin.familyId}/children`,
      child,
      key,
    );
    const there = await agent.post<{ childId: string }>(
      `/api/families/${petit.familyId}/children`,
      child,
      key,
    );
    expect(there.body.childId).to.not.equal(here.body.childId);
  });

  it('finds the family and the child that it made the first time', async () => {
    const { agent } = town;
    const key = { 'idempotency-key': 'k-1' };
    const family = {
      resident: false,
      address: '1, rue du Pont',
      guardians: [{ firstName: 'Inès', lastName: 'Roux', email: 'ines@example.org' }],
    };
    const first = await agent.post<{ familyId: string }>('/api/families', family, key);
    const second = await agent.post('/api/families', family, key);
    expect(second.body).to.deep.equal(first.body);
    const moved = { ...family, address: '2, rue du Pont' };
    expect(await agent.refused('POST', '/api/families', moved, key)).to.include({
      status: 422,
      code: 'REQUEST.KEY_REUSED',
    });

    const path = `/api/families/${first.body.familyId}/children`;
    const child = { firstName: 'Noé', lastName: 'Roux', birthDate: '2020-02-29' };
    const born = await agent.post(path, child, key);
    expect((await agent.post(path, child, key)).body).to.deep.equal(born.body);
    const renamed = { ...child, firstName: 'Zoé' };
    expect(await agent.refused('POST', path, renamed, key)).to.include({
      code: 'REQUEST.KEY_REUSED',
    });
  });

  describe('asks for something else under the same key', () => {
    const wednesday = '2026-11-18';
    const key = { 'idempotency-key': 'k-1' };

    /** Sends one request, itself again, then another under the same key: refused, and nothing written. */
    const refusedAfter = async (path: string, first: object, other: object) => {
      const { agent } = town;
      const done = await agent.post(path, first, key);
      expect(done.status, JSON.stringify(done.body)).to.be.below(300);
      const events = await stored();
      const reordered = Object.fromEntries(Object.entries(first).reverse());
      const again = await agent.post(path, reordered, key);
      expect(again.status).to.equal(done.status);
      expect(again.body).to.deep.equal(done.body);
      const refused = await agent.refused('POST', path, other, key);
      expect(refused).to.include({ status: 422, code: 'REQUEST.KEY_REUSED' });
      expect(await stored()).to.equal(events);
    };

    it('a refusal with another sentence', async () => {
      const { martin } = town;
      const { body } = await martin.api.post<ReceiptBody>(
        `/api/families/${martin.familyId}/submissions`,
        { book: [booking(martin.children[0], wednesday, 'mercredi')], cancel: [] },
      );
      const id = body.lines[0]?.result.reservationId ?? '';
      const path = `/api/sessions/mercredi/${wednesday}/reservations/${id}/refusal`;
      await refusedAfter(path, { reason: 'Premier' }, { reason: 'Second' });
    });

    it('a closure with another reason', async () => {
      const path = `/api/sessions/mercredi/${wednesday}/closure`;
      await refusedAfter(path, { reason: 'Grève' }, { reason: 'Neige' });
    });

    it('an enrolment without its end, or in another activity', async () => {
      const { martin, supervisor } = town;
      await supervisor.post('/api/activities', definition('poney'));
      await supervisor.post('/api/activities', definition('judo'));
      const path = `/api/children/${martin.children[0]}/enrolments`;
      const poney = { activityId: 'poney', from: '2026-12-01', to: '2026-12-31' };
      await refusedAfter(path, poney, { activityId: 'poney', from: '2026-12-01' });
      const judo = await town.agent.refused('POST', path, { ...poney, activityId: 'judo' }, key);
      expect(judo).to.include({ status: 422, code: 'REQUEST.KEY_REUSED' });
    });

    it('another second household', async () => {
      const { martin, petit, agent } = town;
      const third = await agent.post<{ familyId: string }>('/api/families', {
        resident: true,
        address: '3, rue du Pont',
        guardians: [{ firstName: 'Inès', lastName: 'Roux', email: 'ines@example.org' }],
      });
      const path = `/api/children/${martin.children[0]}/families`;
      await refusedAfter(path, { familyId: petit.familyId }, { familyId: third.body.familyId });
    });

    it('a sending with other consents, or another word', async () => {
      const { martin, portal } = town;
      await submit(martin, 'booked');
      portal.clock.moveTo(paris('2026-11-18 09:00'));
      const path = `/api/families/${martin.familyId}/submissions`;
      const [lea, hugo] = martin.children;
      const late = (accepts: boolean) => ({
        book: [],
        cancel: [cancellation(lea, thursday, accepts)],
      });
      const warned = await martin.api.post<ReceiptBody>(path, late(false), key);
      expect(warned.body.lines[0]?.result).to.include({
        code: 'RESERVATION.LATE_CANCELLATION_BILLED',
      });
      expect(await martin.api.refused('POST', path, late(true), key)).to.include({
        status: 422,
        code: 'REQUEST.KEY_REUSED',
      });
      const said = (note: string) => ({
        book: [{ ...booking(hugo, '2026-11-25', 'mercredi'), note }],
        cancel: [],
      });
      const word = { 'idempotency-key': 'k-2' };
      await martin.api.post(path, said('Son grand-père viendra.'), word);
      expect(await martin.api.refused('POST', path, said('Sa tante viendra.'), word)).to.include({
        code: 'REQUEST.KEY_REUSED',
      });
      expect((await martin.api.post(path, said('Son grand-père viendra.'), word)).status).to.equal(
        201,
      );
    });
  });

  it('needs a key of 1 to 255 printable characters', async () => {
    const path = `/api/families/${town.martin.familyId}/submissions`;
    const body = { book: [booking(town.martin.children[0], thursday)], cancel: [] };
    for (const key of ['""', '"a', 'a b', 'x'.repeat(256), 'cl\u00e9', '"a\\b"']) {
      const problem = await town.martin.api.refused('POST', path, body, { 'idempotency-key': key });
      expect(problem.errors, key).to.deep.equal([
        {
          in: 'header',
          field: 'Idempotency-Key',
          message: 'Écrivez une clé de 1 à 255 caractères imprimables.',
        },
      ]);
    }
    for (const key of ['x'.repeat(255), '"a key"', '"\\"\\\\"', '~!'])
      expect((await submit(town.martin, key)).status, key).to.equal(201);
  });
});
