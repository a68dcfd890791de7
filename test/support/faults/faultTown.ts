import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Principal } from '../../../src/application/principal.ts';
import { asId } from '../../../src/domain/kernel/ids.ts';
import { addHours } from '../../../src/domain/kernel/parisTime.ts';
import { parseTown } from '../../../src/infrastructure/config/town.ts';
import { HmacTokens } from '../../../src/infrastructure/crypto/hmacTokens.ts';
import { MasterKey } from '../../../src/infrastructure/crypto/masterKey.ts';
import { sessionCookieName } from '../../../src/interfaces/http/authentication.ts';
import { defaultTown } from '../../../src/interfaces/web/townIdentity.ts';
import { openPortal, type Portal, type PortalOptions } from '../../../src/portal.ts';
import { group } from '../activityFacts.ts';
import { apiClient, type ApiClient } from '../apiClient.ts';
import { definition, wednesdays, type booking, type ReceiptBody } from '../apiTown.ts';
import { agent, supervisor } from '../commandSide.ts';
import { smallTownKey } from '../browser/smallTown.ts';
import { townCalendar } from '../townFacts.ts';
import { standsAt } from './townMoment.ts';
import { placesPerSession } from './townUnderLoad.ts';

/** What one portal wrote, the next one reads. */
export const faultKey = MasterKey.parse(smallTownKey);
export const metricsToken = 'jeton-des-mesures-du-banc';
/** Staff decide on Wednesdays. */
export const wednesday = '2026-11-25';

/** A data directory of its own, which `remove` removes. */
export function ownDirectory(): { readonly directory: string; readonly remove: () => void } {
  const parent = mkdtempSync(join(tmpdir(), 'portail-panne-'));
  return {
    directory: join(parent, 'data'),
    remove: () => rmSync(parent, { recursive: true, force: true }),
  };
}

/** The whole portal on the embedded stores of this directory. */
export const openFaultPortal = (
  directory: string,
  options: Pick<PortalOptions, 'clock' | 'log'>,
): Promise<Portal> =>
  openPortal({
    ...options,
    town: defaultTown,
    calendar: townCalendar(),
    configuration: {
      host: '127.0.0.1',
      port: 0,
      dataDirectory: directory,
      stores: { kind: 'embedded' },
      masterKey: faultKey,
      town: parseTown(JSON.stringify({ ...defaultTown, schoolZone: 'C' })),
      metricsToken,
      logLevel: 'silent',
    },
  });

export interface FaultFamily {
  readonly familyId: string;
  readonly children: readonly string[];
}

const tokens = new HmacTokens(faultKey.derive('session-tokens'));
const tokenOf = (who: Principal): string => tokens.issue(who, addHours(standsAt, 24 * 365));

/** A portal at an address, as its families and its staff reach it. */
export class FaultTown {
  constructor(
    private readonly url: string,
    readonly families: FaultFamily[] = [],
    /** What families have asked for, by child and day: true once they were told to have it. */
    readonly places = new Map<string, boolean>(),
  ) {}

  /** The same people, once their portal has started again. */
  movedTo(url: string): FaultTown {
    return new FaultTown(url, this.families, this.places);
  }

  at(path: string): string {
    return `${this.url}${path}`;
  }

  as(who: Principal = supervisor): ApiClient {
    return apiClient(this.url, this.signedIn(who));
  }

  signedIn(who: Principal): { readonly authorization: string } {
    return { authorization: `Bearer ${tokenOf(who)}` };
  }

  guardian({ familyId }: FaultFamily): Principal {
    const actor = { kind: 'guardian', id: `g-${familyId}` } as const;
    return { actor, familyId: asId('family', familyId) };
  }

  /** A page, as somebody sees it in a browser. */
  async page(path: string, who: Principal): Promise<{ status: number; html: string }> {
    const cookie = `${sessionCookieName(false)}=${tokenOf(who)}`;
    const answer = await fetch(this.at(path), { headers: { cookie }, redirect: 'manual' });
    return { status: answer.status, html: await answer.text() };
  }

  /** A canteen with few places, Wednesdays that staff decide, and families with two children in both. */
  async settle(families: number): Promise<void> {
    const groups = [group('tous', 2, 12, placesPerSession)];
    await this.as().post('/api/activities', definition('cantine', { groups }));
    await this.as().post('/api/activities', definition('mercredi', wednesdays));
    for (let n = 0; n < families; n += 1) this.families.push(await this.register(`Famille${n}`));
  }

  async register(lastName: string): Promise<FaultFamily> {
    const staff = this.as(agent);
    const { status, body } = await staff.post<{ familyId: string }>('/api/families', {
      resident: true,
      address: '12, allée des Tilleuls\n46000 Vallée-du-Lot',
      guardians: [{ firstName: 'Camille', lastName, email: 'camille@example.org' }],
    });
    expect(status, JSON.stringify(body)).to.equal(201);
    const { familyId } = body;
    const children: string[] = [];
    for (const firstName of ['Léa', 'Hugo']) {
      const child = await staff.post<{ childId: string }>(`/api/families/${familyId}/children`, {
        firstName,
        lastName,
        birthDate: '2018-05-02',
      });
      const { childId } = child.body;
      for (const activityId of ['cantine', 'mercredi'])
        await staff.post(`/api/children/${childId}/enrolments`, { activityId, from: '2026-09-01' });
      children.push(childId);
    }
    return { familyId, children };
  }

  /** Sends days of one family, as its guardian, under a key of its own. */
  send(
    family: FaultFamily,
    key: string,
    book: readonly (ReturnType<typeof booking> & { readonly note?: string })[],
    cancel: readonly unknown[] = [],
  ) {
    const path = `/api/families/${family.familyId}/submissions`;
    const headers = { 'idempotency-key': key };
    return this.as(this.guardian(family)).post<ReceiptBody>(path, { book, cancel }, headers);
  }

  /** Whether each read model runs, and shows all that is stored. */
  async follows(): Promise<boolean> {
    interface Followed {
      readonly projections: readonly Readonly<Record<'state' | 'checkpoint' | 'head', string>>[];
    }
    const { body } = await this.as().get<Followed>('/api/projections');
    return body.projections.every(
      ({ state, checkpoint, head }) => state === 'running' && checkpoint === head,
    );
  }

  /** One number of `/metrics`. */
  async metric(name: string): Promise<number> {
    const headers = { authorization: `Bearer ${metricsToken}` };
    const text = await (await fetch(this.at('/metrics'), { headers })).text();
    const found = text.split('\n').find((line) => line.startsWith(`${name} `));
    return Number(found?.slice(name.length));
  }
}
