import { expect } from 'chai';
import fc from 'fast-check';
import { csvOf } from '../../../src/interfaces/web/csv.ts';
import { agent, booking, definition, supervisor, wednesdays } from '../../support/apiTown.ts';
import { tagsOf } from '../../support/htmlFacts.ts';
import { openPage, webTown, type WebTown } from '../../support/webTown.ts';

const queue = '/agents/validation';

/** What a spreadsheet reads. */
function parsed(csv: string): string[][] {
  const rows: string[][] = [[]];
  const cells = /(?:"((?:[^"]|"")*)"|([^;\r\n"]*))(;|\r\n)/gy;
  cells.lastIndex = 1;
  for (let cell = cells.exec(csv); cell; cell = cells.exec(csv)) {
    rows.at(-1)?.push(cell[1]?.replaceAll('""', '"') ?? cell[2] ?? '');
    if (cell[3] === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

describe('a table as CSV', () => {
  it('is UTF-8 that says so, with semicolons, and reads as it was written', () => {
    const csv = csvOf(
      ['Nom', 'Places'],
      [
        ['Zoé ; « la "petite" »\nsœur', 3],
        [undefined, -2],
      ],
    );
    expect(csv.startsWith('\ufeffNom;Places\r\n')).to.equal(true);
    expect(parsed(csv).slice(1)).to.deep.equal([
      ['Zoé ; « la "petite" »\nsœur', '3'],
      ['', '-2'],
    ]);
  });

  it('never holds a formula, whatever the text', () => {
    const head = fc.constantFrom('=', '+', '-', '@', '\t', '\r', ' =', '\n=', '\u00a0+', '＝');
    fc.assert(
      fc.property(head, fc.string(), (start, rest) => {
        const [, [cell = ''] = []] = parsed(csvOf(['a'], [[`${start}${rest}`]]));
        expect(cell).to.equal(`'${start}${rest}`);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const [, [cell = ''] = []] = parsed(csvOf(['a'], [[text]]));
        expect([text, `'${text}`]).to.include(cell);
      }),
    );
  });
});

describe('the tables of staff, as files', () => {
  let town: WebTown;
  before(async () => {
    town = await webTown();
    const { familyId } = town.martin;
    const { body } = await town.agent.post<{ childId: string }>(
      `/api/families/${familyId}/children`,
      { firstName: '=cmd()', lastName: 'Martin', birthDate: '2018-05-02' },
    );
    await town.supervisor.post('/api/activities', definition('soir', wednesdays));
    for (const activityId of ['mercredi', 'soir'])
      await town.agent.post(`/api/children/${body.childId}/enrolments`, {
        activityId,
        from: '2026-09-01',
      });
    const [lea] = town.martin.children;
    await town.martin.api.post(`/api/families/${familyId}/submissions`, {
      book: [
        { ...booking(lea, '2026-11-25', 'mercredi'), note: 'Mot secret.' },
        booking(body.childId, '2026-12-02', 'mercredi'),
        booking(body.childId, '2026-12-02', 'soir'),
      ],
      cancel: [],
    });
    await town.portal.settled();
  });
  after(() => town.close());

  const file = (path: string, who = agent) =>
    fetch(town.portal.url + path, { headers: town.portal.inBrowser(who), redirect: 'manual' });
  /** The file behind the link of a page. */
  const linked = async (page: string): Promise<string[][]> => {
    const { html } = await openPage(town, page, agent);
    const [link] = tagsOf(html).filter(({ attributes }) => 'download' in attributes);
    const answer = await file(link!.attributes['href']!);
    expect(answer.status).to.equal(200);
    // `text()` would take the mark at the start for itself.
    return parsed(new TextDecoder('utf-8', { ignoreBOM: true }).decode(await answer.arrayBuffer()));
  };

  it('hold the queue, or the part of it that is listed, without the families’ words', async () => {
    const [heads, ...rows] = await linked(queue);
    expect(heads?.slice(0, 6)).to.deep.equal([
      'Séance',
      'Début',
      'Activité',
      'Lieu',
      'Nom',
      'Prénom',
    ]);
    expect(rows).to.have.length(3);
    expect(rows[0]).to.deep.equal([
      '2026-11-25',
      '12:00',
      'Activité mercredi',
      'École Jules-Ferry',
      'Martin',
      'Léa',
      '8',
      '2026-11-16 10:00',
      'À valider',
    ]);
    expect(rows[1]?.[5]).to.equal("'=cmd()");
    expect(rows.flat().join()).not.to.include('secret');
    const part = await linked(`${queue}?pour=soir`);
    expect(part.slice(1).map((row) => row[2])).to.deep.equal(['Activité soir']);
  });

  it('hold the sessions of a day, as they are sorted and filtered', async () => {
    const [heads, ...rows] = await linked('/agents/seances?jour=2026-11-25&tri=attente&sens=desc');
    expect(heads?.at(-1)).to.equal('État');
    expect(rows.map((row) => row[3]).sort()).to.deep.equal(['Activité mercredi', 'Activité soir']);
    expect(rows[0]?.slice(0, 4)).to.deep.equal([
      '2026-11-25',
      '12:00',
      '13:30',
      'Activité mercredi',
    ]);
    expect(rows[0]?.at(-1)).to.equal('Ouverte');
  });

  it('are kept by no cache, saved under a name, and for staff alone', async () => {
    for (const [path, name] of [
      [`${queue}.csv`, 'reservations-a-valider.csv'],
      ['/agents/seances.csv?jour=2026-11-25', 'seances-2026-11-25.csv'],
    ] as const) {
      const { headers } = await file(path, supervisor);
      expect(headers.get('content-type')).to.equal('text/csv; charset=utf-8');
      expect(headers.get('cache-control')).to.equal('no-store');
      expect(headers.get('content-disposition')).to.equal(`attachment; filename="${name}"`);
      expect((await file(path, town.martin.guardian)).status).to.equal(403);
      const nobody = await fetch(town.portal.url + path, { redirect: 'manual' });
      expect(nobody.status).to.equal(303);
    }
  });
});
