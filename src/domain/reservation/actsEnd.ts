import { addDays, type LocalDate } from '../kernel/localDate.ts';
import { asLocalTime, parisInstant, type Instant } from '../kernel/parisTime.ts';
import type { SessionTerms } from '../kernel/sessionTerms.ts';

const midnight = asLocalTime('00:00');

/**
 * From when on nobody acts on a session any more, but to refuse what was left without an answer: its start, or the end
 * of the day (24 h, Europe/Paris) where the rules hold no session that day any more.
 */
export const actsEndAt = (terms: SessionTerms, date: LocalDate): Instant =>
  terms.status === 'session' ? terms.startsAt : parisInstant(addDays(date, 1), midnight);
