import type { Request, Response } from 'express';
import type { VNode } from 'preact';
import { isStaff } from '../../../domain/kernel/actor.ts';
import type { Rejection } from '../../../domain/kernel/rejection.ts';
import type { Principal } from '../../../application/principal.ts';
import { within } from '../../../application/within.ts';
import { endLeavingBody, leavesBody } from '../../http/unreadBody.ts';
import { familyMenu, staffMenu } from '../layout/menus.ts';
import { renderPage } from '../layout/page.tsx';
import type { PageFrame, SignedIn } from '../layout/pageFrame.ts';
import {
  MessagePage,
  messageTitle,
  type MessageKind,
  type MessageView,
} from '../pages/messagePage.tsx';
import type { WebContext } from '../webContext.ts';
import { csrfOf, visitorOf } from './visitor.ts';

export interface PageOptions {
  readonly title: string;
  /** Key of the menu's item that holds the page. */
  readonly current?: string;
  readonly status?: number;
  /** It opens while the stores are away too: its menu then counts nothing. */
  readonly opensAlways?: boolean;
}

const leaving = { action: '/deconnexion', label: 'Quitter' };

async function signedIn(
  { services }: WebContext,
  { actor, familyId }: Principal,
  csrf: string,
): Promise<SignedIn> {
  const leave = { ...leaving, csrf };
  if (isStaff(actor)) {
    const name = actor.kind === 'supervisor' ? 'Encadrement' : 'Agent d’accueil';
    return { name, role: 'Espace Accueil Famille', leave };
  }
  const household = familyId && (await services.familyDirectory.household(familyId));
  const guardian = household?.guardians.find(({ guardianId }) => guardianId === actor.id);
  return { name: guardian ? `${guardian.firstName} ${guardian.lastName}` : 'Mon compte', leave };
}

const publicFrame = ({ town, assets, demonstration }: WebContext, title: string): PageFrame => ({
  title,
  town,
  assets: assets.urls,
  demonstration,
  side: 'public',
  menu: [],
});

/** The shell of a page that is the same for everybody. */
export const publicShell =
  (context: WebContext) =>
  ({ title, content }: { readonly title: string; readonly content: VNode }): string =>
    renderPage(publicFrame(context, title), content);

async function frameFor(
  context: WebContext,
  request: Request,
  { title, current, opensAlways = false }: PageOptions,
): Promise<PageFrame> {
  const common = publicFrame(context, title);
  const principal = visitorOf(request);
  if (!principal) return common;
  const person = await signedIn(context, principal, csrfOf(request));
  const here = current === undefined ? {} : { current };
  if (!isStaff(principal.actor))
    return { ...common, ...here, side: 'family', menu: familyMenu, signedIn: person };
  const counting = context.services.validationQueue.count();
  const awaiting = await (opensAlways ? within(counting, 1_000).catch(() => undefined) : counting);
  const menu = staffMenu({ awaiting, supervisor: principal.actor.kind === 'supervisor' });
  return { ...common, ...here, side: 'staff', menu, signedIn: person };
}

/** Answers with a whole page, never kept by caches: it shows one person's data. */
export async function sendPage(
  context: WebContext,
  request: Request,
  response: Response,
  content: VNode,
  options: PageOptions,
): Promise<void> {
  const frame = await frameFor(context, request, options);
  send(response, options.status ?? 200, renderPage(frame, content));
}

/** Answers with a table to be kept as a file: like a page, no cache keeps what it holds of people. */
export function sendCsv(response: Response, name: string, csv: string): void {
  response
    .set('cache-control', 'no-store')
    .set('content-disposition', `attachment; filename="${name}.csv"`)
    .type('text/csv; charset=utf-8')
    .send(csv);
}

function send(response: Response, status: number, html: string): void {
  response.status(status).set('cache-control', 'no-store').type('html');
  if (leavesBody(response.req)) endLeavingBody(response.set('connection', 'close'), html);
  else response.send(html);
}

const statusOf: Readonly<Record<MessageKind, number>> = {
  signIn: 200,
  sessionOver: 200,
  ticksKept: 200,
  notFound: 404,
  forbidden: 403,
  failed: 500,
  unavailable: 503,
  notKept: 503,
  maybeKept: 503,
  catchingUp: 503,
  formTooOld: 403,
  formTooLarge: 413,
  formUnreadable: 400,
  tooManyDays: 422,
  sentAlready: 422,
};

const kindOf: Readonly<Record<string, MessageKind>> = {
  'ACCESS.DENIED': 'forbidden',
  'SUBMISSION.TOO_LONG': 'tooManyDays',
  'REQUEST.KEY_REUSED': 'sentAlready',
};

/** The page that tells a refusal of a whole sending: nothing of it was kept. */
export const sendRefusal = (
  context: WebContext,
  request: Request,
  response: Response,
  { code }: Pick<Rejection, 'code'>,
): Promise<void> => sendMessage(context, request, response, kindOf[code] ?? 'notKept');

/** A page that only says what happened and what to do. */
export function sendMessage(
  context: WebContext,
  request: Request,
  response: Response,
  kind: MessageKind,
  more: Pick<MessageView, 'retryHref'> = {},
): Promise<void> {
  const { content, title, status } = messageOf(context, response, kind, more);
  return sendPage(context, request, response, content, { title, status });
}

/** The same in the shell that is the same for everybody: asks nothing of the stores, which may be what fails. */
export function sendPublicMessage(
  context: WebContext,
  response: Response,
  kind: MessageKind,
): void {
  const { content, title, status } = messageOf(context, response, kind);
  send(response, status, renderPage(publicFrame(context, title), content));
}

function messageOf(
  { town }: WebContext,
  response: Response,
  kind: MessageKind,
  more: Pick<MessageView, 'retryHref'> = {},
) {
  const view = { kind, backHref: '/', desk: town, ...more };
  const status = statusOf[kind];
  if (status === 503) response.set('retry-after', '5');
  return { content: MessagePage(view), title: messageTitle(view), status };
}
