import type { Route } from '../route.ts';
import { aboutRoutes } from './aboutRoutes.ts';
import { activityRoutes } from './activityRoutes.ts';
import { bookingRoutes } from './bookingRoutes.ts';
import { familyRoutes } from './familyRoutes.ts';
import { probeRoutes, projectionRoutes } from './operationRoutes.ts';
import { sessionRoutes } from './sessionRoutes.ts';

/** Every route of the API: what Express registers and what OpenAPI documents. */
export const routes: readonly Route[] = [
  ...familyRoutes,
  ...activityRoutes,
  ...bookingRoutes,
  ...sessionRoutes,
  ...projectionRoutes,
  ...probeRoutes,
  ...aboutRoutes,
];
