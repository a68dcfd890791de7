import type { IconName } from '../icons.ts';

export interface MenuItem {
  readonly key: string;
  readonly href: string;
  readonly label: string;
  readonly icon: IconName;
  /** What waits there: « Réservations à valider (4) ». */
  readonly count?: number;
}

/** The guide's menu. A page joins it, by one line, on the day it is built. */
export const familyMenu: readonly MenuItem[] = [
  { key: 'accueil', href: '/', label: 'Accueil', icon: 'house' },
  { key: 'reservations', href: '/reservations', label: 'Réservations', icon: 'calendar-days' },
];

/** The staff's menu; the supervisor also sees how the portal is doing. No count when it can't be told. */
export function staffMenu(facts: {
  readonly awaiting: number | undefined;
  readonly supervisor: boolean;
}): readonly MenuItem[] {
  return [
    {
      key: 'validation',
      href: '/agents/validation',
      label: 'Réservations à valider',
      icon: 'inbox',
      ...(facts.awaiting === undefined ? {} : { count: facts.awaiting }),
    },
    { key: 'seances', href: '/agents/seances', label: 'Séances', icon: 'calendar-days' },
    ...(facts.supervisor
      ? [
          {
            key: 'etat',
            href: '/agents/etat',
            label: 'État du portail',
            icon: 'activity',
          } as const,
        ]
      : []),
  ];
}
