import type { ActivityTerms } from '../../../src/domain/activity/activityTerms.ts';

/** A town small enough that sessions are always full and somebody always waits. */
export const families = 20;
export const placesPerSession = 12;
export const firstDay = '2026-11-30';
/** Monday to Friday. */
export const sessions = 5;
export const crashKey = '00112233445566778899aabbccddeeff'.repeat(2);

const open = { rule: { type: 'none' }, boundary: 'exclusive' } as const;

export const crashTerms: Partial<ActivityTerms> = {
  groups: [{ code: 'all', name: 'Tous', minAge: 3, maxAge: 11, places: placesPerSession }],
  booking: open,
  cancellation: open,
  promotion: open,
  waitingList: true,
};
