import type { Position } from '../../../application/ports/eventStore.ts';
import type { ProjectionLag } from '../../../application/ports/readSide.ts';
import { described, instant, list, object, text, words } from './schemaWords.ts';

const position = described(
  { type: 'string', pattern: '^\\d{20,}$' },
  'Place dans l’ordre de tous les événements.',
);

export const operationSchemas = {
  Health: object({ status: words('up') }),
  Readiness: object({ status: words('ready') }),
  Projection: object(
    { name: text, state: words('running', 'rebuilding', 'failed', 'stopped'), since: instant },
    { checkpoint: position, head: position, error: text },
  ),
  ProjectionList: object({ projections: list({ $ref: '#/components/schemas/Projection' }) }),
  Rebuild: object({ projection: text }),
};

/** Positions are texts of equal length, so that they compare as such. */
const shown = (at: Position): string => at.toString().padStart(20, '0');

export const projectionView = ({
  projection,
  state,
  since,
  checkpoint,
  head,
  error,
}: ProjectionLag): object => ({
  name: projection,
  state,
  since,
  ...(checkpoint !== undefined && { checkpoint: shown(checkpoint) }),
  ...(head !== undefined && { head: shown(head) }),
  ...(error !== undefined && { error }),
});
