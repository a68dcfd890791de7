import { Router } from 'express';
import type { Principal } from '../../../application/principal.ts';
import { ComponentsPage, componentsTitle } from '../pages/componentsPage.tsx';
import {
  SignInChoicePage,
  signInChoiceTitle,
  type DemoPerson,
} from '../pages/signInChoicePage.tsx';
import { endedOf } from '../routes/comeBack.ts';
import { sendMessage, sendPage } from '../routes/respond.ts';
import { signIn } from '../routes/visitor.ts';
import type { WebContext } from '../webContext.ts';

/** Somebody whom a visitor of the demonstration can be. */
export interface DemoAccount extends DemoPerson {
  readonly principal: Principal;
}

const homeOf = ({ principal }: DemoAccount): string =>
  principal.actor.kind === 'guardian' ? '/' : '/agents/validation';

/**
 * The demonstration's sign-in: choose a person, no password. Only src/demo.ts imports it, so that it is not in the
 * production bundle. `/demo/entrer/:id` signs in by a plain link, as the demo prints them.
 */
export function demoSignIn(context: WebContext, accounts: readonly DemoAccount[]): Router {
  const router = Router();
  const people = accounts.map(({ id, name, role, detail }) => ({ id, name, role, detail }));

  router.get('/demo', async (request, response) => {
    const ended = endedOf(request.query);
    const view = {
      people,
      form: { action: '/demo/entrer', csrf: '' },
      ...(ended ? { ended } : {}),
    };
    const options = { title: signInChoiceTitle };
    await sendPage(context, request, response, SignInChoicePage(view), options);
  });

  router.post('/demo/entrer', async (request, response) => {
    const fields = request.body as Readonly<Record<string, unknown>>;
    const account = accounts.find(({ id }) => id === fields['personne']);
    if (!account) return sendMessage(context, request, response, 'notFound');
    signIn(context, response, account.principal);
    const isGuardian = account.principal.actor.kind === 'guardian';
    const comeBack = isGuardian ? endedOf(fields)?.comeBack : undefined;
    response.redirect(303, comeBack ?? homeOf(account));
  });

  router.get('/demo/entrer/:id', async (request, response) => {
    const account = accounts.find(({ id }) => id === request.params.id);
    if (!account) return sendMessage(context, request, response, 'notFound');
    signIn(context, response, account.principal);
    response.redirect(303, homeOf(account));
  });

  router.get('/demo/composants', async (request, response) => {
    const options = { title: componentsTitle };
    await sendPage(context, request, response, ComponentsPage(), options);
  });

  return router;
}
