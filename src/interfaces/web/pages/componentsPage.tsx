import { asYearMonth } from '../../../domain/kernel/localDate.ts';
import { Card } from '../components/card.tsx';
import { ChildSwitcher } from '../components/childSwitcher.tsx';
import { DayLines } from '../components/dayLines.tsx';
import { Icon } from '../components/icon.tsx';
import { Legend } from '../components/legend.tsx';
import { MonthGrid } from '../components/monthGrid.tsx';
import { PeriodSwitcher } from '../components/periodSwitcher.tsx';
import { Places, Progress } from '../components/progress.tsx';
import { slotValue } from '../components/slot.ts';
import { SlotToggle } from '../components/slotToggle.tsx';
import { StateBadge, type StateTone } from '../components/stateBadge.tsx';
import { Table } from '../components/table.tsx';
import { iconNames, markShapes, type IconName, type MarkName } from '../icons.ts';
import { palette } from '../palette.ts';
import { sampleLongSlot, sampleSlots, sampleTicked, sampleWeek } from './componentSamples.ts';
import { Buttons, Fields, Messages, Show, Windows } from './componentShows.tsx';

export const componentsTitle = 'Composants';

const badges: readonly (readonly [StateTone, IconName, string])[] = [
  ['open', 'plus', 'À réserver'],
  ['ticked', 'check', 'Coché'],
  ['held', 'check', 'Réservé'],
  ['wait', 'hourglass', 'En attente de validation'],
  ['list', 'list-ordered', 'Liste d’attente, rang\u00a02'],
  ['stop', 'x', 'Refusé'],
  ['off', 'lock', 'Trop tard'],
];

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
      {[...sampleSlots, ...sampleTicked, sampleLongSlot].map((slot, index) => (
        <SlotToggle
          key={slot.activityId}
          slot={slot}
          id={`exemple-${index + 1}`}
          value={slotValue(slot)}
        />
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
    <Progress
      id="exemple-avancement"
      label="Familles inscrites"
      value={120}
      max={400}
      words="120 sur 400"
    />
  </Show>
);

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
