import { streamOf } from '../../src/application/aggregate.ts';
import { sessionBooks, sessionId } from '../../src/application/aggregates.ts';
import type { ActivityId } from '../../src/domain/kernel/ids.ts';
import type { LocalDate } from '../../src/domain/kernel/localDate.ts';

/** The stream of a session's book. */
export const sessionStream = (activityId: ActivityId, date: LocalDate): string =>
  streamOf(sessionBooks, sessionId(activityId, date));
