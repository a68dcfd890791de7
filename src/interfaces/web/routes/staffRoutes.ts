import { Router, type Request, type Response } from 'express';
import { isId, type ActivityId } from '../../../domain/kernel/ids.ts';
import { addDays, isLocalDate, type LocalDate } from '../../../domain/kernel/localDate.ts';
import { localDateAt, type Instant } from '../../../domain/kernel/parisTime.ts';
import { asTyped } from '../../../domain/kernel/words.ts';
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
  sessionsCsvHref,
  sessionsCsvPath,
  sessionsHref,
  sessionsPath,
} from '../views/staffViews.ts';
import { sessionsCsv } from '../views/staffCsv.ts';
import type { WebContext } from '../webContext.ts';
import { sendCsv, sendMessage, sendPage } from './respond.ts';
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

  /** What the address asks for: a day, in an order, of a place or of all. */
  async function sessionsAsked({ query }: Request, now: Instant) {
    const { jour, tri, sens, lieu } = query;
    const date = typeof jour === 'string' && isLocalDate(jour) ? jour : localDateAt(now);
    const sort = isSessionSort(tri) ? tri : 'heure';
    const descending = sens === 'desc';
    const facility = typeof lieu === 'string' ? lieu : '';
    const sessions = await services.sessions.onDay(date, now);
    const shown = sessions.filter(
      ({ activity }) => facility === '' || activity.facility.facilityId === facility,
    );
    const by = { by: sort, direction: descending ? 'descending' : 'ascending' } as const;
    return {
      address: { date, sort, descending, facility },
      sessions,
      by,
      rows: sessionRows(shown, now, by),
    };
  }

  router.get(
    sessionsCsvPath,
    forStaff(context, async (request, response) => {
      const { address, rows } = await sessionsAsked(request, services.clock.now());
      sendCsv(response, `seances-${address.date}`, sessionsCsv(address.date, rows));
    }),
  );

  router.get(
    sessionsPath,
    forStaff(context, async (request, response) => {
      const now = services.clock.now();
      const { address, sessions, by, rows } = await sessionsAsked(request, now);
      const { date, sort, descending, facility } = address;
      const places = [
        ...new Map(sessions.map(({ activity: { facility: f } }) => [f.facilityId, f.name])),
      ].map(([value, label]) => ({ value, label }));
      const facilities = [{ value: '', label: 'Tous les lieux' }, ...places];
      const hrefFor = (other: SessionSort): string =>
        sessionsHref({ ...address, sort: other, descending: other === sort && !descending });
      const notice: Notice | undefined =
        request.query['fermee'] === '1'
          ? {
              tone: 'done',
              title: 'La séance est fermée',
              text: 'Les familles le voient dans leur agenda. Rien ne leur est facturé.',
            }
          : undefined;
      const view = {
        now,
        date,
        previousHref: sessionsHref({ ...address, date: addDays(date, -1) }),
        nextHref: sessionsHref({ ...address, date: addDays(date, 1) }),
        todayHref: sessionsHref({ ...address, date: localDateAt(now) }),
        csvHref: sessionsCsvHref(address),
        rows,
        sort: by,
        sortHrefs: {
          heure: hrefFor('heure'),
          lieu: hrefFor('lieu'),
          places: hrefFor('places'),
          attente: hrefFor('attente'),
        },
        filter: { action: sessionsPath, facilities, facility },
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
    const { activity, closedBecause } = summary;
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
      ...(closedBecause === undefined ? {} : { closedBecause }),
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
      const reason = typeof motif === 'string' ? asTyped(motif) : '';
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
