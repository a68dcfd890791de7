import { expect } from 'chai';
import { definition } from '../../support/apiTown.ts';
import { fieldsOf, read } from '../../support/htmlFacts.ts';
import { webTown, type WebTown } from '../../support/webTown.ts';

const thursday = '2026-11-26';
const christmas = '2026-12-25';

describe('the check page tells of every day that was ticked', () => {
  let town: WebTown;
  beforeEach(async () => {
    town = await webTown();
  });
  afterEach(() => town.close());

  const check = async (fields: readonly (readonly [string, string])[]): Promise<string> => {
    const body = new URLSearchParams(fields.map(([name, value]) => [name, value]));
    const page = await town.send('/reservations/verification', body, town.martin.guardian);
    return page.text();
  };
  const valuesOf = (html: string, name: string) =>
    fieldsOf(html, name).map(({ attributes }) => attributes['value']);

  it('also of a day without a session, with why it can’t be had', async () => {
    const [lea] = town.martin.children;
    const boxes = [thursday, christmas].map((date) => `${lea}|cantine|${date}`);
    const html = await check(boxes.map((box) => ['reserver', box]));
    expect(valuesOf(html, 'reserver')).to.deep.equal(boxes);
    expect(read(html)).to.include('Ne pourra pas être accepté').and.include('férié');
    expect(read(html)).to.include('Total pour 1 réservation');
  });

  it('also of an activity where the child is not enrolled', async () => {
    const [lea] = town.martin.children;
    await town.supervisor.post('/api/activities', definition('garderie'));
    const html = await check([['reserver', `${lea}|garderie|${thursday}`]]);
    expect(read(html)).to.include('n’est pas inscrit');
  });

  it('also of a place to give back that nobody holds', async () => {
    const [lea] = town.martin.children;
    const html = await check([['annuler', `${lea}|cantine|${thursday}`]]);
    expect(read(html)).to.include('Ne peut plus être annulé').and.include('n’existe pas, ou plus');
  });

  it('never of another family’s child', async () => {
    const stranger = '00000000-0000-7000-8000-000000000000';
    const html = await check([['reserver', `${stranger}|cantine|${thursday}`]]);
    expect(read(html)).to.include('Aucun jour n’est coché');
  });
});
