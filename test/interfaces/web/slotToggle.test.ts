import { expect } from 'chai';
import { asId } from '../../../src/domain/kernel/ids.ts';
import { asCents } from '../../../src/domain/kernel/money.ts';
import {
  slotValue,
  type Slot,
  type SlotState,
} from '../../../src/interfaces/web/components/slot.ts';
import { SlotToggle } from '../../../src/interfaces/web/components/slotToggle.tsx';
import { legendWords, slotLook } from '../../../src/interfaces/web/components/slotWords.ts';
import { sampleStates } from '../../../src/interfaces/web/pages/componentSamples.ts';
import { render as renderView, tagsOf, wordsOf } from '../../support/htmlFacts.ts';
import { day, limit } from '../../support/sampleViews.ts';

const until = limit('2026-11-20');
const free = { kind: 'free', until } as const;
const asking = { priceCents: asCents(299), until, answer: 'atOnce' } as const;

const slot = (state: SlotState): Slot => ({
  childId: asId('child', 'lea'),
  activityId: asId('activity', 'cantine'),
  date: day('2026-11-23'),
  label: 'Cantine',
  kind: 'meal',
  state,
});
const render = (state: SlotState, more: Partial<Slot> = {}): string =>
  renderView(SlotToggle, {
    slot: { ...slot(state), ...more },
    id: 'case-1',
    value: slotValue(slot(state)),
  });
const spaced = (text: string): string => text.replaceAll('\u00a0', ' ');

/** State, words read, shape (class of the face), name of the box. */
const expected: readonly (readonly [SlotState, string, string, string | undefined])[] = [
  [{ kind: 'open', ...asking }, 'À réserver · 2,99 €', 'open', 'reserver'],
  [
    { kind: 'open', ...asking, answer: 'afterValidation' },
    'À demander · 2,99 €',
    'open',
    'reserver',
  ],
  [
    { kind: 'open', ...asking, answer: 'waitingList' },
    'Complet : liste d’attente · 2,99 €',
    'list',
    'reserver',
  ],
  [{ kind: 'full' }, 'Complet', 'off', undefined],
  [{ kind: 'tooLate', since: until }, 'Trop tard', 'off', undefined],
  [{ kind: 'held', cancellation: free }, 'Réservé', 'held', 'annuler'],
  [{ kind: 'held', cancellation: { kind: 'over' } }, 'Réservé', 'held', undefined],
  [{ kind: 'awaiting', cancellation: free }, 'En attente de validation', 'wait', 'annuler'],
  [
    { kind: 'waitlisted', rank: 2, cancellation: free },
    'Liste d’attente, rang 2',
    'list',
    'annuler',
  ],
  [{ kind: 'pending' }, 'La réponse arrive…', 'wait', undefined],
  [{ kind: 'refused', reason: 'complet' }, 'Refusé', 'stop', undefined],
  [{ kind: 'refused', reason: 'complet', again: asking }, 'Refusé', 'stop', 'reserver'],
  [{ kind: 'cancelledInTime' }, 'Annulé à temps', 'off', undefined],
  [{ kind: 'cancelledInTime', again: asking }, 'Annulé à temps', 'off', 'reserver'],
  [
    { kind: 'cancelledLate', billedCents: asCents(299) },
    'Annulé tard · facturé 2,99 €',
    'stop',
    undefined,
  ],
  [{ kind: 'cancelledByTown', reason: 'grève' }, 'Séance annulée : grève', 'stop', undefined],
  [{ kind: 'gone', reason: 'Férié.', cancellation: free }, 'N’a plus lieu', 'stop', 'annuler'],
  [
    { kind: 'gone', reason: 'Férié.', cancellation: { kind: 'over' } },
    'N’a plus lieu',
    'stop',
    undefined,
  ],
  [{ kind: 'waitlisted', cancellation: free }, 'Sur liste d’attente', 'list', 'annuler'],
  [{ kind: 'attended' }, 'Présent', 'held', undefined],
  [{ kind: 'absent', billedCents: asCents(299) }, 'Absent', 'stop', undefined],
  [{ kind: 'absentJustified' }, 'Absence justifiée', 'off', undefined],
  [{ kind: 'notFor', because: 'age' }, 'Pas pour cet âge', 'off', undefined],
  [{ kind: 'notFor', because: 'erased' }, 'Données effacées', 'off', undefined],
];

describe('A slot of the agenda', () => {
  for (const [state, words, tone, field] of expected)
    it(`tells « ${words} » (${state.kind}${field ? `, ${field}` : ''}) by words, shape and icon`, () => {
      const html = render(state);
      expect(spaced(wordsOf(html, 'slot__state'))).to.equal(words);
      expect(html).to.contain(`slot__face--${tone}`);
      const box = tagsOf(html).find(({ name }) => name === 'input')?.attributes;
      expect(box?.['name']).to.equal(field);
      expect(box?.['value']).to.equal(field && 'lea|cantine|2026-11-23');
      // The activity's pictogram, and the state's.
      expect(html.match(/<svg class="icon"/g)!.length).to.be.at.least(2);
    });

  it('says before ticking what a late cancellation costs, and again once ticked', () => {
    const html = render({
      kind: 'held',
      cancellation: { kind: 'billed', billedCents: asCents(299), since: until },
    });
    expect(spaced(wordsOf(html, 'slot__note'))).to.equal('annulation facturée 2,99 €');
    expect(spaced(wordsOf(html, 'slot__after'))).to.equal('À annuler, facturé 2,99 €');
  });

  it('shows « Annuler » rather than an empty box on what is held', () => {
    const html = render({ kind: 'held', cancellation: free });
    expect(wordsOf(html, 'slot__action')).to.equal('Annuler');
    expect(html).to.contain('slot__box--bare');
    expect(spaced(wordsOf(html, 'slot__after'))).to.equal('À annuler, sans frais');
  });

  it('gives the reason of a refusal beside it', () => {
    expect(
      wordsOf(render({ kind: 'refused', reason: 'le groupe est complet' }), 'slot__note'),
    ).to.equal('le groupe est complet');
  });

  it('keeps a tick when the family comes back from the check page', () => {
    expect(render({ kind: 'open', ...asking }, { ticked: true })).to.match(/<input[^>]* checked/);
    expect(render({ kind: 'open', ...asking })).not.to.match(/<input[^>]* checked/);
  });

  it('labels its box with the activity and the state', () => {
    const html = render({ kind: 'open', ...asking });
    const tags = tagsOf(html);
    const box = tags.find(({ name }) => name === 'input')!.attributes;
    const label = tags.find(({ name }) => name === 'label')!.attributes;
    expect(label['for']).to.equal(box['id']);
    expect(spaced(wordsOf(html, 'slot__face'))).to.contain('CantineÀ réserver · 2,99 €');
  });

  it('shows names as they stand, whatever they hold', () => {
    const html = render(
      { kind: 'refused', reason: '"><img src=x onerror=alert(1)>' },
      { label: '<script>alert(1)</script>', place: `L'école "d'à côté" & <b>` },
    );
    expect(tagsOf(html).map(({ name }) => name)).not.to.include.members(['script']);
    expect(tagsOf(html).filter(({ name }) => name === 'img' || name === 'b')).to.deep.equal([]);
    expect(wordsOf(html, 'slot__label')).to.equal('<script>alert(1)</script>');
    expect(wordsOf(html, 'slot__place')).to.equal(`L'école "d'à côté" & <b>`);
  });

  it('writes the value of its box in one way', () => {
    expect(slotValue(slot({ kind: 'full' }))).to.equal('lea|cantine|2026-11-23');
  });

  it('has every state on the page of components, and every mark in the legend', () => {
    const shown = new Set(sampleStates.map(([, state]) => state.kind));
    for (const [state] of expected) expect(shown).to.include(state.kind);
    const marks = sampleStates.flatMap(([, state]) => {
      const { mark, tick } = slotLook(state);
      return tick ? [mark, tick.mark] : [mark];
    });
    const explained = legendWords.map(([mark]) => mark);
    expect(explained).to.include.members(marks);
    expect(marks).to.include.members(explained);
  });
});
