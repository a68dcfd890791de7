import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Principal } from '../../../src/application/principal.ts';
import type { FamilyId } from '../../../src/domain/kernel/ids.ts';
import { addHours } from '../../../src/domain/kernel/parisTime.ts';
import { HmacTokens } from '../../../src/infrastructure/crypto/hmacTokens.ts';
import { MasterKey } from '../../../src/infrastructure/crypto/masterKey.ts';
import { group } from '../activityFacts.ts';
import { apiClient } from '../apiClient.ts';
import { agent, booking, definition, supervisor, type ReceiptBody } from '../apiTown.ts';
import { smallTownKey } from '../browser/smallTown.ts';
import { spawnPortal, type Ended, type SpawnedPortal } from '../browser/spawnedPortal.ts';
import { memoryOf } from './processMemory.ts';
import { standsAt } from './townMoment.ts';
import type { TownBounds } from './townServer.ts';

const families = 20;
export const placesPerSession = 12;

export interface LoadingFamily {
  readonly familyId: string;
  readonly children: readonly string[];
  /** Signed in as its guardian. */
  readonly token: string;
}

const tokens = new HmacTokens(MasterKey.parse(smallTownKey).derive('session-tokens'));
const tokenOf = (principal: Principal): string => tokens.issue(principal, addHours(standsAt, 24));

/** A real portal in a process of its own, on files, with a canteen of few places and twenty families of two. */
export class TownUnderLoad {
  readonly families: LoadingFamily[] = [];
  private portal: SpawnedPortal | undefined;
  url = '';

  private constructor(
    readonly directory: string,
    private readonly bounds: TownBounds,
  ) {}

  static async open(bounds: TownBounds = {}): Promise<TownUnderLoad> {
    const town = new TownUnderLoad(mkdtempSync(join(tmpdir(), 'portail-panne-')), bounds);
    try {
      await town.start();
      await town.fill();
    } catch (error) {
      await town.dispose();
      throw error;
    }
    return town;
  }

  /** Starts the portal on what is there. */
  async start(): Promise<void> {
    const script = 'test/support/faults/townServer.ts';
    const words = [this.directory, JSON.stringify(this.bounds)];
    this.portal = spawnPortal(['--import=tsx', script, ...words]);
    this.url = await this.portal.address;
  }

  signal(signal: NodeJS.Signals): void {
    this.portal?.kill(signal);
  }

  /** Asks the portal to stop, unless it was asked before, and answers how it did. */
  async stopped(signal?: NodeJS.Signals): Promise<Ended> {
    if (!this.portal) return expect.fail('no portal was started');
    if (signal) this.portal.kill(signal);
    return this.portal.ended;
  }

  async dispose(): Promise<void> {
    await this.stopped('SIGKILL');
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** What the portal's process holds in memory, in bytes. */
  memory(): number {
    return memoryOf(this.portal?.pid ?? expect.fail('no portal was started'));
  }

  private async fill(): Promise<void> {
    const bearer = (who: Principal) => ({ authorization: `Bearer ${tokenOf(who)}` });
    const groups = [group('tous', 2, 12, placesPerSession)];
    await apiClient(this.url, bearer(supervisor)).post(
      '/api/activities',
      definition('cantine', { groups }),
    );
    const staff = apiClient(this.url, bearer(agent));
    const settle = async (n: number): Promise<void> => {
      const { body } = await staff.post<{ familyId: FamilyId }>('/api/families', {
        resident: true,
        address: '12, allée des Tilleuls\n46000 Vallée-du-Lot',
        guardians: [{ firstName: 'Camille', lastName: `Nom${n}`, email: 'camille@example.org' }],
      });
      const { familyId } = body;
      const children: string[] = [];
      for (const firstName of ['Léa', 'Hugo']) {
        const { body: child } = await staff.post<{ childId: string }>(
          `/api/families/${familyId}/children`,
          { firstName, lastName: 'Nom', birthDate: '2018-05-02' },
        );
        const enrolment = { activityId: 'cantine', from: '2026-09-01' };
        await staff.post(`/api/children/${child.childId}/enrolments`, enrolment);
        children.push(child.childId);
      }
      const actor = { kind: 'guardian', id: `g-${n}` } as const;
      this.families.push({ familyId, children, token: tokenOf({ actor, familyId }) });
    };
    await Promise.all(Array.from({ length: families }, (_, n) => settle(n)));
  }
}

/** What a family sends for one child on one day, as the bytes of a request but for its connection. */
export function sending(
  { familyId, token }: LoadingFamily,
  childId: string,
  date: string,
  act: 'book' | 'cancel' = 'book',
) {
  const key = `${act}-${childId}-${date}`;
  const place = booking(childId, date);
  const body = JSON.stringify(
    act === 'book'
      ? { book: [place], cancel: [] }
      : { book: [], cancel: [{ ...place, acceptsBilling: false }] },
  );
  return {
    path: `/api/families/${familyId}/submissions`,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    key,
    body,
  };
}

/** What was acknowledged: the receipt that a family was given. */
export type Acknowledged = ReceiptBody;
