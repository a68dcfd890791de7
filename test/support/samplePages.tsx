import type { AssetUrls } from '../../src/interfaces/web/assets.ts';
import { renderPage } from '../../src/interfaces/web/layout/page.tsx';
import {
  AccessibilityPage,
  accessibilityTitle,
} from '../../src/interfaces/web/pages/accessibilityPage.tsx';
import { AgendaPage, agendaTitle } from '../../src/interfaces/web/pages/agendaPage.tsx';
import type { AgendaView } from '../../src/interfaces/web/pages/agendaView.ts';
import { CheckPage, checkTitle } from '../../src/interfaces/web/pages/checkPage.tsx';
import {
  CloseSessionPage,
  closeSessionTitle,
} from '../../src/interfaces/web/pages/closeSessionPage.tsx';
import { ComponentsPage, componentsTitle } from '../../src/interfaces/web/pages/componentsPage.tsx';
import { HomePage, homeTitle } from '../../src/interfaces/web/pages/homePage.tsx';
import {
  MessagePage,
  messageTitle,
  type MessageKind,
} from '../../src/interfaces/web/pages/messagePage.tsx';
import {
  PersonalDataPage,
  personalDataTitle,
} from '../../src/interfaces/web/pages/personalDataPage.tsx';
import {
  PortalStatePage,
  portalStateTitle,
} from '../../src/interfaces/web/pages/portalStatePage.tsx';
import { RebuildPage, rebuildTitle } from '../../src/interfaces/web/pages/rebuildPage.tsx';
import { ReceiptPage, receiptTitle } from '../../src/interfaces/web/pages/receiptPage.tsx';
import { ReceiptsPage, receiptsTitle } from '../../src/interfaces/web/pages/receiptsPage.tsx';
import { RefusalPage, refusalTitle } from '../../src/interfaces/web/pages/refusalPage.tsx';
import { SessionsPage, sessionsTitle } from '../../src/interfaces/web/pages/sessionsPage.tsx';
import {
  SignInChoicePage,
  signInChoiceTitle,
} from '../../src/interfaces/web/pages/signInChoicePage.tsx';
import {
  ValidationQueuePage,
  validationTitle,
} from '../../src/interfaces/web/pages/validationQueuePage.tsx';
import type { ValidationView } from '../../src/interfaces/web/pages/validationView.ts';
import * as views from './sampleViews.ts';

const messageKinds: readonly MessageKind[] = [
  'signIn',
  'sessionOver',
  'ticksKept',
  'notFound',
  'forbidden',
  'failed',
  'unavailable',
  'notKept',
  'maybeKept',
  'catchingUp',
  'formTooOld',
  'formTooLarge',
  'formUnreadable',
  'tooManyDays',
  'sentAlready',
];

const retried: ReadonlySet<MessageKind> = new Set([
  'failed',
  'unavailable',
  'notKept',
  'ticksKept',
]);

/** Every page of the portal, rendered with the sample views: name -> HTML document. */
export function samplePages(assets: AssetUrls): Readonly<Record<string, string>> {
  const frame = (side: 'family' | 'staff' | 'public', title: string, current?: string) =>
    views.frameOf(assets, side, title, current);
  const agenda = (view: AgendaView) =>
    renderPage(frame('family', agendaTitle(view), 'reservations'), <AgendaPage {...view} />);
  const validation = (view: ValidationView) =>
    renderPage(
      frame('staff', validationTitle(view), 'validation'),
      <ValidationQueuePage {...view} />,
    );
  const { checkView, receiptView, homeView, sessionsView, closeSessionView } = views;
  return {
    agenda: agenda(views.agendaView),
    'agenda-family': agenda(views.familyAgendaView),
    'agenda-holidays': agenda(views.holidayAgendaView),
    'agenda-empty': agenda({
      ...views.emptyAgendaView,
      catchingUp: true,
      notice: {
        tone: 'done',
        title: '3 acceptées et 1 en attente de validation.',
        text: 'Accusé AR-7F3K-29QD.',
        link: { href: '/accuses/1', label: 'Le relire' },
      },
    }),
    check: renderPage(frame('family', checkTitle, 'reservations'), <CheckPage {...checkView} />),
    'check-fault': renderPage(
      frame('family', checkTitle, 'reservations'),
      <CheckPage {...views.checkViewWithFault} />,
    ),
    'check-empty': renderPage(
      frame('family', checkTitle, 'reservations'),
      <CheckPage {...checkView} reservations={[]} cancellations={[]} />,
    ),
    receipt: renderPage(
      frame('family', receiptTitle(receiptView), 'reservations'),
      <ReceiptPage {...receiptView} />,
    ),
    receipts: renderPage(
      frame('family', receiptsTitle, 'reservations'),
      <ReceiptsPage {...views.receiptsView} />,
    ),
    'receipts-empty': renderPage(
      frame('family', receiptsTitle, 'reservations'),
      <ReceiptsPage rows={[]} first={1} total={0} agendaHref="/reservations" catchingUp />,
    ),
    'refusal-of-staff': renderPage(
      frame('family', refusalTitle(views.refusalOfStaffView), 'reservations'),
      <RefusalPage {...views.refusalOfStaffView} />,
    ),
    home: renderPage(frame('family', homeTitle, 'accueil'), <HomePage {...homeView} />),
    'home-empty': renderPage(
      frame('family', homeTitle, 'accueil'),
      <HomePage {...homeView} children={[]} awaiting={[]} waiting={[]} />,
    ),
    validation: validation(views.validationView),
    'validation-refusal': validation(views.refusalView),
    'validation-gone': validation(views.goneView),
    'validation-empty': validation({
      now: views.now,
      queue: [],
      chosen: false,
      queueHref: '/agents/validation',
      readySentences: [],
    }),
    sessions: renderPage(
      frame('staff', sessionsTitle(sessionsView), 'seances'),
      <SessionsPage {...sessionsView} />,
    ),
    'sessions-empty': renderPage(
      frame('staff', sessionsTitle(sessionsView), 'seances'),
      <SessionsPage {...sessionsView} rows={[]} />,
    ),
    'close-session': renderPage(
      frame('staff', closeSessionTitle(closeSessionView), 'seances'),
      <CloseSessionPage {...closeSessionView} />,
    ),
    'close-session-closed': renderPage(
      frame('staff', closeSessionTitle(closeSessionView), 'seances'),
      <CloseSessionPage {...closeSessionView} closedBecause="Grève" />,
    ),
    'portal-state': renderPage(
      frame('staff', portalStateTitle, 'etat'),
      <PortalStatePage {...views.portalStateView} />,
    ),
    'portal-state-away': renderPage(
      frame('staff', portalStateTitle, 'etat'),
      <PortalStatePage {...views.storesAwayView} />,
    ),
    rebuild: renderPage(
      frame('staff', rebuildTitle(views.rebuildView), 'etat'),
      <RebuildPage {...views.rebuildView} />,
    ),
    'sign-in': renderPage(
      frame('public', signInChoiceTitle),
      <SignInChoicePage {...views.signInChoiceView} />,
    ),
    'sign-in-again': renderPage(
      frame('public', signInChoiceTitle),
      <SignInChoicePage
        {...views.signInChoiceView}
        ended={{ comeBack: '/reservations?mois=2026-11&enfant=tous' }}
      />,
    ),
    accessibility: renderPage(
      frame('family', accessibilityTitle),
      <AccessibilityPage
        town={views.desk}
        siteUrl="https://famille.vallee-du-lot.example"
        establishedOn={views.today}
        actions={['Faire auditer le portail.', 'Former les agents.']}
        plan={{ from: 2026, to: 2028 }}
      />,
    ),
    'personal-data': renderPage(
      frame('family', personalDataTitle),
      <PersonalDataPage town={views.desk} officerEmail="dpo@vallee-du-lot.example" />,
    ),
    components: renderPage(frame('public', componentsTitle), <ComponentsPage />),
    ...Object.fromEntries(
      messageKinds.map((kind) => [
        `message-${kind}`,
        renderPage(
          frame('public', messageTitle({ kind })),
          <MessagePage
            kind={kind}
            backHref="/"
            {...(retried.has(kind) ? { retryHref: '/' } : {})}
            reference="4f2a-91"
            desk={views.desk}
          />,
        ),
      ]),
    ),
  };
}
