import { Router, type Request, type Response } from 'express';
import { asLocalDate } from '../../../domain/kernel/localDate.ts';
import { addHours } from '../../../domain/kernel/parisTime.ts';
import type { Asset, Encoding } from '../assets.ts';
import { AccessibilityPage, accessibilityTitle } from '../pages/accessibilityPage.tsx';
import { PersonalDataPage, personalDataTitle } from '../pages/personalDataPage.tsx';
import type { WebContext } from '../webContext.ts';
import { endedOf } from './comeBack.ts';
import { sendMessage, sendPage } from './respond.ts';
import { checkForm, signOut, visitorOf } from './visitor.ts';

/**
 * When the declaration of accessibility was made, and for which years its plan holds. To be made anew after three
 * years, a redesign, or 18 months after a new RGAA (OBLIGATIONS A2).
 */
const declaration = { on: asLocalDate('2026-11-23'), plan: { from: 2026, to: 2028 } };

const encodings: readonly Encoding[] = ['br', 'gzip'];

function sendAsset(asset: Asset, request: Request, response: Response): void {
  const encoding = encodings.find(
    (one) => asset.bodies[one] && request.acceptsEncodings(one) === one,
  );
  response.set(asset.headers).vary('accept-encoding');
  if (encoding) response.set('content-encoding', encoding);
  response.send((encoding && asset.bodies[encoding]) ?? asset.bodies.identity);
}

/** What everybody may read: assets, legal pages, security.txt; and the way out. */
export function siteRoutes(context: WebContext, publicUrl: string): Router {
  const { services, assets, town } = context;
  const router = Router();

  router.get('/assets/:name', (request, response, next) => {
    const asset = assets.find(request.path);
    if (asset) sendAsset(asset, request, response);
    else next();
  });

  router.get('/accessibilite', async (request, response) => {
    const view = {
      town,
      siteUrl: publicUrl,
      establishedOn: declaration.on,
      actions: [
        'Faire auditer le portail selon le RGAA 4.1.2.',
        'Essayer chaque parcours avec un lecteur d’écran et avec des familles.',
      ],
      plan: declaration.plan,
    };
    const options = { title: accessibilityTitle };
    await sendPage(context, request, response, AccessibilityPage(view), options);
  });

  router.get('/donnees-personnelles', async (request, response) => {
    const view = { town, officerEmail: town.email };
    const options = { title: personalDataTitle };
    await sendPage(context, request, response, PersonalDataPage(view), options);
  });

  router.get('/.well-known/security.txt', (_request, response) => {
    const expires = addHours(services.clock.now(), 24 * 180);
    response
      .type('text/plain')
      .send(`Contact: mailto:${town.email}\nExpires: ${expires}\nPreferred-Languages: fr, en\n`);
  });

  router.get('/connexion', async (request, response) => {
    const ended = endedOf(request.query);
    if (!ended) return sendMessage(context, request, response, 'signIn');
    const { comeBack } = ended;
    if (comeBack === undefined) return sendMessage(context, request, response, 'sessionOver');
    if (visitorOf(request)) return response.redirect(303, comeBack);
    await sendMessage(context, request, response, 'ticksKept', { retryHref: comeBack });
  });

  router.post('/deconnexion', checkForm(context), (_request, response) => {
    signOut(context, response);
    response.redirect(303, context.signInPath);
  });

  return router;
}
