import type { Instant } from '../../../domain/kernel/parisTime.ts';
import { projections } from '../../../application/projections/all.ts';
import {
  countedAtMost,
  type ProjectionBehind,
} from '../../../application/projections/eventsBehind.ts';
import type { Store } from '../../http/readiness.ts';
import type { ProjectionRow, StoreRow } from '../pages/portalStatePage.tsx';

export const portalStateHref = '/agents/etat';

export const rebuildHref = (projection: string): string =>
  `${portalStateHref}/lectures/${projection}/reconstruction`;

const labels: Readonly<Record<string, string>> = {
  activities: 'Les activités et leurs règles',
  dossiers: 'Les dossiers des familles',
  children: 'Les enfants et leurs inscriptions',
  agenda: 'L’agenda des enfants',
  occupancy: 'Les places de chaque séance',
  validation_queue: 'Les réservations à valider',
  unfinished_submissions: 'Les envois à finir',
  receipt_cards: 'Les accusés de réception',
};

/** What a projection is called in the town; undefined when there is no such one. */
export const projectionLabel = (projection: unknown): string | undefined => {
  const known = projections.find(({ name }) => name === projection);
  return known && (labels[known.name] ?? known.name);
};

const storeWords: Readonly<Record<Store, Omit<StoreRow, 'key' | 'answers'>>> = {
  events: {
    label: 'Journal des événements',
    without: 'Aucune réservation ne peut être enregistrée.',
  },
  readModels: {
    label: 'Stockage des lectures',
    without: 'Les pages ne peuvent pas montrer les agendas ni les places.',
  },
  keys: {
    label: 'Stockage des clés',
    without: 'Les noms et les nouvelles inscriptions peuvent manquer.',
  },
};

export const storeRows = (answers: Readonly<Record<Store, boolean>>): StoreRow[] =>
  (['events', 'readModels', 'keys'] as const).map((key) => ({
    key,
    ...storeWords[key],
    answers: answers[key],
  }));

/** How a reading is doing, in the words of its page. */
export function projectionRow(projection: ProjectionBehind): ProjectionRow {
  const { projection: name, state, behind, since, rebuildAsked, error } = projection;
  const more = behind !== undefined && behind > countedAtMost;
  const stopped = state === 'failed' || state === 'stopped';
  const working = state === 'rebuilding' ? 'rebuilding' : behind === 0 ? 'live' : 'catchingUp';
  return {
    name,
    label: projectionLabel(name) ?? name,
    state: stopped ? 'stopped' : working,
    lag: more ? countedAtMost : behind,
    more,
    rebuildHref: rebuildHref(name),
    // A projection that has not spoken yet has no instant.
    ...(since === '' ? {} : { since: since as Instant }),
    ...(rebuildAsked === undefined ? {} : { rebuildAsked: rebuildAsked as Instant }),
    ...(error === undefined ? {} : { fault: error }),
  };
}
