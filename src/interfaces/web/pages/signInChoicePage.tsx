import { Banner } from '../components/banner.tsx';
import { Icon } from '../components/icon.tsx';
import { Landscape } from '../components/landscape.tsx';
import type { IconName } from '../icons.ts';

/** Somebody whom a visitor of the demonstration can be. */
export interface DemoPerson {
  readonly id: string;
  readonly name: string;
  readonly role: 'guardian' | 'agent' | 'supervisor';
  /** « Léa (CE1) et Hugo (PS) » */
  readonly detail: string;
}

/** The demonstration's sign-in: nobody has a password. */
export interface SignInChoiceView {
  readonly people: readonly DemoPerson[];
  readonly form: { readonly action: string; readonly csrf: string };
  /** The visitor's session has ended while a form was on its way; `comeBack`: where its ticks are found again. */
  readonly ended?: { readonly comeBack?: string };
}

export const signInChoiceTitle = 'Choisir une personne';

const roles: Readonly<Record<DemoPerson['role'], { words: string; icon: IconName }>> = {
  guardian: { words: 'Responsable', icon: 'users' },
  agent: { words: 'Agent d’accueil', icon: 'inbox' },
  supervisor: { words: 'Encadrante ou encadrant', icon: 'shield-check' },
};

/** Three people, three portals. */
export function SignInChoicePage({ people, form, ended }: SignInChoiceView) {
  return (
    <div class="sign-in">
      <div class="hero">
        <Landscape />
        <div class="hero__words">
          <h1>
            <span class="whole">Qui êtes-vous</span> aujourd’hui&nbsp;?
          </h1>
        </div>
      </div>
      {ended && (
        <Banner tone="wait" title="Votre connexion a pris fin" announced>
          <p>
            {ended.comeBack === undefined
              ? 'Rien n’a été enregistré\u00a0: choisissez de nouveau qui vous êtes, puis recommencez.'
              : 'Rien n’a été envoyé\u00a0: choisissez de nouveau qui vous êtes, vos jours cochés vous attendent dans l’agenda.'}
          </p>
        </Banner>
      )}
      <p class="lead">
        {
          'Ceci est une démonstration\u00a0: choisissez une personne, aucun mot de passe n’est demandé.'
        }
      </p>
      <form method="post" action={form.action}>
        <input type="hidden" name="csrf" value={form.csrf} />
        {ended && <input type="hidden" name="fin" value="1" />}
        {ended?.comeBack && <input type="hidden" name="suite" value={ended.comeBack} />}
        <ul class="people">
          {people.map(({ id, name, role, detail }) => (
            <li key={id}>
              <button type="submit" class="person" name="personne" value={id}>
                <span class={`person__icon person__icon--${role}`}>
                  <Icon name={roles[role].icon} size={26} />
                </span>
                <span class="person__words">
                  <span>{roles[role].words}</span>
                  <b>{name}</b>
                  <span>{detail}</span>
                </span>
                <Icon name="arrow-right" />
              </button>
            </li>
          ))}
        </ul>
      </form>
    </div>
  );
}
