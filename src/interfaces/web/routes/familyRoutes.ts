import { Router, type Request } from 'express';
import { isStaff } from '../../../domain/kernel/actor.ts';
import { isId, type FamilyId, type ReceiptId } from '../../../domain/kernel/ids.ts';
import { isYearMonth, monthOf } from '../../../domain/kernel/localDate.ts';
import { localDateAt } from '../../../domain/kernel/parisTime.ts';
import { isRejection } from '../../../domain/kernel/rejection.ts';
import type { Principal } from '../../../application/principal.ts';
import { CANCEL_FIELD, RESERVE_FIELD } from '../components/slot.ts';
import { AgendaPage, agendaTitle } from '../pages/agendaPage.tsx';
import { HomePage, homeTitle } from '../pages/homePage.tsx';
import { ReceiptPage, receiptTitle } from '../pages/receiptPage.tsx';
import { agendaPageView, WHOLE_FAMILY } from '../views/agendaPageView.ts';
import { homeMonths, homePageView } from '../views/homePageView.ts';
import { receiptPageView } from '../views/receiptPageView.ts';
import { ticksOf } from '../views/ticks.ts';
import type { WebContext } from '../webContext.ts';
import { sendMessage, sendPage } from './respond.ts';
import { appRequest, csrfOf, forGuardian, visitorOf } from './visitor.ts';

type Guardian = Principal & { readonly familyId: FamilyId };

/** How long a page waits for what its family just sent; then it says that the answer is on its way. */
const patienceMs = 500;

async function firstNameOf({ services }: WebContext, guardian: Guardian): Promise<string> {
  const household = await services.familyDirectory.household(guardian.familyId);
  const person = household?.guardians.find(({ guardianId }) => guardianId === guardian.actor.id);
  return person?.firstName ?? '';
}

const tickedIn = ({ query }: Request): ReadonlySet<string> =>
  new Set(
    [RESERVE_FIELD, CANCEL_FIELD].flatMap((name) => ticksOf(query[name]).map((t) => t.value)),
  );

/** What a guardian reads: home, agenda, receipts. */
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
      await context.recentWrites.shown(familyId, patienceMs);
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

  router.get(
    '/reservations',
    forGuardian(context, async (request, response, { familyId }) => {
      const now = services.clock.now();
      const { mois, enfant } = request.query;
      const month =
        typeof mois === 'string' && isYearMonth(mois) ? mois : monthOf(localDateAt(now));
      const shown = await context.recentWrites.shown(familyId, patienceMs);
      const children = await services.agenda.children(familyId);
      const childId =
        enfant === WHOLE_FAMILY && children.length > 1
          ? undefined
          : (children.find((child) => child.childId === enfant) ?? children[0])?.childId;
      const whole = await services.agenda.month(familyId, month, now, childId);
      const view = agendaPageView(whole, {
        childId,
        csrf: csrfOf(request),
        ticked: tickedIn(request),
        calendar,
        catchingUp: !shown,
      });
      const options = { title: agendaTitle(view), current: 'reservations' };
      await sendPage(context, request, response, AgendaPage(view), options);
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
      const [children, activities, sentBy] = await Promise.all([
        services.agenda.children(guardian.familyId),
        services.activityDirectory.findMany(receipt.lines.map(({ activityId }) => activityId)),
        firstNameOf(context, guardian),
      ]);
      const view = receiptPageView(receipt, { children, activities, sentBy, desk: town });
      const options = { title: receiptTitle(view), current: 'reservations' };
      await sendPage(context, request, response, ReceiptPage(view), options);
    }),
  );

  return router;
}
