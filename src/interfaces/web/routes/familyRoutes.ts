import { Router, type Request } from 'express';
import { isStaff } from '../../../domain/kernel/actor.ts';
import { asId, isId, type FamilyId, type ReceiptId } from '../../../domain/kernel/ids.ts';
import {
  isYearMonth,
  monthOf,
  type LocalDate,
  type YearMonth,
} from '../../../domain/kernel/localDate.ts';
import { localDateAt } from '../../../domain/kernel/parisTime.ts';
import { isRejection } from '../../../domain/kernel/rejection.ts';
import type { Principal } from '../../../application/principal.ts';
import { AgendaPage, agendaTitle } from '../pages/agendaPage.tsx';
import { REFUSALS_PATH } from '../components/slot.ts';
import { HomePage, homeTitle } from '../pages/homePage.tsx';
import { ReceiptPage, receiptTitle } from '../pages/receiptPage.tsx';
import { RefusalPage, refusalTitle } from '../pages/refusalPage.tsx';
import { ReceiptsPage, receiptsTitle } from '../pages/receiptsPage.tsx';
import { agendaHref, agendaPageView, WHOLE_FAMILY } from '../views/agendaPageView.ts';
import { homeMonths, homePageView } from '../views/homePageView.ts';
import { receiptPageView } from '../views/receiptPageView.ts';
import {
  receiptsListed,
  receiptsPageAsked,
  receiptsPageView,
  receiptsPath,
} from '../views/receiptsPageView.ts';
import { refusalPageView } from '../views/refusalPageView.ts';
import { allTicksOf } from '../views/tickCode.ts';
import { ticksOf } from '../views/ticks.ts';
import type { WebContext } from '../webContext.ts';
import { agendaInAddress, agendaOf } from './comeBack.ts';
import { showsLastWrite } from './recentWrite.ts';
import { sendMessage, sendPage } from './respond.ts';
import { appRequest, csrfOf, forGuardian, visitorOf, whileSignedIn } from './visitor.ts';

type Guardian = Principal & { readonly familyId: FamilyId };

/** How long a page waits for what its family just sent; then it says that the answer is on its way. */
const patienceMs = 500;

const guardiansOf = async ({ services }: WebContext, familyId: FamilyId) =>
  (await services.familyDirectory.household(familyId))?.guardians ?? [];

async function firstNameOf(context: WebContext, { actor, familyId }: Guardian): Promise<string> {
  const guardians = await guardiansOf(context, familyId);
  return guardians.find(({ guardianId }) => guardianId === actor.id)?.firstName ?? '';
}

/** The month that an address names; the present one when it names none. */
const monthAsked = ({ query: { mois } }: Request, today: LocalDate): YearMonth =>
  typeof mois === 'string' && isYearMonth(mois) ? mois : monthOf(today);

/** What a guardian reads: home, agenda, receipts, and what a refusal leaves to do. */
export function familyRoutes(context: WebContext): Router {
  const { services, calendar, town } = context;
  const router = Router();

  router.get(
    '/',
    (request, response, next) => {
      const visitor = visitorOf(request);
      if (visitor && isStaff(visitor.actor)) response.redirect(303, '/agents/validation');
      else next();
    },
    forGuardian(context, async (request, response, guardian) => {
      const now = services.clock.now();
      const today = localDateAt(now);
      const { familyId } = guardian;
      await showsLastWrite(context, request, patienceMs);
      const [firstName, pending, ...months] = await Promise.all([
        firstNameOf(context, guardian),
        services.validationQueue.ofFamily(familyId, now),
        ...homeMonths(today).map((month) => services.agenda.month(familyId, month, now)),
      ]);
      const pendingCells = await services.agenda.cells(
        familyId,
        pending.map(({ booking }) => booking).filter(({ date }) => date >= today),
        now,
      );
      const children = months[0]?.children ?? [];
      const view = homePageView({ firstName, children, months, pendingCells }, now, today);
      const options = { title: homeTitle, current: 'accueil' };
      await sendPage(context, request, response, HomePage(view), options);
    }),
  );

  const stillSignedIn = whileSignedIn(context, agendaInAddress);
  router.get(
    '/reservations',
    // An address with ticks is opened by somebody who had a session: the way in must not lose them.
    (request, response, next) =>
      agendaInAddress(request, services.clock.now()) === undefined
        ? next()
        : stillSignedIn(request, response, next),
    forGuardian(context, async (request, response, { familyId }) => {
      const now = services.clock.now();
      const { enfant } = request.query;
      const month = monthAsked(request, localDateAt(now));
      const shown = await showsLastWrite(context, request, patienceMs);
      const children = await services.agenda.children(familyId);
      const childId =
        enfant === WHOLE_FAMILY && children.length > 1
          ? undefined
          : (children.find((child) => child.childId === enfant) ?? children[0])?.childId;
      const whole = await services.agenda.month(familyId, month, now, childId);
      const view = agendaPageView(whole, {
        childId,
        csrf: csrfOf(request),
        kept: allTicksOf(request.query),
        calendar,
        catchingUp: !shown,
      });
      const options = { title: agendaTitle(view), current: 'reservations' };
      await sendPage(context, request, response, AgendaPage(view), options);
    }),
  );

  // Another month, another child: what is ticked comes along in the address. Nothing is changed, nothing to protect.
  router.post(
    '/reservations',
    whileSignedIn(context, agendaOf),
    forGuardian(context, async (request, response) => {
      const { enfant } = request.query;
      const month = monthAsked(request, localDateAt(services.clock.now()));
      const childId =
        typeof enfant === 'string' && enfant !== WHOLE_FAMILY && isId(enfant)
          ? asId('child', enfant)
          : undefined;
      const kept = allTicksOf(request.body as Readonly<Record<string, unknown>>);
      response.redirect(303, agendaHref({ month, childId, kept }));
    }),
  );

  router.get(
    receiptsPath,
    forGuardian(context, async (request, response, { familyId }) => {
      const shown = await showsLastWrite(context, request, patienceMs);
      const children = await services.agenda.children(familyId);
      const read = (page: number) =>
        services.receipts.ofFamily(familyId, {
          limit: receiptsListed,
          skip: (page - 1) * receiptsListed,
        });
      const asked = receiptsPageAsked(request.query);
      let found = await read(asked);
      const page = Math.min(asked, Math.max(1, Math.ceil(found.total / receiptsListed)));
      if (page !== asked) found = await read(page);
      const view = { ...receiptsPageView(found, children, page), catchingUp: !shown };
      const options = { title: receiptsTitle, current: 'reservations' };
      await sendPage(context, request, response, ReceiptsPage(view), options);
    }),
  );

  router.get(
    '/reservations/recus/:receiptId',
    forGuardian(context, async (request, response, guardian) => {
      const { receiptId } = request.params;
      const receipt =
        typeof receiptId === 'string' && isId(receiptId)
          ? await services.submissions.receipt(
              receiptId as ReceiptId,
              appRequest(context, guardian),
            )
          : undefined;
      if (!receipt || isRejection(receipt))
        return sendMessage(context, request, response, 'notFound');
      const [children, activities, guardians] = await Promise.all([
        services.agenda.children(guardian.familyId),
        services.activityDirectory.findMany(receipt.lines.map(({ activityId }) => activityId)),
        guardiansOf(context, guardian.familyId),
      ]);
      const view = receiptPageView(receipt, { children, activities, guardians, desk: town });
      const options = { title: receiptTitle(view), current: 'reservations' };
      await sendPage(context, request, response, ReceiptPage(view), options);
    }),
  );

  router.get(
    `${REFUSALS_PATH}/:childId/:activityId/:date`,
    forGuardian(context, async (request, response, { familyId }) => {
      const { childId, activityId, date } = request.params;
      const [place] = ticksOf(`${String(childId)}|${String(activityId)}|${String(date)}`);
      const now = services.clock.now();
      const [[cell], children] = await Promise.all([
        place ? services.agenda.cells(familyId, [place], now) : [],
        services.agenda.children(familyId),
      ]);
      const view = cell && refusalPageView(cell, children, town);
      if (!view) return sendMessage(context, request, response, 'notFound');
      const options = { title: refusalTitle(view), current: 'reservations' };
      await sendPage(context, request, response, RefusalPage(view), options);
    }),
  );

  return router;
}
