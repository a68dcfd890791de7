import { expect } from 'chai';
import fc from 'fast-check';
import { apiTown, booking, type ApiTown } from '../../support/apiTown.ts';
import { everythingIn } from '../../support/storeDoubles.ts';

const thursday = '2026-11-19';

describe('bad input', () => {
  let town: ApiTown;
  let path: string;
  let lea: string;
  let stored: number;
  before(async () => {
    town = await apiTown();
    path = `/api/families/${town.martin.familyId}/submissions`;
    [lea] = town.martin.children;
    stored = (await everythingIn(town.portal.services.events)).length;
  });
  after(async () => {
    expect(await everythingIn(town.portal.services.events)).to.have.length(stored);
    await town.close();
  });

  const refused = (body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    town.martin.api.refused('POST', path, body, headers);
  /** The fields found at fault when one booking is asked for. */
  const faultsOf = async (book: unknown): Promise<string[]> => {
    const problem = await refused({ book, cancel: [] });
    expect(problem).to.include({ status: 400, code: 'REQUEST.INVALID' });
    return (problem.errors ?? []).map(({ field }) => field);
  };

  it('is refused when it is no JSON', async () => {
    for (const text of ['', '{', '{"book":', 'null null', "{'a':1}", '\ufeff', 'NaN', '\u0000'])
      expect(await refused(text), JSON.stringify(text)).to.include({
        status: 400,
        code: 'REQUEST.MALFORMED_JSON',
      });
  });

  it('is refused when it is no UTF-8', async () => {
    const response = await fetch(town.portal.url + path, {
      method: 'POST',
      headers: { ...town.portal.as(town.martin.guardian), 'content-type': 'application/json' },
      body: Buffer.from('{"book":[],"cancel":[],"\xe9":1}', 'latin1'),
    });
    expect(response.status).to.equal(400);
    expect(await response.json()).to.include({ code: 'REQUEST.MALFORMED_JSON' });
  });

  it('is refused when it is JSON, but no object', async () => {
    for (const body of ['null', '1', '"text"', 'true', '[]', '[{}]']) {
      const problem = await refused(body);
      expect(problem, body).to.include({ status: 400, code: 'REQUEST.INVALID' });
      expect(problem.errors).to.deep.equal([
        { in: 'body', field: '', message: 'Envoyez un objet JSON.' },
      ]);
    }
  });

  it('is refused in another type than JSON in UTF-8', async () => {
    const body = JSON.stringify({ book: [booking(lea, thursday)], cancel: [] });
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/json; charset=iso-8859-1',
      'application/jsonp',
      'text/json, application/json',
    ])
      expect(await refused(body, { 'content-type': type }), type).to.include({
        status: 415,
        code: 'REQUEST.UNSUPPORTED_TYPE',
      });
    expect(await refused(body, { 'content-encoding': 'gzip' })).to.include({ status: 415 });
  });

  it('is refused without a type', async () => {
    const response = await fetch(town.portal.url + path, {
      method: 'POST',
      headers: town.portal.as(town.martin.guardian),
      body: Buffer.from('{}'),
    });
    expect(response.status).to.equal(415);
  });

  it('is told every fault at once, each at its place, in French', async () => {
    const problem = await refused({
      book: [{ childId: '../etc', activityId: 'Cantine', date: '2027-02-29', note: 7 }, {}],
      cancel: [{ ...booking(lea, thursday), acceptsBilling: 'yes' }],
      extra: 1,
    });
    expect(problem.errors?.map(({ field }) => field)).to.have.members([
      '/extra',
      '/book/0/childId',
      '/book/0/activityId',
      '/book/0/date',
      '/book/0/note',
      '/book/1/childId',
      '/book/1/activityId',
      '/book/1/date',
      '/cancel/0/acceptsBilling',
    ]);
    for (const { message } of problem.errors ?? []) {
      expect(message).to.match(/^[A-ZÉ].*\.$/);
      expect(message).to.not.match(/must|should|property|each value| [:;?!»]|« /);
    }
  });

  it('refuses fields that nobody expects, also those that every object has', async () => {
    for (const name of [
      'x',
      'extra',
      'toString',
      'hasOwnProperty',
      'constructor',
      '__proto__',
      '__defineGetter__',
      'then',
      '',
      'a/b~c',
    ]) {
      const inside = `{"book":[],"cancel":[],${JSON.stringify(name)}:{"admin":true}}`;
      const problem = await refused(inside);
      expect(problem, name).to.include({ status: 400, code: 'REQUEST.INVALID' });
      const pointer = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      expect(problem.errors?.map(({ field }) => field)).to.deep.equal([pointer]);
    }
    expect(await faultsOf([{ ...booking(lea, thursday), price: 0 }])).to.deep.equal([
      '/book/0/price',
    ]);
    expect(Object.prototype).to.not.have.property('admin');
  });

  it('refuses values of another type', async () => {
    for (const odd of [null, 1, true, '', ' ', [], {}, [lea], { $gt: '' }]) {
      const [book] = [[{ ...booking(lea, thursday), childId: odd }]];
      expect(await faultsOf(book), JSON.stringify(odd)).to.deep.equal(['/book/0/childId']);
    }
    for (const odd of [null, 'x', 1, { 0: booking(lea, thursday) }, [null], [1], [[]]])
      expect(await faultsOf(odd), JSON.stringify(odd)).to.deep.equal(['/book']);
    expect(await faultsOf([[booking(lea, thursday)]])).to.deep.equal(['/book']);
  });

  it('refuses ids that no id may be', async () => {
    for (const id of [
      '../secret',
      'a/b',
      'a\u0000',
      'A',
      'é',
      '-a',
      'a b',
      'a'.repeat(65),
      'a'.repeat(10_000),
      "'; drop",
    ])
      expect(await faultsOf([booking(id, thursday)]), id.slice(0, 20)).to.deep.equal([
        '/book/0/childId',
      ]);
  });

  it('refuses days that do not exist, or not in our time', async () => {
    for (const date of [
      '2027-02-29',
      '2026-13-01',
      '2026-00-10',
      '2026-11-31',
      '9999-01-01',
      '0001-01-01',
      '2026-11-19T12:00',
      '19/11/2026',
      '20261119',
      '2026-W47-4',
      ' 2026-11-19',
      '2026-11-19\n',
    ])
      expect(await faultsOf([booking(lea, date)]), date).to.deep.equal(['/book/0/date']);
    for (const month of ['2026-13', '2026-1', '9999-01', '2026-11-01', '', '2026-11%0A'])
      expect(
        await town.martin.api.refused(
          'GET',
          `/api/families/${town.martin.familyId}/agenda?month=${month}`,
        ),
        month,
      ).to.include({ status: 400, code: 'REQUEST.INVALID' });
  });

  it('refuses texts that are too long, empty, or that hide control characters', async () => {
    for (const note of ['', '  \n ', 'x'.repeat(501), 'a\u0000b', 'a\u001b[2J', '\ud800'])
      expect(
        await faultsOf([{ ...booking(lea, thursday), note }]),
        JSON.stringify(note.slice(0, 9)),
      ).to.deep.equal(['/book/0/note']);
  });

  it('refuses lists that are too long, shortly', async () => {
    const days = Array.from({ length: 401 }, () => booking(lea, thursday));
    expect(await faultsOf(days)).to.deep.equal(['/book']);
    const wrong = Array.from({ length: 400 }, () => ({}));
    expect(await faultsOf(wrong)).to.have.length(50);
  });

  it('refuses what is nested too deep', async () => {
    const deep = (levels: number) =>
      `{"book":${'['.repeat(levels)}${']'.repeat(levels)},"cancel":[]}`;
    expect((await refused(deep(30))).errors?.[0]?.message).to.equal(
      'Il y a trop de niveaux imbriqués.',
    );
    expect(await refused(deep(120_000))).to.include({ status: 400 });
    expect(await refused('['.repeat(250_000))).to.include({ code: 'REQUEST.MALFORMED_JSON' });
  });

  it('refuses parameters that nobody expects, or given twice', async () => {
    const agenda = `/api/families/${town.martin.familyId}/agenda`;
    const cases = {
      [`${agenda}?month=2026-11&page=2`]: ['page'],
      [`${agenda}?month=2026-11&month=2026-12`]: ['month'],
      [`${agenda}?month[]=2026-11`]: ['month[]', 'month'],
      [`${agenda}?month=2026-11&__proto__=1`]: ['__proto__'],
      [`${agenda}?month=2026-11&childId=../x`]: ['childId'],
      [agenda]: ['month'],
      '/api/activities?x=1': ['x'],
    };
    for (const [address, fields] of Object.entries(cases)) {
      const problem = await town.martin.api.refused('GET', address);
      expect(
        problem.errors?.map(({ field }) => field),
        address,
      ).to.deep.equal(fields);
    }
  });

  it('refuses addresses that hold no id', async () => {
    const { agent } = town;
    for (const id of ['..%2f..%2fetc', 'A', 'a%00', 'x'.repeat(1_000), 'a%20b', 'caf%C3%A9'])
      expect(await agent.refused('GET', `/api/families/${id}/agenda?month=2026-11`), id).to.include(
        {
          status: 400,
          code: 'REQUEST.INVALID',
        },
      );
    for (const day of ['2027-02-29', 'today', '2026-11-19%0a'])
      expect(await agent.refused('GET', `/api/sessions/cantine/${day}`), day).to.include({
        code: 'REQUEST.INVALID',
      });
    expect(await agent.refused('GET', '/api/activities/%ff')).to.include({
      status: 400,
      code: 'REQUEST.INVALID',
    });
  });

  it('never makes the portal fail, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), fc.jsonValue(), async (book, more) => {
        const response = await town.martin.api.post(path, { book, cancel: [], more });
        expect(response.status).to.equal(400);
      }),
      { numRuns: 60 },
    );
    expect(town.portal.lines.filter(({ level }) => level === 'error')).to.deep.equal([]);
  });
});
