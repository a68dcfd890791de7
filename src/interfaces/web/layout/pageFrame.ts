import type { AssetUrls } from '../assets.ts';
import { portalNameOf, type TownIdentity } from '../townIdentity.ts';
import type { MenuItem } from './menus.ts';

/** What every page shows of the town. */
export type TownWords = Pick<
  TownIdentity,
  'name' | 'portalName' | 'deskName' | 'phone' | 'email' | 'address' | 'openingHours'
>;

/** Who is signed in, and how to leave. */
export interface SignedIn {
  readonly name: string;
  /** « Espace Accueil Famille » for staff. */
  readonly role?: string;
  readonly leave: { readonly action: string; readonly label: string; readonly csrf: string };
}

/** What surrounds a page: the same for all. */
export interface PageFrame {
  /** Of the page alone: « Réservations de Léa, novembre 2026 ». */
  readonly title: string;
  readonly town: TownWords;
  readonly assets: AssetUrls;
  readonly side: 'family' | 'staff' | 'public';
  readonly menu: readonly MenuItem[];
  /** Key of the menu's item that holds this page. */
  readonly current?: string;
  readonly signedIn?: SignedIn;
  /** « Démonstration : personnes et données inventées ». */
  readonly demonstration?: boolean;
}

/** « Réservations – Portail famille – Vallée du Lot » (RGAA 8.5). */
export const documentTitle = ({ title, town }: Pick<PageFrame, 'title' | 'town'>): string =>
  `${title} – ${portalNameOf(town)} – ${town.name}`;
