import { plural } from '../../../kernel/french/words.ts';
import { addHours, type Instant } from '../../../kernel/parisTime.ts';
import type { Limit } from '../../../kernel/sessionTerms.ts';
import { boundary } from '../deadline/dated.ts';
import type { Infer } from '../schema/schema.ts';
import { object } from '../schema/structures.ts';
import { whole } from '../schema/values.ts';

export const offer = object({
  /** Hours that elapse. */
  ttlHours: whole(1, 720),
  boundary,
});
/** How long a place that was freed is kept for the family to whom it is offered. */
export interface Offer extends Infer<typeof offer> {}

/** Until when an offer may be taken. */
export const offerExpires = ({ ttlHours, boundary: side }: Offer, offeredAt: Instant): Limit => ({
  at: addHours(offeredAt, ttlHours),
  boundary: side,
});

/** « une place proposée est à accepter en 48 heures au plus » */
export const offerLine = ({ ttlHours, boundary: side }: Offer): string =>
  `une place proposée est à accepter en ${side === 'inclusive' ? '' : 'moins de '}` +
  `${plural(ttlHours, 'heure')}${side === 'inclusive' ? ' au plus' : ''}`;
