import { Router, type Request, type Response } from 'express';
import { asTyped, whyTooManyWords } from '../../../domain/kernel/words.ts';
import { describeRejection } from '../../rejections.ts';
import { isRejection, type Rejection } from '../../../domain/kernel/rejection.ts';
import { StoreUnavailableError } from '../../../application/ports/eventStore.ts';
import type { FamilyId } from '../../../domain/kernel/ids.ts';
import type { Principal } from '../../../application/principal.ts';
import {
  whyTooLong,
  type Submission,
  type Submitted,
} from '../../../application/reservation/submission.ts';
import { formatMoney } from '../../../domain/kernel/french/money.ts';
import type { Fault } from '../components/errorSummary.tsx';
import { CANCEL_FIELD, RESERVE_FIELD } from '../components/slot.ts';
import {
  ACCEPT_FIELD,
  acceptId,
  CheckPage,
  checkTitle,
  NOTE_FIELD,
  NOTE_ID,
  REQUEST_FIELD,
} from '../pages/checkPage.tsx';
import { MessagePage, messageTitle, type Resend } from '../pages/messagePage.tsx';
import { cellOfTick, checkPageView, costOf, type Ticked } from '../views/checkPageView.ts';
import { receiptHref } from '../views/receiptsPageView.ts';
import { allTicksOf } from '../views/tickCode.ts';
import { valuesOf, type Tick } from '../views/ticks.ts';
import type { WebContext } from '../webContext.ts';
import { agendaOf } from './comeBack.ts';
import { noteWrite } from './recentWrite.ts';
import { sendPage, sendRefusal } from './respond.ts';
import { appRequest, checkForm, csrfOf, forGuardian, whileSignedIn } from './visitor.ts';

type Guardian = Principal & { readonly familyId: FamilyId };
type Form = Readonly<Record<string, unknown>>;

const sendingPath = '/reservations/envoi';
/** How long a page waits for the read models to see what was just sent. */
const patienceMs = 2_000;

const textOf = (field: unknown): string => (typeof field === 'string' ? asTyped(field) : '');

const tickedOf = (form: Form): Ticked => ({
  ...allTicksOf(form),
  accepted: new Set(valuesOf(form[ACCEPT_FIELD])),
  note: textOf(form[NOTE_FIELD]),
});

/**
 * The same page sent again with other days or consents is another sending: what was refused for want of a consent is
 * done once the consent is given. With another word alone it is not: nobody would read that word.
 */
const keyOf = (page: string, { book, cancel, accepted }: Ticked): string =>
  JSON.stringify([
    page,
    book.map(({ value }) => value),
    cancel.map(({ value }) => [value, accepted.has(value)]),
  ]);

/** What sends the same again: the fields of the check page, as they were. */
const sameAgain = (
  csrf: string,
  page: string,
  { book, cancel, accepted, note }: Ticked,
): Resend => ({
  action: sendingPath,
  fields: [
    ['csrf', csrf],
    [REQUEST_FIELD, page],
    ...book.map(({ value }) => [RESERVE_FIELD, value] as const),
    ...cancel.map(({ value }) => [CANCEL_FIELD, value] as const),
    ...[...accepted].map((value) => [ACCEPT_FIELD, value] as const),
    ...(note === '' ? [] : [[NOTE_FIELD, note] as const]),
  ],
});

/** The check page, then the sending: the server decides, whatever the page allowed. */
export function submissionRoutes(context: WebContext): Router {
  const { services } = context;
  const router = Router();

  const look = async (ticked: Ticked, { familyId }: Guardian) => {
    const now = services.clock.now();
    const [cells, children] = await Promise.all([
      services.agenda.cellsOfSending(familyId, ticked, now),
      services.agenda.children(familyId),
    ]);
    return { now, cells, children };
  };

  async function sendCheck(
    request: Request,
    response: Response,
    guardian: Guardian,
    ticked: Ticked,
    requestId: string,
    faults: readonly Fault[],
  ): Promise<void> {
    const { now, cells, children } = await look(ticked, guardian);
    const view = checkPageView(ticked, cells, children, now, {
      csrf: csrfOf(request),
      requestId,
      faults,
    });
    const status = faults.length > 0 ? 422 : 200;
    const options = { title: checkTitle, current: 'reservations', status };
    await sendPage(context, request, response, CheckPage(view), options);
  }

  const sendUnsure = (request: Request, response: Response, resend: Resend): Promise<void> => {
    const view = { kind: 'maybeKept', backHref: '/', desk: context.town, resend } as const;
    response.set('retry-after', '5');
    const options = { title: messageTitle(view), current: 'reservations', status: 503 };
    return sendPage(context, request, response, MessagePage(view), options);
  };

  router.post(
    '/reservations/verification',
    whileSignedIn(context, agendaOf),
    checkForm(context),
    forGuardian(context, async (request, response, guardian) => {
      const ticked = tickedOf(request.body as Form);
      await sendCheck(request, response, guardian, ticked, services.ids.next(), []);
    }),
  );

  router.post(
    sendingPath,
    whileSignedIn(context, agendaOf),
    checkForm(context),
    forGuardian(context, async (request, response, guardian) => {
      const form = request.body as Form;
      const ticked = tickedOf(form);
      const page = textOf(form[REQUEST_FIELD]) || services.ids.next();
      if (ticked.book.length + ticked.cancel.length === 0)
        return sendCheck(request, response, guardian, ticked, page, []);
      const tooLong = whyTooLong(ticked.book.length + ticked.cancel.length);
      if (tooLong) return sendRefusal(context, request, response, tooLong);

      const { cells } = await look(ticked, guardian);
      const faults = ticked.cancel.flatMap((tick): Fault[] => {
        const cost = costOf(cellOfTick(cells, tick));
        if (cost === 0 || ticked.accepted.has(tick.value)) return [];
        const message = `Cochez «\u00a0J’ai compris\u00a0»\u00a0: ce jour reste facturé ${formatMoney(cost)}.`;
        return [{ fieldId: acceptId(tick.value), message }];
      });
      // The word goes to those who read it: the teams that validate.
      const isRead = (tick: Tick): boolean =>
        cellOfTick(cells, tick)?.session?.validation === 'staff';
      const tooManyWords = ticked.book.some(isRead)
        ? whyTooManyWords('note', ticked.note)
        : undefined;
      if (tooManyWords)
        faults.push({ fieldId: NOTE_ID, message: describeRejection(tooManyWords).detail });
      if (faults.length > 0) return sendCheck(request, response, guardian, ticked, page, faults);

      const asked = appRequest(context, guardian, keyOf(page, ticked));
      const noteFor = (tick: Tick): { note?: string } =>
        ticked.note !== '' && isRead(tick) ? { note: ticked.note } : {};
      const submission: Submission = {
        familyId: guardian.familyId,
        book: ticked.book.map((tick) => {
          const { childId, activityId, date } = tick;
          return { childId, activityId, date, ...noteFor(tick) };
        }),
        cancel: ticked.cancel.map(({ value, childId, activityId, date }) => ({
          childId,
          activityId,
          date,
          acceptsBilling: ticked.accepted.has(value),
        })),
      };
      let submitted: Submitted | Rejection;
      try {
        submitted = await services.submissions.submit(submission, asked);
      } catch (error) {
        if (!(error instanceof StoreUnavailableError)) throw error;
        // Days may be kept already: the person must know, and can do no harm by sending the same again.
        context.services.log.error({ route: sendingPath, error: error.name }, 'sending cut off');
        return sendUnsure(request, response, sameAgain(csrfOf(request), page, ticked));
      }
      if (isRejection(submitted)) return sendRefusal(context, request, response, submitted);
      const { receipt, position } = submitted;
      if (position !== undefined) await noteWrite(context, response, position, patienceMs);
      response.redirect(303, receiptHref(receipt.receiptId));
    }),
  );

  return router;
}
