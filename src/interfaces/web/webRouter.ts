import { Router, type ErrorRequestHandler, type Request, type RequestHandler } from 'express';
import helmet from 'helmet';
import { StoreUnavailableError } from '../../application/ports/eventStore.ts';
import { ClientLeftError } from '../http/bodyBytes.ts';
import { traceOf } from '../http/technicalFaults.ts';
import { readForm } from './formBody.ts';
import type { MessageKind } from './pages/messagePage.tsx';
import { familyRoutes } from './routes/familyRoutes.ts';
import { portalStateRoutes } from './routes/portalStateRoutes.ts';
import { sendMessage, sendPublicMessage } from './routes/respond.ts';
import { siteRoutes } from './routes/siteRoutes.ts';
import { staffRoutes } from './routes/staffRoutes.ts';
import { submissionRoutes } from './routes/submissionRoutes.ts';
import { validationRoutes } from './routes/validationRoutes.ts';
import { identify } from './routes/visitor.ts';
import type { WebContext } from './webContext.ts';

/** Everything comes from the portal itself; nothing inline, no frame, no other form target. */
export const securityHeaders = (secure: boolean): RequestHandler =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'style-src': ["'self'"],
        'script-src': ["'self'"],
        'img-src': ["'self'"],
        'font-src': ["'self'"],
        'connect-src': ["'self'"],
        'form-action': ["'self'"],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    xFrameOptions: { action: 'deny' },
  });

/** What a client did that can't be answered: an address that can't be read, or a form. */
const kindOfFault = ({ method }: Request, status: number): MessageKind =>
  status === 413 ? 'formTooLarge' : method === 'POST' ? 'formUnreadable' : 'notFound';

/** The status of a fault of the client, as Express and its parsers mark it. */
function clientStatusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('status' in error)) return undefined;
  const { status } = error;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}

function kindOf(error: unknown, request: Request): MessageKind {
  const status = clientStatusOf(error);
  if (status !== undefined) return kindOfFault(request, status);
  if (!(error instanceof StoreUnavailableError)) return 'failed';
  return request.method === 'POST' ? 'notKept' : 'unavailable';
}

/** The one place where errors become pages; none goes further, since Express would tell its message to everybody. */
const failed =
  (context: WebContext): ErrorRequestHandler =>
  async (error: unknown, request, response, next) => {
    const { log } = context.services;
    if (error instanceof ClientLeftError) {
      request.destroy();
      return;
    }
    if (clientStatusOf(error) === undefined) log.error(traceOf(error), 'page failed');
    if (response.headersSent) {
      // Half a page went out: cut, so that nobody takes it for a whole one.
      request.destroy();
      next('router');
      return;
    }
    try {
      await sendMessage(context, request, response, kindOf(error, request));
    } catch (cause) {
      log.error(traceOf(cause), 'page failed');
      sendPublicMessage(context, response, kindOf(cause, request));
    }
  };

/** The web portal: families' and staff's pages. `extra` adds routes, such as the demonstration's sign-in. */
export function webRouter(context: WebContext, publicUrl: string, extra?: Router): Router {
  const router = Router();
  router.use(siteRoutesBefore(context, publicUrl));
  if (extra) router.use(extra);
  router.use(familyRoutes(context));
  router.use(submissionRoutes(context));
  router.use(validationRoutes(context));
  router.use(staffRoutes(context));
  router.use(portalStateRoutes(context));
  router.use((request, response) => sendMessage(context, request, response, 'notFound'));
  router.use(failed(context));
  return router;
}

function siteRoutesBefore(context: WebContext, publicUrl: string): Router {
  const router = Router();
  router.use(identify(context));
  router.use(readForm);
  router.use(siteRoutes(context, publicUrl));
  return router;
}
