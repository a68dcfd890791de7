import {
  activity as decider,
  type Activity,
  type ActivityEvent,
  type DefinedActivity,
} from '../../domain/activity/activity.ts';
import type { Projection } from './projection.ts';

/** Activities with all their versions, a document each: the aggregate's own state. */
export const activities: Projection<DefinedActivity, ActivityEvent> = {
  name: 'activities',
  version: 1,
  indexes: [],
  handles: ['ActivityDefined', 'ActivityTermsChanged'],
  route: ({ activityId }) => [activityId],
  apply(document, event) {
    const state: Activity = decider.evolve(document ?? decider.initial, event);
    return state.status === 'defined' ? state : undefined;
  },
};
