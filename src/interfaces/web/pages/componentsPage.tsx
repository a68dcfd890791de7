import type { ComponentChildren } from 'preact';
import { asYearMonth } from '../../../domain/kernel/localDate.ts';
import { Banner } from '../components/banner.tsx';
import { Button, LinkButton } from '../components/button.tsx';
import { Card } from '../components/card.tsx';
import { ChildSwitcher } from '../components/childSwitcher.tsx';
import { DayLines } from '../components/dayLines.tsx';
import { Dialog } from '../components/dialog.tsx';
import { EmptyState } from '../components/emptyState.tsx';
import { ErrorSummary } from '../components/errorSummary.tsx';
import { CheckField, SelectField, TextField } from '../components/field.tsx';
import { Icon } from '../components/icon.tsx';
import { KeyHints, KeyHintsDialog } from '../components/keyHints.tsx';
import { Legend } from '../components/legend.tsx';
import { MonthGrid } from '../components/monthGrid.tsx';
import { PeriodSwitcher } from '../components/periodSwitcher.tsx';
import { Places, Progress } from '../components/progress.tsx';
import { SlotToggle } from '../components/slotToggle.tsx';
import { StateBadge, type StateTone } from '../components/stateBadge.tsx';
import { Table } from '../components/table.tsx';
import { iconNames, markShapes, type IconName, type MarkName } from '../icons.ts';
import { palette } from '../palette.ts';
import { sampleLongSlot, sampleSlots, sampleTicked, sampleWeek } from './componentSamples.ts';
import { decisionKeys } from './validationCase.tsx';

export const componentsTitle = 'Composants';

const Show = ({ title, children }: { readonly title: string; readonly children: ComponentChildren }) => (
  <section class="show">
    <h2>{title}</h2>
    {children}
  </section>
);

const badges: readonly (readonly [StateTone, IconName, string])[] = [
  ['open', 'plus', 'À réserver'],
  ['ticked', 'check', 'Coché'],
  ['held', 'check', 'Réservé'],
  ['wait', 'hourglass', 'En attente de validation'],
  ['list', 'list-ordered', 'Liste d’attente, rang\u00a02'],
  ['stop', 'x', 'Refusé'],
  ['off', 'lock', 'Trop tard'],
];

const Colours = () => (
  <Show title="Couleurs">
    <ul class="swatches">
      {['brand', 'brand-ground', 'accent', ...Object.keys(palette)].map((name) => (
        <li key={name} class={`swatch swatch--${name}`}>
          <span>{name}</span>
        </li>
      ))}
    </ul>
  </Show>
);

const Buttons = () => (
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

const Fields = () => (
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
        {'J’ai compris que Cantine de Léa, mardi 24, reste facturé 2,99\u00a0€.'}
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

const Calendar = () => (
  <Show title="Mois, légende, états d’un jour">
    <div class="show__grid">
      <div>
        <MonthGrid month={asYearMonth('2026-11')} weeks={[sampleWeek]} />
        <Legend marks={new Set(Object.keys(markShapes) as MarkName[])} />
      </div>
      <div>
        <ChildSwitcher
          tabs={[
            { label: 'Toute la famille', href: '#famille', current: false, family: true },
            { label: 'Léa', detail: 'CE1', href: '#lea', current: true },
            { label: 'Hugo', detail: 'PS', href: '#hugo', current: false },
          ]}
        />
        <PeriodSwitcher
          name="Choisir un mois"
          label="novembre 2026"
          previous={{ href: '#octobre', label: 'octobre 2026' }}
          next={{ href: '#decembre', label: 'décembre 2026' }}
        />
      </div>
    </div>
    <div class="show__slots">
      {[...sampleSlots, ...sampleTicked, sampleLongSlot].map((slot) => (
        <SlotToggle key={slot.activityId} slot={slot} />
      ))}
    </div>
    <ul class="show__row">
      {badges.map(([tone, icon, words]) => (
        <li key={tone}>
          <StateBadge tone={tone} icon={icon} words={words} />
        </li>
      ))}
    </ul>
  </Show>
);

const Messages = () => (
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

interface SampleRow {
  readonly name: string;
  readonly held: number;
  readonly places: number;
}

const Data = () => (
  <Show title="Tableaux, fiches, avancement">
    <Table<SampleRow>
      caption="Séances"
      columns={[
        {
          key: 'seance',
          head: 'Séance',
          rowHead: true,
          cell: ({ name }) => name,
          sortHref: '#seance',
          sorted: 'ascending',
        },
        {
          key: 'places',
          head: 'Places',
          sortHref: '#places',
          cell: ({ held, places }) => <Places held={held} total={places} />,
        },
        { key: 'libres', head: 'Libres', numeric: true, cell: (row) => row.places - row.held },
      ]}
      rows={[
        { name: 'Cantine', held: 38, places: 40 },
        { name: 'Garderie du soir', held: 24, places: 24 },
      ]}
      rowKey={({ name }) => name}
    />
    <Card title="À réserver" id="exemple-fiche" flush aside={<a href="#agenda">Agenda</a>}>
      <DayLines
        lines={[
          {
            key: 'un',
            date: sampleLongSlot.date,
            icon: 'utensils',
            label: 'Cantine',
            details: ['Léa'],
            state: { tone: 'held', icon: 'check', words: 'Accepté' },
            amount: '2,99\u00a0€',
          },
          {
            key: 'deux',
            date: sampleLongSlot.date,
            icon: 'palette',
            label: 'Accueil de loisirs',
            details: ['Hugo', 'Saint-Géry-Vers'],
            state: { tone: 'stop', icon: 'x', words: 'Refusé' },
            more: <p>Le groupe des moins de six ans est complet.</p>,
          },
        ]}
      />
    </Card>
    <Progress id="exemple-avancement" label="Familles inscrites" value={120} max={400} words="120 sur 400" />
  </Show>
);

const Windows = () => (
  <Show title="Fenêtres et raccourcis">
    <KeyHints hints={decisionKeys} />
    <Button type="button" opens="exemple-fenetre">
      Ouvrir une fenêtre
    </Button>
    <Dialog id="exemple-fenetre" title="Une fenêtre">
      <p>Elle se ferme par la croix ou par la touche Échap.</p>
    </Dialog>
    <KeyHintsDialog hints={decisionKeys} />
  </Show>
);

const Icons = () => (
  <Show title="Icônes">
    <ul class="icons">
      {iconNames.map((name) => (
        <li key={name}>
          <Icon name={name} size={24} />
          {name}
        </li>
      ))}
    </ul>
  </Show>
);

/** Every component with its variants, for whoever builds the next page. */
export const ComponentsPage = () => (
  <div class="components">
    <h1>{componentsTitle}</h1>
    <p class="lead">Ce dont les pages sont faites, avec toutes les variantes.</p>
    <Calendar />
    <Buttons />
    <Fields />
    <Messages />
    <Data />
    <Windows />
    <Colours />
    <Icons />
  </div>
);
