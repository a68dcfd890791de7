import { expect } from 'chai';
import { projectionsBehind } from '../../../src/application/projections/eventsBehind.ts';
import { PrometheusMetrics } from '../../../src/infrastructure/metrics/prometheusMetrics.ts';
import { requestMetrics } from '../../../src/interfaces/http/requestMetrics.ts';
import { agent } from '../../support/apiTown.ts';
import { startTestPortal, type TestPortal } from '../../support/testPortal.ts';
import { webTown, openPage } from '../../support/webTown.ts';

const token = 'un-jeton-de-surveillance';

const measured = () => {
  let metrics: PrometheusMetrics | undefined;
  return {
    mountFirst: ((app, services) => {
      metrics = new PrometheusMetrics({ projections: async () => projectionsBehind(services) });
      app.use(requestMetrics({ metrics, token, ids: services.ids }));
    }) satisfies NonNullable<Parameters<typeof startTestPortal>[0]>['mountFirst'],
  };
};

const scrape = async (url: string): Promise<string> => {
  const response = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  expect(response.status).to.equal(200);
  expect(response.headers.get('content-type')).to.match(/^text\/plain; version=0\.0\.4/);
  return response.text();
};

const requestsIn = (text: string): string[] =>
  text.split('\n').filter((line) => line.startsWith('portail_http_requests_total{'));

describe('what a monitoring server reads', () => {
  describe('of a portal with a token', () => {
    let portal: TestPortal;
    before(async () => {
      portal = await startTestPortal(measured());
    });
    after(() => portal.close());

    it('is for those who carry the token alone', async () => {
      for (const authorization of [undefined, 'Bearer non', `Basic ${token}`, `Bearer ${token}x`]) {
        const headers: Record<string, string> = authorization ? { authorization } : {};
        const response = await fetch(`${portal.url}/metrics`, { headers });
        expect(response.status, authorization).to.equal(401);
        expect(response.headers.get('www-authenticate')).to.equal('Bearer realm="metrics"');
        expect(await response.text()).to.not.contain('portail_');
      }
      const signedIn = await fetch(`${portal.url}/metrics`, { headers: portal.as(agent) });
      expect(signedIn.status).to.equal(401);
      await scrape(portal.url);
    });

    it('counts requests by pattern, never by address', async () => {
      const headers = portal.as(agent);
      const ask = (path: string) =>
        fetch(portal.url + path, { headers, redirect: 'manual' }).then((answer) => answer.text());
      for (let index = 0; index < 20; index += 1) {
        await ask(`/api/activities/poney-${index}`);
        await ask(`/nulle-part-${index}`);
        await ask(`/api/nulle-part/${index}`);
      }
      const text = await scrape(portal.url);
      expect(text).to.not.match(/poney|nulle-part/);
      const lines = requestsIn(text);
      expect(lines).to.include(
        'portail_http_requests_total{method="GET",route="/api/activities/{activityId}",status="404"} 20',
      );
      expect(lines).to.include(
        'portail_http_requests_total{method="GET",route="other",status="404"} 40',
      );
      expect(text).to.contain(
        'portail_http_request_seconds_count{method="GET",route="/api/activities/{activityId}"} 20',
      );
    });

    it('tells how far each projection is, and how the process does', async () => {
      await portal.settled();
      const text = await scrape(portal.url);
      expect(text).to.contain('portail_projections_answer 1');
      expect(text).to.contain('portail_projection_lag_events{projection="agenda"} 0');
      expect(text).to.contain('portail_projection_state{projection="agenda",state="running"} 1');
      expect(text).to.contain('process_resident_memory_bytes');
    });
  });

  it('is an unknown address without a token', async () => {
    const town = await webTown();
    try {
      expect((await openPage(town, '/metrics', agent)).status).to.equal(404);
    } finally {
      await town.close();
    }
  });

  it('counts pages by pattern too, and is another portal’s own', async () => {
    const [town, other] = [await webTown(measured()), await startTestPortal(measured())];
    try {
      await openPage(town, '/agents/seances/cantine/2026-11-24/fermeture', agent);
      expect(requestsIn(await scrape(town.portal.url)).join('\n')).to.contain(
        'route="/agents/seances/{activityId}/{date}/fermeture",status="200"} 1',
      );
      expect(requestsIn(await scrape(other.url)).join('\n')).to.not.contain('seances');
    } finally {
      await town.close();
      await other.close();
    }
  });
});
