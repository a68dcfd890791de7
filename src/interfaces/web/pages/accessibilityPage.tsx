import type { ComponentChildren } from 'preact';
import type { LocalDate } from '../../../domain/kernel/localDate.ts';
import { formatFullDate } from '../../../domain/kernel/french/dates.ts';
import { telephoneWords } from '../components/telephone.ts';
import type { TownWords } from '../layout/pageFrame.ts';

/** The declaration that the law asks for (loi 2005-102 art. 47; RGAA 4.1.2, modèle de déclaration). */
export interface AccessibilityView {
  readonly town: TownWords;
  readonly siteUrl: string;
  readonly establishedOn: LocalDate;
  /** This year's actions, one sentence each. */
  readonly actions: readonly string[];
  /** First and last year of the plan: three years at most. */
  readonly plan: { readonly from: number; readonly to: number };
}

export const accessibilityTitle = 'Déclaration d’accessibilité';

const Part = ({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ComponentChildren;
}) => (
  <section>
    <h2>{title}</h2>
    {children}
  </section>
);

const Content = () => (
  <Part title="Contenus non accessibles">
    <h3>Non-conformités</h3>
    <p>
      Faute d’audit, aucune liste n’a été dressée. Les vérifications faites pendant le développement
      (outil automatique, clavier, agrandissement à 200&nbsp;%, écran de 320 pixels) sont corrigées
      au fur et à mesure.
    </p>
    <h3>Dérogations pour charge disproportionnée</h3>
    <p>Aucune.</p>
    <h3>Contenus non soumis à l’obligation d’accessibilité</h3>
    <p>Aucun.</p>
  </Part>
);

const Contact = ({ town }: { readonly town: TownWords }) => (
  <Part title="Retour d’information et contact">
    <p>
      Si vous n’arrivez pas à accéder à un contenu ou à un service, contactez-nous&nbsp;: nous vous
      orienterons vers une autre façon de faire, ou vous l’enverrons sous une autre forme. Votre
      message reçoit un accusé, puis une réponse sous une semaine.
    </p>
    <ul>
      <li>
        {'Écrire à '}
        <a href={`mailto:${town.email}`}>{town.email}</a>
      </li>
      <li>{`Appeler ${town.deskName} au ${telephoneWords(town.phone)}`}</li>
      <li>{`Venir ou écrire\u00a0: ${town.address.join(', ')}`}</li>
    </ul>
  </Part>
);

const Appeals = () => (
  <Part title="Voies de recours">
    <p>
      Vous avez signalé un défaut d’accessibilité qui vous empêche d’accéder à un contenu ou à un
      service du portail, et vous n’avez pas obtenu de réponse satisfaisante. Vous pouvez&nbsp;:
    </p>
    <ul>
      <li>
        <a class="alone" href="https://formulaire.defenseurdesdroits.fr/">
          Écrire un message au Défenseur des droits
        </a>
      </li>
      <li>
        <a class="alone" href="https://www.defenseurdesdroits.fr/saisir/delegues">
          Contacter le délégué du Défenseur des droits dans votre région
        </a>
      </li>
      <li>
        Envoyer un courrier, gratuit, sans timbre&nbsp;: Défenseur des droits, Libre réponse 71120,
        75342 Paris CEDEX 07
      </li>
    </ul>
  </Part>
);

/** No audit yet: the portal is, in the law's words, « non conforme ». */
export function AccessibilityPage(view: AccessibilityView) {
  const { town, siteUrl, establishedOn, actions, plan } = view;
  return (
    <div class="text">
      <h1>{accessibilityTitle}</h1>
      <p class="lead">
        {`${town.name} s’engage à rendre ses sites accessibles, conformément à l’article 47 de la loi n°\u00a02005-102 du 11 février 2005.`}
      </p>
      <p>{`Cette déclaration s’applique à ${siteUrl}.`}</p>
      <Part title="État de conformité">
        <p>
          <strong>{'Accessibilité\u00a0: non conforme'}</strong>
        </p>
        <p>
          Ce portail n’est pas conforme avec le référentiel général d’amélioration de
          l’accessibilité (RGAA), version 4.1.2&nbsp;: aucun audit de conformité en cours de
          validité n’a encore été réalisé.
        </p>
      </Part>
      <Part title="Résultats des tests">
        <p>Aucun audit n’ayant été mené, aucun taux de conformité ne peut être annoncé.</p>
      </Part>
      <Content />
      <Part title="Établissement de cette déclaration">
        <p>{`Cette déclaration a été établie le ${formatFullDate(establishedOn)}.`}</p>
        <h3>Technologies utilisées</h3>
        <p>HTML5, CSS, SVG, JavaScript (le portail s’utilise aussi sans JavaScript).</p>
        <h3>Environnement de test</h3>
        <p>Chromium, écrans de 360 et de 1 280 pixels, thèmes clair et sombre.</p>
        <h3>Outils pour évaluer l’accessibilité</h3>
        <p>axe-core, calcul des contrastes, navigation au clavier.</p>
        <h3>Pages vérifiées</h3>
        <p>Toutes les pages du portail, côté familles et côté agents.</p>
      </Part>
      <Contact town={town} />
      <Appeals />
      <Part title={`Schéma pluriannuel ${plan.from}-${plan.to}`}>
        <p>{`Actions de l’année ${plan.from}\u00a0:`}</p>
        <ul>
          {actions.map((action) => (
            <li key={action}>{action}</li>
          ))}
        </ul>
      </Part>
    </div>
  );
}
