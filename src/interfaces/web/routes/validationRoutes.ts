import { Router, type Request, type Response } from 'express';
import { isId, type ReservationId } from '../../../domain/kernel/ids.ts';
import { asTyped } from '../../../domain/kernel/words.ts';
import type { Principal } from '../../../application/principal.ts';
import type { BookResult } from '../../../application/reservation/reservationCommands.ts';
import type { Instant } from '../../../domain/kernel/parisTime.ts';
import type {
  AwaitingActivity,
  BookingCase,
  BookingToDecide,
  FoundBookings,
} from '../../../application/reservation/validationQueueQuery.ts';
import { describeRejection } from '../../rejections.ts';
import type { Fault } from '../components/errorSummary.tsx';
import { DECISION_FIELD, READY_FIELD, REASON_FIELD } from '../pages/validationCase.tsx';
import { ValidationQueuePage, validationTitle } from '../pages/validationQueuePage.tsx';
import type { Notice } from '../pages/agendaView.ts';
import { NAME_FIELD } from '../pages/queueTools.tsx';
import type { QueueTools, ValidationCase, ValidationView } from '../pages/validationView.ts';
import {
  caseHref,
  queueAddressOf,
  queueCsvHref,
  queueCsvPath,
  queueChoices,
  queueFilterOf,
  queueHref,
  queuePath,
  searchPath,
  wholeQueue,
  type QueueAddress,
} from '../views/queueAddress.ts';
import { besideOf, maxListed, pagesOf } from '../views/queuePages.ts';
import { queueCsv } from '../views/staffCsv.ts';
import { queueItem, readySentencesFor, validationCase } from '../views/staffViews.ts';
import type { WebContext } from '../webContext.ts';
import { sendCsv, sendPage } from './respond.ts';
import { appRequest, checkForm, csrfOf, forStaff } from './visitor.ts';

type Form = Readonly<Record<string, unknown>>;
const textOf = (field: unknown): string => (typeof field === 'string' ? asTyped(field) : '');

/** Of a name to search for. */
const maxName = 80;

/** Refusals of an acceptance whose session changed, or began, since the page was opened. */
const placeIsGone: ReadonlySet<string> = new Set([
  'RESERVATION.NO_SESSION',
  'RESERVATION.AGE',
  'RESERVATION.TOO_LATE_TO_ACCEPT',
]);

/** Refusals of a decision whose words are to be mended. */
const faultsOfReason: ReadonlySet<string> = new Set([
  'RESERVATION.REASON_MISSING',
  'RESERVATION.REASON_TOO_LONG',
]);

/** What the queue lists: a part of it, or what a search found. */
interface Listing {
  readonly address: QueueAddress;
  readonly words?: string;
  readonly found?: FoundBookings;
}

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

  /** What the page lists: a page of a part of the queue, or those whom a search found. */
  async function listFor(
    { address, found }: Listing,
    now: Instant,
  ): Promise<{
    readonly list: readonly BookingToDecide[];
    readonly total: number;
    readonly page: number;
    readonly more: boolean;
    readonly choices: ReturnType<typeof queueChoices>;
    readonly awaiting: readonly AwaitingActivity[];
  }> {
    const { validationQueue, activityDirectory } = services;
    const { until } = address;
    const [awaiting, activities] = await Promise.all([
      validationQueue.byActivity(until ? { until } : {}),
      activityDirectory.all(),
    ]);
    const choices = queueChoices(awaiting, address, activities);
    if (found) {
      const { bookings: list, more } = found;
      return { list, total: list.length, page: 1, more, choices, awaiting };
    }
    const filter = queueFilterOf(address, activities);
    const total = await validationQueue.count(filter);
    // Decisions shorten the queue: its last page may be gone by the time it is asked for.
    const page = Math.min(address.page, Math.max(1, Math.ceil(total / maxListed)));
    const skip = (page - 1) * maxListed;
    const list = await validationQueue.list(now, { limit: maxListed, skip }, filter);
    return { list, total, page, more: false, choices, awaiting };
  }

  async function sendQueue(
    request: Request,
    response: Response,
    opened: BookingCase | undefined,
    asked: Listing & {
      readonly chosen: boolean;
      readonly faults?: readonly Fault[];
      readonly given?: NonNullable<ValidationCase['given']>;
      readonly notice?: Notice | undefined;
    },
  ): Promise<void> {
    const now = services.clock.now();
    const { address, words } = asked;
    const { list, total, page, more, choices, awaiting } = await listFor(asked, now);
    const first = list[0]?.booking.reservationId;
    const shown = opened ?? (first && (await services.validationQueue.find(first, now)));
    const { faults = [], given, notice, chosen } = asked;
    const csrf = csrfOf(request);
    const card =
      shown &&
      validationCase(shown, {
        csrf,
        action: caseHref(shown.booking.reservationId, address),
        faults,
        ...(given ? { given } : {}),
        ...besideOf(shown.booking.reservationId, list, address),
      });
    const { which = '', until } = address;
    const isPart = which !== '' || until !== undefined || words !== undefined;
    const tools: QueueTools = {
      filter: {
        action: queuePath,
        ...choices,
        which,
        ...(until === undefined ? {} : { until }),
      },
      search: { action: searchPath, csrf, ...(words === undefined ? {} : { words }) },
      isPart,
      wholeHref: queueHref(wholeQueue),
      ...(words === undefined && total > 0 ? { csvHref: queueCsvHref(address) } : {}),
    };
    const view: ValidationView = {
      now,
      queue: list.map((item) => queueItem(item, shown?.booking.reservationId, address)),
      ...(total > list.length ? { total, pages: pagesOf(page, total, address) } : {}),
      ...(more ? { more } : {}),
      ...(awaiting.length > 0 || isPart ? { tools } : {}),
      chosen,
      queueHref: queueHref(address),
      readySentences: readySentencesFor(card),
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
    queuePath,
    forStaff(context, async (request, response) => {
      const { fait } = request.query;
      const notice =
        typeof fait === 'string' && Object.hasOwn(notices, fait) ? notices[fait] : undefined;
      const address = queueAddressOf(request.query);
      await sendQueue(request, response, undefined, { chosen: false, notice, address });
    }),
  );

  // All that the filter lets through, not a page of it.
  router.get(
    queueCsvPath,
    forStaff(context, async (request, response) => {
      const { validationQueue, activityDirectory, clock } = services;
      const filter = queueFilterOf(queueAddressOf(request.query), await activityDirectory.all());
      const limit = await validationQueue.count(filter);
      const list = await validationQueue.list(clock.now(), { limit }, filter);
      sendCsv(response, 'reservations-a-valider', queueCsv(list));
    }),
  );

  // By POST, so that a name stands in no address: neither in a history nor in a proxy's log.
  router.post(
    searchPath,
    checkForm(context),
    forStaff(context, async (request, response) => {
      const words = textOf((request.body as Form)[NAME_FIELD]).slice(0, maxName);
      const address = wholeQueue;
      if (words === '') return response.redirect(303, queueHref(address));
      const now = services.clock.now();
      const found = await services.validationQueue.search(words, now, maxListed);
      await sendQueue(request, response, undefined, { chosen: false, address, words, found });
    }),
  );

  // The results of a search have no address: one that is opened again leads to the queue.
  router.get(searchPath, (_request, response) => response.redirect(303, queueHref(wholeQueue)));

  router.get(
    `${queuePath}/:reservationId`,
    forStaff(context, async (request, response) => {
      const opened = await caseIn(request);
      const address = queueAddressOf(request.query);
      if (opened) return sendQueue(request, response, opened, { chosen: true, address });
      response.redirect(303, queueHref(address, 'partie'));
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
    `${queuePath}/:reservationId`,
    checkForm(context),
    forStaff(context, async (request, response, principal) => {
      const opened = await caseIn(request);
      const address = queueAddressOf(request.query);
      if (!opened) return response.redirect(303, queueHref(address, 'partie'));
      const form = request.body as Form;
      const reason = textOf(form[REASON_FIELD]) || textOf(form[READY_FIELD]);
      const decision = form[DECISION_FIELD];
      const askAgain = (fault: Fault, given: NonNullable<ValidationCase['given']>) =>
        sendQueue(request, response, opened, { chosen: true, faults: [fault], given, address });
      if (decision !== 'accepter' && decision !== 'refuser') {
        const message = 'Choisissez d’accepter ou de refuser.';
        return askAgain({ fieldId: 'refuser', message }, { reason });
      }
      const result = await decide(opened, decision, reason, principal);
      if (result.kind === 'rejection') {
        const message = describeRejection(result).detail;
        if (faultsOfReason.has(result.code))
          return askAgain({ fieldId: 'motif', message }, { decision, reason });
        if (placeIsGone.has(result.code))
          return askAgain(
            { fieldId: 'refuser', message: 'Cette demande ne peut plus être acceptée.' },
            { decision: 'refuser', reason },
          );
        return response.redirect(303, queueHref(address, 'partie'));
      }
      if (result.kind === 'done' && result.position !== undefined)
        await services.readSide.waitFor(result.position, 2_000);
      const done = decision === 'accepter' ? 'acceptee' : 'refusee';
      response.redirect(303, queueHref(address, done));
    }),
  );

  return router;
}
