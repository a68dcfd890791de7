import { Router, urlencoded, type ErrorRequestHandler, type RequestHandler } from 'express';
import helmet from 'helmet';
import { StoreUnavailableError } from '../../application/ports/eventStore.ts';
import { familyRoutes } from './routes/familyRoutes.ts';
import { sendMessage } from './routes/respond.ts';
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

const failed =
  (context: WebContext): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const status = (error as { status?: unknown }).status;
    const client = typeof status === 'number' && status >= 400 && status < 500;
    const name = error instanceof Error ? error.name : 'unknown';
    if (!client)
      context.services.log.error(
        { route: request.route ? request.path : '', error: name },
        'page failed',
      );
    const unavailable = error instanceof StoreUnavailableError;
    const kind = client ? 'notFound' : unavailable ? 'notKept' : 'failed';
    void sendMessage(context, request, response, kind).catch(next);
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
  router.use((request, response) => sendMessage(context, request, response, 'notFound'));
  router.use(failed(context));
  return router;
}

/** Forms of 400 lines and a note stay far below. */
const formLimit = '200kb';

function siteRoutesBefore(context: WebContext, publicUrl: string): Router {
  const router = Router();
  router.use(identify(context));
  router.use(urlencoded({ extended: false, limit: formLimit, parameterLimit: 1_500 }));
  router.use(siteRoutes(context, publicUrl));
  return router;
}
