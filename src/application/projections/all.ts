import { activities } from './activities.ts';
import { agenda } from './agenda.ts';
import { children } from './children.ts';
import { dossiers } from './dossiers.ts';
import { occupancy } from './occupancy.ts';
import type { AnyProjection } from './projection.ts';
import { receiptCards } from './receiptCards.ts';
import { unfinishedSubmissions } from './unfinishedSubmissions.ts';
import { validationQueue } from './validationQueue.ts';

/** Every read model of the portal. */
export const projections: readonly AnyProjection[] = [
  activities,
  dossiers,
  children,
  agenda,
  occupancy,
  validationQueue,
  unfinishedSubmissions,
  receiptCards,
];
