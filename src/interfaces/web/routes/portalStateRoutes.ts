import { Router } from 'express';
import {
  projectionsBehind,
  type ProjectionBehind,
} from '../../../application/projections/eventsBehind.ts';
import type { Instant } from '../../../domain/kernel/parisTime.ts';
import { storesThatAnswer } from '../../http/readiness.ts';
import type { Notice } from '../pages/agendaView.ts';
import { PortalStatePage, portalStateTitle } from '../pages/portalStatePage.tsx';
import { RebuildPage, rebuildTitle } from '../pages/rebuildPage.tsx';
import {
  portalStateHref,
  projectionLabel,
  projectionRow,
  rebuildHref,
  storeRows,
} from '../views/portalStateView.ts';
import type { WebContext } from '../webContext.ts';
import { sendMessage, sendPage } from './respond.ts';
import { checkForm, csrfOf, forStaff } from './visitor.ts';

const current = 'etat';

const asked = (label: string): Notice => ({
  tone: 'done',
  title: `Reconstruction demandée\u00a0: ${label}`,
  text: 'Rechargez cette page pour la suivre.',
});

/** How long the page says that a rebuild was asked for; the row of its reading says so all along. */
const announcedMs = 60_000;

/** Whether a rebuild of this reading was asked for a moment ago: an address alone asks for nothing. */
function wasJustAsked(
  status: readonly ProjectionBehind[] | undefined,
  name: unknown,
  now: Instant,
): boolean {
  const at = status?.find(({ projection }) => projection === name)?.rebuildAsked;
  return at !== undefined && Date.parse(now) - Date.parse(at) < announcedMs;
}

/** The supervisor's page on the portal itself: it opens whatever store is away. */
export function portalStateRoutes(context: WebContext): Router {
  const { services } = context;
  const router = Router();

  router.get(
    portalStateHref,
    forStaff(
      context,
      async (request, response) => {
        const [answers, status] = await Promise.all([
          storesThatAnswer(services),
          projectionsBehind(services).catch(() => undefined),
        ]);
        const now = services.clock.now();
        const name = request.query['demandee'];
        const label = wasJustAsked(status, name, now) ? projectionLabel(name) : undefined;
        const view = {
          now,
          stores: storeRows(answers),
          rows: status?.map(projectionRow),
          ...(label === undefined ? {} : { notice: asked(label) }),
        };
        const options = { title: portalStateTitle, current, opensAlways: true };
        await sendPage(context, request, response, PortalStatePage(view), options);
      },
      'supervisor',
    ),
  );

  const confirmation = rebuildHref(':projection');
  router.get(
    confirmation,
    forStaff(
      context,
      async (request, response) => {
        const { projection } = request.params;
        const label = projectionLabel(projection);
        if (label === undefined || typeof projection !== 'string')
          return sendMessage(context, request, response, 'notFound');
        const view = {
          name: projection,
          label,
          form: { action: rebuildHref(projection), csrf: csrfOf(request) },
          backHref: portalStateHref,
        };
        const options = { title: rebuildTitle(view), current };
        await sendPage(context, request, response, RebuildPage(view), options);
      },
      'supervisor',
    ),
  );

  router.post(
    confirmation,
    checkForm(context),
    forStaff(
      context,
      async (request, response) => {
        const { projection } = request.params;
        if (projectionLabel(projection) === undefined || typeof projection !== 'string')
          return sendMessage(context, request, response, 'notFound');
        await services.readSide.rebuild(projection);
        services.log.info({ projection }, 'rebuild asked');
        response.redirect(303, `${portalStateHref}?demandee=${projection}`);
      },
      'supervisor',
    ),
  );

  return router;
}
