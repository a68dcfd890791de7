import { Router, type Request, type Response } from 'express';
import { isId, type ActivityId } from '../../../domain/kernel/ids.ts';
import { addDays, isLocalDate, type LocalDate } from '../../../domain/kernel/localDate.ts';
import { localDateAt } from '../../../domain/kernel/parisTime.ts';
import type { Principal } from '../../../application/principal.ts';
import { describeRejection } from '../../rejections.ts';
import type { Notice } from '../pages/agendaView.ts';
import { CloseSessionPage, closeSessionTitle } from '../pages/closeSessionPage.tsx';
import { SessionsPage, sessionsTitle, type SessionSort } from '../pages/sessionsPage.tsx';
import {
  closeHref,
  isSessionSort,
  readyReasons,
  sessionRows,
  sessionsHref,
} from '../views/staffViews.ts';
import type { WebContext } from '../webContext.ts';
import { sendMessage, sendPage } from './respond.ts';
import { appRequest, checkForm, csrfOf, forStaff } from './visitor.ts';

interface SessionAsked {
  readonly activityId: ActivityId;
  readonly date: LocalDate;
}

/** The session named in the address, if it can be one. */
function sessionAsked({ params }: Request): SessionAsked | undefined {
  const { activityId, date } = params;
  if (typeof activityId !== 'string' || typeof date !== 'string') return undefined;
  if (!isId(activityId) || !isLocalDate(date)) return undefined;
  return { activityId: activityId as ActivityId, date };
}

/** What staff read and do beside the validation queue: a day's sessions, and closing one. */
export function staffRoutes(context: WebContext): Router {
  const { services } = context;
  const router = Router();

  router.get(
    '/agents/seances',
    forStaff(context, async (request, response) => {
      const now = services.clock.now();
      const today = localDateAt(now);
      const { jour, tri, sens, lieu, fermee } = request.query;
      const date = typeof jour === 'string' && isLocalDate(jour) ? jour : today;
      const sort = isSessionSort(tri) ? tri : 'heure';
      const descending = sens === 'desc';
      const facility = typeof lieu === 'string' ? lieu : '';
      const sessions = await services.sessions.onDay(date, now);
      const places = [
        ...new Map(sessions.map(({ activity: { facility: f } }) => [f.facilityId, f.name])),
      ].map(([value, label]) => ({ value, label }));
      const facilities = [{ value: '', label: 'Tous les lieux' }, ...places];
      const shown = sessions.filter(
        ({ activity }) => facility === '' || activity.facility.facilityId === facility,
      );
      const by = { by: sort, direction: descending ? 'descending' : 'ascending' } as const;
      const hrefFor = (other: SessionSort): string =>
        sessionsHref({ date, sort: other, descending: other === sort && !descending, facility });
      const notice: Notice | undefined =
        fermee === '1'
          ? {
              tone: 'done',
              title: 'La séance est fermée',
              text: 'Les familles le voient dans leur agenda. Rien ne leur est facturé.',
            }
          : undefined;
      const view = {
        now,
        date,
        previousHref: sessionsHref({ date: addDays(date, -1), sort, descending, facility }),
        nextHref: sessionsHref({ date: addDays(date, 1), sort, descending, facility }),
        todayHref: sessionsHref({ date: today, sort, descending, facility }),
        rows: sessionRows(shown, now, by),
        sort: by,
        sortHrefs: {
          heure: hrefFor('heure'),
          lieu: hrefFor('lieu'),
          places: hrefFor('places'),
          attente: hrefFor('attente'),
        },
        filter: { action: '/agents/seances', facilities, facility },
        ...(notice ? { notice } : {}),
      };
      const options = { title: sessionsTitle(view), current: 'seances' };
      await sendPage(context, request, response, SessionsPage(view), options);
    }),
  );

  async function sendClosing(
    request: Request,
    response: Response,
    { activityId, date }: SessionAsked,
    reason: string,
    fault?: string,
  ): Promise<void> {
    const summary = await services.sessions.find(activityId, date, services.clock.now());
    if (!summary) return sendMessage(context, request, response, 'notFound');
    const holders = await services.sessions.holders(activityId, date);
    const { activity } = summary;
    const view = {
      label: activity.name,
      kind: activity.kind,
      facility: activity.facility.name,
      date,
      ...holders,
      form: { action: closeHref(activityId, date), csrf: csrfOf(request) },
      backHref: sessionsHref({ date }),
      readyReasons,
      reason,
      faults: fault === undefined ? [] : [{ fieldId: 'motif', message: fault }],
    };
    const status = fault === undefined ? 200 : 422;
    const options = { title: closeSessionTitle(view), current: 'seances', status };
    await sendPage(context, request, response, CloseSessionPage(view), options);
  }

  router.get(
    '/agents/seances/:activityId/:date/fermeture',
    forStaff(context, async (request, response) => {
      const session = sessionAsked(request);
      if (!session) return sendMessage(context, request, response, 'notFound');
      return sendClosing(request, response, session, '');
    }),
  );

  router.post(
    '/agents/seances/:activityId/:date/fermeture',
    checkForm(context),
    forStaff(context, async (request, response, principal: Principal) => {
      const session = sessionAsked(request);
      if (!session) return sendMessage(context, request, response, 'notFound');
      const { motif } = request.body as { motif?: unknown };
      const reason = typeof motif === 'string' ? motif.trim().slice(0, 200) : '';
      const asked = appRequest(context, principal);
      const result = await services.reservationCommands.close(session, reason, asked);
      if (result.kind === 'rejection')
        return sendClosing(request, response, session, reason, describeRejection(result).detail);
      if (result.kind === 'done' && result.position !== undefined)
        await services.readSide.waitFor(result.position, 2_000);
      response.redirect(303, `${sessionsHref({ date: session.date })}&fermee=1`);
    }),
  );

  return router;
}
