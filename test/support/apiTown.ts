import type { ActivityTerms } from '../../src/domain/activity/activityTerms.ts';
import type { Principal } from '../../src/application/principal.ts';
import type { FamilyId } from '../../src/domain/kernel/ids.ts';
import { apiClient, type ApiClient } from './apiClient.ts';
import { terms } from './activityFacts.ts';
import { startTestPortal, type TestPortal, type TestPortalOptions } from './testPortal.ts';

export const supervisor: Principal = { actor: { kind: 'supervisor', id: 's-1' } };
export const agent: Principal = { actor: { kind: 'agent', id: 'a-1' } };

export interface ApiFamily {
  readonly familyId: string;
  readonly guardian: Principal;
  /** Signed in as the guardian. */
  readonly api: ApiClient;
  /** Two children enrolled in the canteen and in the Wednesdays. */
  readonly children: readonly [string, string];
}

export interface ApiTown {
  readonly portal: TestPortal;
  readonly agent: ApiClient;
  readonly supervisor: ApiClient;
  readonly martin: ApiFamily;
  readonly petit: ApiFamily;
  close(): Promise<void>;
}

/** Monday to Friday at noon, accepted at once; Wednesdays, decided by staff. Both closed the eve at 9 h. */
export const activities = ['cantine', 'mercredi'] as const;

export const definition = (activityId: string, changed: Partial<ActivityTerms> = {}) => ({
  activityId,
  kind: 'meal',
  name: `Activité ${activityId}`,
  facility: { facilityId: 'jules-ferry', name: 'École Jules-Ferry' },
  effectiveFrom: '2026-09-01',
  terms: terms(changed),
});

export const wednesdays: Partial<ActivityTerms> = {
  validation: 'staff',
  schedule: { ...terms().schedule, weekdays: ['WED'] },
};

/** A town of two activities and two families, made through the API itself. */
export async function apiTown(
  canteen: Partial<ActivityTerms> = {},
  options: TestPortalOptions = {},
): Promise<ApiTown> {
  const portal = await startTestPortal(options);
  const staff = apiClient(portal.url, portal.as(agent));
  const head = apiClient(portal.url, portal.as(supervisor));
  await head.post('/api/activities', definition('cantine', canteen));
  await head.post('/api/activities', definition('mercredi', wednesdays));
  const martin = await apiFamily(portal, staff, 'Martin', 'g-martin');
  const petit = await apiFamily(portal, staff, 'Petit', 'g-petit');
  await portal.settled();
  return { portal, agent: staff, supervisor: head, martin, petit, close: () => portal.close() };
}

async function apiFamily(
  portal: TestPortal,
  staff: ApiClient,
  lastName: string,
  guardianId: string,
): Promise<ApiFamily> {
  const { body: family } = await staff.post<{ familyId: FamilyId }>('/api/families', {
    resident: true,
    address: '12, allée des Tilleuls\n46000 Vallée-du-Lot',
    guardians: [{ firstName: 'Camille', lastName, email: 'camille@example.org' }],
  });
  const { familyId } = family;
  const child = async (firstName: string): Promise<string> => {
    const { body } = await staff.post<{ childId: string }>(`/api/families/${familyId}/children`, {
      firstName,
      lastName,
      birthDate: '2018-05-02',
      schoolClass: 'CE2',
    });
    for (const activityId of activities)
      await staff.post(`/api/children/${body.childId}/enrolments`, {
        activityId,
        from: '2026-09-01',
      });
    return body.childId;
  };
  const children = [await child('Léa'), await child('Hugo')] as const;
  const guardian: Principal = { actor: { kind: 'guardian', id: guardianId }, familyId };
  return { familyId, guardian, api: apiClient(portal.url, portal.as(guardian)), children };
}

export const booking = (childId: string, date: string, activityId = 'cantine') => ({
  childId,
  activityId,
  date,
});

export const cancellation = (childId: string, date: string, acceptsBilling = false) => ({
  ...booking(childId, date),
  acceptsBilling,
});

export interface ReceiptBody {
  readonly receiptId: string;
  readonly number: string;
  readonly lines: readonly {
    readonly act: 'reserve' | 'cancel';
    readonly childId: string;
    readonly date: string;
    readonly result: {
      readonly outcome: string;
      readonly reservationId?: string;
      readonly code?: string;
      readonly message?: string;
      readonly rank?: number;
      readonly billedCents?: number;
    };
  }[];
}
