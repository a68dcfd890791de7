import { Router, type Request, type Response } from 'express';
import { isId, type ReservationId } from '../../../domain/kernel/ids.ts';
import type { Principal } from '../../../application/principal.ts';
import type { BookResult } from '../../../application/reservation/reservationCommands.ts';
import type { BookingCase } from '../../../application/reservation/validationQueueQuery.ts';
import { describeRejection } from '../../rejections.ts';
import type { Fault } from '../components/errorSummary.tsx';
import { DECISION_FIELD, READY_FIELD, REASON_FIELD } from '../pages/validationCase.tsx';
import { ValidationQueuePage, validationTitle } from '../pages/validationQueuePage.tsx';
import type { Notice } from '../pages/agendaView.ts';
import type { ValidationCase, ValidationView } from '../pages/validationView.ts';
import { queueItem, readySentences, validationCase } from '../views/staffViews.ts';
import type { WebContext } from '../webContext.ts';
import { sendPage } from './respond.ts';
import { appRequest, checkForm, csrfOf, forStaff } from './visitor.ts';

const queueHref = '/agents/validation';
const textOf = (field: unknown): string => (typeof field === 'string' ? field.trim() : '');

/** Bookings drawn at once; the count in the menu says how many there are. */
const maxListed = 200;

const notices: Readonly<Record<string, Notice>> = {
  acceptee: { tone: 'done', title: 'Réservation acceptée', text: 'La famille le voit déjà.' },
  refusee: { tone: 'done', title: 'Réservation refusée', text: 'La famille lira votre phrase.' },
  partie: {
    tone: 'info',
    title: 'Cette demande n’attend plus de réponse',
    text: 'Quelqu’un d’autre a répondu, ou la famille l’a annulée.',
  },
};

/** The queue of bookings that await staff: the next case opens by itself. */
export function validationRoutes(context: WebContext): Router {
  const { services } = context;
  const router = Router();

  async function sendQueue(
    request: Request,
    response: Response,
    opened: BookingCase | undefined,
    page: {
      readonly chosen: boolean;
      readonly faults?: readonly Fault[];
      readonly given?: NonNullable<ValidationCase['given']>;
      readonly notice?: Notice | undefined;
    },
  ): Promise<void> {
    const now = services.clock.now();
    const [list, total] = await Promise.all([
      services.validationQueue.list(now, { limit: maxListed }),
      services.validationQueue.count(),
    ]);
    const first = list[0]?.booking.reservationId;
    const shown = opened ?? (first && (await services.validationQueue.find(first, now)));
    const { faults = [], given, notice, chosen } = page;
    const card =
      shown &&
      validationCase(shown, {
        csrf: csrfOf(request),
        faults,
        ...(given ? { given } : {}),
      });
    const view: ValidationView = {
      now,
      queue: list.map((item) => queueItem(item, shown?.booking.reservationId)),
      ...(total > list.length ? { total } : {}),
      chosen,
      queueHref,
      readySentences,
      ...(card ? { opened: card } : {}),
      ...(notice ? { notice } : {}),
    };
    const status = faults.length > 0 ? 422 : 200;
    const options = { title: validationTitle(view), current: 'validation', status };
    await sendPage(context, request, response, ValidationQueuePage(view), options);
  }

  const caseIn = async ({ params }: Request): Promise<BookingCase | undefined> => {
    const { reservationId } = params;
    if (typeof reservationId !== 'string' || !isId(reservationId)) return undefined;
    return services.validationQueue.find(reservationId as ReservationId, services.clock.now());
  };

  router.get(
    queueHref,
    forStaff(context, async (request, response) => {
      const { fait } = request.query;
      const notice = typeof fait === 'string' ? notices[fait] : undefined;
      await sendQueue(request, response, undefined, { chosen: false, notice });
    }),
  );

  router.get(
    `${queueHref}/:reservationId`,
    forStaff(context, async (request, response) => {
      const opened = await caseIn(request);
      if (opened) return sendQueue(request, response, opened, { chosen: true });
      response.redirect(303, `${queueHref}?fait=partie`);
    }),
  );

  async function decide(
    opened: BookingCase,
    decision: 'accepter' | 'refuser',
    reason: string,
    principal: Principal,
  ): Promise<BookResult> {
    const { reservationId } = opened.booking;
    const asked = appRequest(context, principal);
    return decision === 'accepter'
      ? services.reservationCommands.validate(opened.booking, reservationId, asked)
      : services.reservationCommands.refuse(opened.booking, reservationId, reason, asked);
  }

  router.post(
    `${queueHref}/:reservationId`,
    checkForm(context),
    forStaff(context, async (request, response, principal) => {
      const opened = await caseIn(request);
      if (!opened) return response.redirect(303, `${queueHref}?fait=partie`);
      const form = request.body as Readonly<Record<string, unknown>>;
      const reason = (textOf(form[REASON_FIELD]) || textOf(form[READY_FIELD])).slice(0, 500);
      const decision = form[DECISION_FIELD];
      if (decision !== 'accepter' && decision !== 'refuser') {
        const fault = { fieldId: 'decision', message: 'Choisissez d’accepter ou de refuser.' };
        return sendQueue(request, response, opened, {
          chosen: true,
          faults: [fault],
          given: { reason },
        });
      }
      const result = await decide(opened, decision, reason, principal);
      if (result.kind === 'rejection') {
        if (result.code !== 'RESERVATION.REASON_MISSING')
          return response.redirect(303, `${queueHref}?fait=partie`);
        const fault = { fieldId: 'motif', message: describeRejection(result).detail };
        const given = { decision, reason } as const;
        return sendQueue(request, response, opened, { chosen: true, faults: [fault], given });
      }
      if (result.kind === 'done' && result.position !== undefined)
        await services.readSide.waitFor(result.position, 2_000);
      const done = decision === 'accepter' ? 'acceptee' : 'refusee';
      response.redirect(303, `${queueHref}?fait=${done}`);
    }),
  );

  return router;
}
