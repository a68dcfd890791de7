import { familyMenu, staffMenu } from '../../src/interfaces/web/layout/menus.ts';
import type { PageFrame } from '../../src/interfaces/web/layout/pageFrame.ts';
import type { SignInChoiceView } from '../../src/interfaces/web/pages/signInChoicePage.tsx';
import { defaultTown } from '../../src/interfaces/web/townIdentity.ts';

export * from './sampleAgenda.ts';
export * from './sampleFamilyViews.ts';
export * from './sampleMoment.ts';
export * from './sampleStaffViews.ts';

export const signInChoiceView: SignInChoiceView = {
  people: [
    {
      id: 'a',
      name: 'Camille Vialard',
      role: 'guardian',
      detail: 'Léa (CE1), Hugo (PS) et Marie-Alexandrine (CM2)',
    },
    {
      id: 'b',
      name: 'Agent d’accueil',
      role: 'agent',
      detail: 'Valide les réservations, ferme une séance',
    },
    { id: 'c', name: 'Encadrement', role: 'supervisor', detail: 'Voit aussi l’état du portail' },
  ],
  form: { action: '/demo/connexion', csrf: 'jeton' },
};

/** Frames for the three sides of the portal. */
export const frameOf = (
  assets: PageFrame['assets'],
  side: PageFrame['side'],
  title: string,
  current?: string,
): PageFrame => ({
  title,
  town: defaultTown,
  assets,
  side,
  demonstration: true,
  menu:
    side === 'family'
      ? familyMenu
      : side === 'staff'
        ? staffMenu({ awaiting: 6, supervisor: true })
        : [],
  ...(current === undefined ? {} : { current }),
  ...(side === 'public'
    ? {}
    : {
        signedIn: {
          name: side === 'family' ? 'Camille Vialard' : 'Agent d’accueil',
          ...(side === 'staff' ? { role: 'Espace Accueil Famille' } : {}),
          leave: { action: '/deconnexion', label: 'Quitter', csrf: 'jeton' },
        },
      }),
});
