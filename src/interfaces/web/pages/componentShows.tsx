import type { ComponentChildren } from 'preact';
import { Banner } from '../components/banner.tsx';
import { Button, LinkButton } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { EmptyState } from '../components/emptyState.tsx';
import { ErrorSummary } from '../components/errorSummary.tsx';
import { CheckField, SelectField, TextField } from '../components/field.tsx';
import { KeyHints, KeyHintsDialog } from '../components/keyHints.tsx';
import { decisionKeys } from './validationCase.tsx';

/** A part of the page of components. */
export const Show = ({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ComponentChildren;
}) => (
  <section class="show">
    <h2>{title}</h2>
    {children}
  </section>
);

export const Buttons = () => (
  <Show title="Boutons">
    <div class="actions">
      <Button type="button" tone="primary" iconAfter="arrow-right">
        Vérifier
      </Button>
      <Button type="button" icon="pencil">
        Modifier
      </Button>
      <Button type="button" tone="quiet" icon="keyboard">
        Raccourcis
      </Button>
      <Button type="button" tone="danger" icon="ban">
        Fermer la séance
      </Button>
      <Button type="button" disabled>
        Indisponible
      </Button>
      <LinkButton href="#lien" icon="arrow-left">
        Un lien
      </LinkButton>
    </div>
  </Show>
);

export const Fields = () => (
  <Show title="Champs">
    <ErrorSummary
      faults={[{ fieldId: 'exemple-telephone', message: 'Il manque deux chiffres au téléphone.' }]}
    />
    <div class="show__grid">
      <TextField id="exemple-nom" name="nom" label="Nom" autocomplete="off" value="Martin" />
      <TextField
        id="exemple-telephone"
        name="telephone"
        label="Téléphone"
        type="tel"
        autocomplete="off"
        hint="Dix chiffres, par exemple 06 12 34 56 78."
        error="Il manque deux chiffres."
        value="06 12 34 56"
      />
      <SelectField
        id="exemple-lieu"
        name="lieu"
        label="Lieu"
        choices={[
          { value: 'prayssac', label: 'Prayssac' },
          { value: 'saint-gery', label: 'Saint-Géry-Vers' },
        ]}
        value="prayssac"
      />
      <TextField id="exemple-mot" name="mot" label="Un mot pour l’équipe" optional rows={3} />
      <CheckField id="exemple-compris" name="compris" value="oui">
        {'J’ai compris que ce jour reste facturé 2,99\u00a0€ pour Léa\u00a0: Cantine, mardi 24.'}
      </CheckField>
      <CheckField
        id="exemple-a-cocher"
        name="compris"
        value="non"
        error="Cochez cette case pour annuler ce jour."
      >
        {'J’ai compris que ce jour reste facturé.'}
      </CheckField>
    </div>
  </Show>
);

export const Messages = () => (
  <Show title="Messages">
    <Banner tone="done" title="3 acceptées et 1 en attente de validation.">
      <p>Reçu lundi 16 novembre 2026 à 18 h 02.</p>
    </Banner>
    <Banner tone="wait" title="La réponse arrive…" />
    <Banner tone="stop" title="Nous n’avons pas pu enregistrer">
      <p>Rien n’a été perdu, réessayez.</p>
    </Banner>
    <Banner tone="info" title="Les vacances de Noël ouvrent lundi 23 novembre." />
    <EmptyState icon="calendar-days" title="Aucune réservation ce mois-ci">
      <p>Les activités de ce mois ne sont pas encore ouvertes.</p>
    </EmptyState>
  </Show>
);

export const Windows = () => (
  <Show title="Fenêtres et raccourcis">
    <KeyHints hints={decisionKeys({})} />
    <Button type="button" opens="exemple-fenetre">
      Ouvrir une fenêtre
    </Button>
    <Dialog id="exemple-fenetre" title="Une fenêtre">
      <p>Elle se ferme par la croix ou par la touche Échap.</p>
    </Dialog>
    <KeyHintsDialog hints={decisionKeys({})} />
  </Show>
);
