import { expect } from 'chai';
import { sessionTokenIn } from '../../../src/interfaces/http/authentication.ts';
import { agent, apiTown, booking, type ApiTown } from '../../support/apiTown.ts';
import { startTestPortal } from '../../support/testPortal.ts';

describe('who asks', () => {
  let town: ApiTown;
  let path: string;
  let body: string;
  before(async () => {
    town = await apiTown();
    path = `${town.portal.url}/api/families/${town.martin.familyId}/submissions`;
    body = JSON.stringify({ book: [booking(town.martin.children[0], '2026-11-19')], cancel: [] });
  });
  after(() => town.close());

  const post = async (headers: Readonly<Record<string, string>>) => {
    const type = { 'content-type': 'application/json' };
    const response = await fetch(path, { method: 'POST', headers: { ...type, ...headers }, body });
    const { code } = (await response.json()) as { code?: string };
    return { status: response.status, code, headers: response.headers };
  };
  const browser = () => town.portal.inBrowser(town.martin.guardian);
  const cookie = () => ({ cookie: browser()['cookie'] ?? '' });

  it('is told to sign in without a token, or with one that is not good', async () => {
    const { authorization } = town.portal.as(town.martin.guardian);
    for (const headers of [
      {},
      { authorization: 'Bearer' },
      { authorization: 'Bearer x.y' },
      { authorization: authorization.slice(0, -1) },
      { authorization: authorization.replace('Bearer', 'Basic') },
      { cookie: 'session=x.y' },
      { cookie: 'other=1' },
    ]) {
      const answer = await post(headers);
      expect(answer, JSON.stringify(headers)).to.include({ status: 401, code: 'ACCESS.SIGN_IN' });
      expect(answer.headers.get('www-authenticate')).to.equal('Bearer realm="portail"');
    }
  });

  it('is told to sign in again once the token has expired', async () => {
    const portal = await startTestPortal();
    try {
      const headers = portal.as(agent);
      const read = () => fetch(`${portal.url}/api/activities`, { headers });
      expect((await read()).status).to.equal(200);
      portal.clock.advance(366 * 24 * 3_600_000);
      expect((await read()).status).to.equal(401);
    } finally {
      await portal.close();
    }
  });

  it('may write with the cookie from a page of the portal', async () => {
    expect(await post(browser())).to.include({ status: 201 });
    const { origin } = new URL(path);
    expect(await post({ ...cookie(), origin })).to.include({ status: 201 });
  });

  it('may not write with the cookie from elsewhere, nor from who knows where', async () => {
    for (const headers of [
      {},
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': '' },
      { 'sec-fetch-site': 'cross-site', origin: new URL(path).origin },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `${new URL(path).origin}.evil.example` },
    ])
      expect(await post({ ...cookie(), ...headers }), JSON.stringify(headers)).to.include({
        status: 403,
        code: 'ACCESS.CROSS_SITE',
      });
  });

  it('may not send a form with the cookie: only JSON', async () => {
    expect(await post({ ...browser(), 'content-type': 'text/plain' })).to.include({
      status: 415,
    });
  });

  it('may read with the cookie from anywhere: another site can’t see the answer', async () => {
    const response = await fetch(`${town.portal.url}/api/activities`, { headers: cookie() });
    expect(response.status).to.equal(200);
    expect(response.headers.get('access-control-allow-origin')).to.equal(null);
  });

  it('is who the token says, whatever the cookie says', async () => {
    const { authorization } = town.portal.as(town.petit.guardian);
    expect(await post({ ...browser(), authorization })).to.include({
      status: 403,
      code: 'ACCESS.DENIED',
    });
  });

  it('is known by a cookie bound to the host when the portal is reached over https', async () => {
    const portal = await startTestPortal({ secure: true });
    try {
      const headers = portal.inBrowser(agent);
      expect(headers['cookie']).to.match(/^__Host-session=/);
      const read = (cookieHeader: string) =>
        fetch(`${portal.url}/api/activities`, { headers: { cookie: cookieHeader } });
      expect((await read(headers['cookie'] ?? '')).status).to.equal(200);
      const bare = (headers['cookie'] ?? '').replace('__Host-', '');
      expect((await read(bare)).status).to.equal(401);
    } finally {
      await portal.close();
    }
  });

  it('finds its cookie among others, and takes the first', () => {
    expect(sessionTokenIn('a=1; session=x.y; b=2', 'session')).to.equal('x.y');
    expect(sessionTokenIn('session=1;session=2', 'session')).to.equal('1');
    expect(sessionTokenIn('xsession=1', 'session')).to.equal(undefined);
    expect(sessionTokenIn('session', 'session')).to.equal(undefined);
    expect(sessionTokenIn(undefined, 'session')).to.equal(undefined);
  });
});
