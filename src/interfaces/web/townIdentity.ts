import { fileURLToPath } from 'node:url';
import type { Hex } from './townContrast.ts';

/** What makes the portal a town's own. Words are shown as they stand; colours are checked at start. */
export interface TownIdentity {
  /** « Vallée du Lot » */
  readonly name: string;
  /** « Portail famille » unless told. */
  readonly portalName?: string;
  /** Path of an SVG or PNG file, square; the town's initials on its brand colour when absent. */
  readonly logo?: string;
  /** Buttons, links, what is ticked. */
  readonly brandColour: Hex;
  /** Today, the margin line. */
  readonly accentColour: Hex;
  /** Who answers families: « Espace Accueil Famille ». */
  readonly deskName: string;
  readonly phone: string;
  readonly email: string;
  /** Postal address, one line each. */
  readonly address: readonly string[];
  /** « du lundi au vendredi, de 8 h 30 à 17 h » */
  readonly openingHours?: string;
}

export const portalNameOf = ({ portalName }: Pick<TownIdentity, 'portalName'>): string =>
  portalName ?? 'Portail famille';

/** A fictitious community of communes: the green of the causses, the red of the vineyards, a bend of the river. */
export const defaultTown: TownIdentity = {
  name: 'Vallée du Lot',
  logo: fileURLToPath(new URL('./assets/valleeDuLot.svg', import.meta.url)),
  brandColour: '#0d5845',
  accentColour: '#932f4d',
  deskName: 'Espace Accueil Famille',
  phone: '05 65 00 00 00',
  email: 'espace-famille@vallee-du-lot.example',
  address: ['Maison des familles', '12, allée des Tilleuls', '46000 Vallée-du-Lot'],
  openingHours: 'du lundi au vendredi, de 8\u00a0h\u00a030 à 17\u00a0h',
};
