import { expect } from 'chai';
import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { asYearMonth } from '../../../src/domain/kernel/localDate.ts';
import { slotValue } from '../../../src/interfaces/web/components/slot.ts';
import { slotLook } from '../../../src/interfaces/web/components/slotWords.ts';
import {
  agendaWeeks,
  gridWeeks,
  nextLimit,
} from '../../../src/interfaces/web/pages/agendaMonth.ts';
import { AgendaPage, agendaTitle } from '../../../src/interfaces/web/pages/agendaPage.tsx';
import type { AgendaDay, AgendaView } from '../../../src/interfaces/web/pages/agendaView.ts';
import {
  fieldsOf,
  read,
  render as renderView,
  tagsOf,
  wordsOf,
  type Tag,
} from '../../support/htmlFacts.ts';
import {
  agendaView,
  day,
  emptyAgendaView,
  familyAgendaView,
  holidayAgendaView,
  limit,
  now,
  today,
} from '../../support/sampleViews.ts';

const render = (view: AgendaView): string => renderView(AgendaPage, view);
const dayOf = (html: string, date: string): string => {
  const start = html.indexOf(`id="jour-${date}"`);
  const end = html.indexOf('id="jour-', start + 10);
  return html.slice(start, end < 0 ? undefined : end);
};
const marksOn = (html: string, date: string): Tag[] => {
  const start = html.indexOf(`href="#jour-${date}"`);
  const cell = start < 0 ? '' : html.slice(start, html.indexOf('</td>', start));
  return tagsOf(cell).filter(({ name }) => name === 'svg');
};
const days = (view: AgendaView, keep: (one: AgendaDay) => boolean): AgendaView => ({
  ...view,
  days: view.days.filter(keep),
});

describe('The agenda', () => {
  it('is titled after the child and the month', () => {
    expect(agendaTitle(agendaView)).to.equal('Réservations de Léa, novembre 2026');
    expect(agendaTitle(familyAgendaView)).to.equal(
      'Réservations de toute la famille, novembre 2026',
    );
  });

  it('has every child one tap away, the current one marked', () => {
    const pills = tagsOf(render(agendaView)).filter(
      ({ attributes }) => attributes['class'] === 'pill',
    );
    expect(pills.map(({ attributes }) => attributes['aria-current'] ?? '')).to.deep.equal([
      '',
      'page',
      '',
      '',
    ]);
  });

  it('shows the month as a table whose days lead to their rows', () => {
    const html = render(agendaView);
    const table = html.slice(html.indexOf('<table'), html.indexOf('</table>'));
    const links = tagsOf(table).flatMap(({ attributes }) => attributes['href'] ?? []);
    const targets = links.filter((href) => href.startsWith('#jour-'));
    expect(targets).to.have.length(21);
    const ids = new Set(tagsOf(html).map(({ attributes }) => attributes['id']));
    expect(targets.filter((target) => !ids.has(target.slice(1)))).to.deep.equal([]);
    expect(read(table)).to.contain('lundi 23 novembre : Garderie du matin, À réserver');
    expect(read(table)).to.contain('mercredi 11 novembre : Férié : Armistice de 1918');
    expect(read(table)).to.contain('lundi 16 novembre, aujourd’hui');
  });

  it('draws a ticked day as ticked, and remembers what it was', () => {
    const marks = marksOn(render(agendaView), '2026-11-20');
    expect(marks.map(({ attributes }) => attributes['class'])).to.deep.equal([
      'mark mark--open',
      'mark mark--held',
      'mark mark--ticked',
    ]);
    expect(marks.map(({ attributes }) => attributes['data-unticked'])).to.deep.equal([
      undefined,
      undefined,
      'open',
    ]);
  });

  it('draws the marks of a day in the order of its row: the script counts on it', () => {
    const html = render(familyAgendaView);
    for (const { date, children } of familyAgendaView.days) {
      const slots = dayOf(html, date).match(/class="slot[ "]/g) ?? [];
      expect(slots, date).to.have.length(children.flatMap((child) => child.slots).length);
      expect(marksOn(html, date), date).to.have.length(slots.length);
    }
  });

  it('gives each box an id of its own that its label names, and the value of its place', () => {
    const boxes = tagsOf(render(familyAgendaView)).filter(
      ({ attributes }) => attributes['type'] === 'checkbox',
    );
    const labels = tagsOf(render(familyAgendaView)).filter(({ name }) => name === 'label');
    const ids = boxes.map(({ attributes }) => attributes['id']);
    expect(new Set(ids).size).to.equal(boxes.length);
    expect(labels.map(({ attributes }) => attributes['for'])).to.deep.equal(ids);
    const values = familyAgendaView.days
      .flatMap((one) => one.children.flatMap(({ slots }) => slots))
      .filter(({ state }) => slotLook(state).tick)
      .map(slotValue);
    expect(boxes.map(({ attributes }) => attributes['value'])).to.deep.equal(values);
  });

  it('draws twins once a page, and everything as if it were drawn each time', () => {
    const drawn = new Map<string, readonly string[]>();
    const once = renderToString(h(AgendaPage, familyAgendaView), { drawn });
    expect(once).to.equal(render(familyAgendaView));
    const slots = familyAgendaView.days.flatMap((one) => one.children.flatMap((c) => c.slots));
    expect(drawn.size).to.be.below(slots.length / 2);
  });

  it('draws apart what differs by a word', () => {
    const [first] = agendaView.days.filter(({ children }) => children.length > 0);
    const [child] = first!.children;
    const [slot] = child!.slots;
    const slots = ['Cantine', 'Cantine bio', '<b>'].map((label) => ({ ...slot!, label }));
    const view = { ...agendaView, days: [{ ...first!, children: [{ ...child!, slots }] }] };
    const html = renderToString(h(AgendaPage, view), { drawn: new Map() });
    expect(html.match(/slot__label">[^/]*(?=<\/span>)/g)).to.deep.equal([
      'slot__label">Cantine',
      'slot__label">Cantine bio',
      'slot__label">&lt;b>',
    ]);
  });

  it('stops at Friday, unless something takes place on a week-end', () => {
    expect(gridWeeks(agendaView, today).every((week) => week.length === 5)).to.equal(true);
    const [first] = agendaView.days;
    const withSaturday = {
      ...agendaView,
      days: [...agendaView.days, { ...first!, date: day('2026-11-21') }],
    };
    expect(gridWeeks(withSaturday, today).every((week) => week.length === 6)).to.equal(true);
    // A closed Sunday is no reason to show all Sundays.
    const closedSunday = {
      ...agendaView,
      days: [
        ...agendaView.days,
        { date: day('2026-11-01'), closed: { reason: 'publicHoliday' as const }, children: [] },
      ],
    };
    expect(gridWeeks(closedSunday, today).every((week) => week.length === 5)).to.equal(true);
  });

  it('names each week of the table, also one of a single day', () => {
    const words = read(render(agendaView));
    expect(words).to.include('semaine du 23 au 27 novembre');
    expect(words).to.include('semaine du lundi 30 novembre');
  });

  it('lays out months that begin or end anywhere, leap years too', () => {
    for (const month of ['2028-02', '2026-02', '2027-05', '2026-03', '2026-08']) {
      const weeks = gridWeeks({ month: asYearMonth(month), days: [], scope: 'child' }, today);
      const dates = weeks.flat().flatMap((cell) => cell?.date ?? []);
      expect(dates, month).to.deep.equal([...new Set(dates)].sort());
      expect(
        dates.every((date) => date.startsWith(month)),
        month,
      ).to.equal(true);
      expect(
        weeks.every((week) => week.some((cell) => cell !== undefined)),
        month,
      ).to.equal(true);
    }
  });

  it('folds the weeks gone by, and only them', () => {
    const html = render(agendaView);
    const folded = html.slice(html.indexOf('<details'), html.indexOf('</details>'));
    expect(read(folded)).to.contain('Semaines passées (2)');
    expect(folded).to.contain('id="jour-2026-11-13"');
    expect(folded).not.to.contain('id="jour-2026-11-16"');
    const future = days(agendaView, ({ date }) => date >= today);
    expect(render(future)).not.to.contain('<details');
  });

  it('writes the deadline on each day, in words', () => {
    const html = render(agendaView);
    expect(read(dayOf(html, '2026-11-23'))).to.contain('avant 9 h le vendredi 20');
    expect(read(dayOf(html, '2026-11-17'))).to.contain('clos depuis vendredi 13, 9 h');
    expect(read(dayOf(html, '2026-11-25'))).to.contain('avant minuit le vendredi 20 au soir');
  });

  it('writes it once for all children who share it, and apart when they differ', () => {
    const monday = dayOf(render(familyAgendaView), '2026-11-23');
    expect(read(monday).split('avant 9 h').length - 1).to.equal(1);
    const [first, second, ...rest] = familyAgendaView.days.find(
      ({ date }) => date === '2026-11-23',
    )!.children;
    const other = {
      ...second!,
      slots: second!.slots.map((slot) =>
        slot.state.kind === 'open'
          ? { ...slot, state: { ...slot.state, until: limit('2026-11-22', '18:00') } }
          : slot,
      ),
    };
    const differing = {
      ...familyAgendaView,
      days: [{ date: day('2026-11-23'), children: [first!, other, ...rest] }],
    };
    const words = read(dayOf(render(differing), '2026-11-23'));
    expect(words).to.contain('avant 9 h le vendredi 20');
    expect(words).to.contain('avant 18 h le dimanche 22');
  });

  it('names each child in the view of the whole family', () => {
    const words = read(dayOf(render(familyAgendaView), '2026-11-23'));
    for (const name of ['Léa', 'Hugo', 'Marie-Alexandrine']) expect(words).to.contain(name);
    expect(wordsOf(render(familyAgendaView), 'legend')).to.contain('une ligne par enfant');
  });

  it('takes closed days of the same reason together, each still reachable', () => {
    const weeks = agendaWeeks(holidayAgendaView);
    const [christmas, lastWeek] = weeks.slice(-2);
    expect(
      christmas!.entries.map((entry) => (entry.kind === 'closed' ? entry.words : '')),
    ).to.deep.equal(['Vacances de Noël', 'Férié\u00a0: Noël']);
    expect(lastWeek!.entries).to.have.length(1);
    const html = render(holidayAgendaView);
    expect(html).to.contain('id="jour-2026-12-30"');
    expect(read(html)).to.contain('du 21 au 24 décembre');
  });

  it('parts closed days that do not follow each other', () => {
    const closed = (date: string) => ({
      date: day(date),
      closed: { reason: 'closure' as const, name: 'travaux' },
      children: [],
    });
    const view = { ...agendaView, days: [closed('2026-11-23'), closed('2026-11-25')] };
    expect(agendaWeeks(view).flatMap(({ entries }) => entries)).to.have.length(2);
  });

  it('tells the next limit to come, for which days', () => {
    expect(nextLimit(agendaView.days, now)?.dates).to.deep.equal(['2026-11-19', '2026-11-20']);
    expect(read(render(agendaView))).to.match(/Prochaine limite :\s+mardi 17, 9 h\s*, pour/);
    expect(nextLimit([], now)).to.equal(undefined);
  });

  it('sends its ticks with one button, protected by a token', () => {
    const html = render(agendaView);
    const form = tagsOf(html).find(({ name }) => name === 'form')!.attributes;
    expect(form).to.include({ method: 'post', action: '/reservations/verification' });
    const button = tagsOf(html).find(
      ({ attributes }) => attributes['type'] === 'submit',
    )!.attributes;
    expect(button['form']).to.equal(form['id']);
    expect(html).to.contain('name="csrf" value="jeton"');
    expect(read(html)).to.contain('rien ne part avant votre accord');
  });

  it('takes the ticks along to another month or child, by buttons of the same form', () => {
    const going = tagsOf(render(agendaView)).filter(({ attributes }) => attributes['formaction']);
    expect(going.map(({ attributes }) => attributes['formaction'])).to.deep.equal([
      ...agendaView.tabs.map(({ href }) => href),
      agendaView.previousHref,
      agendaView.nextHref,
    ]);
    for (const { name, attributes } of going)
      expect([name, attributes['form'], attributes['type']]).to.deep.equal([
        'button',
        'jours',
        'submit',
      ]);
  });

  it('lets Enter in a box check the ticks, not change the month', () => {
    const buttons = tagsOf(render(agendaView)).filter(({ attributes }) => attributes['form']);
    expect(buttons[0]!.attributes).to.have.property('hidden');
    expect(buttons[0]!.attributes).not.to.have.property('formaction');
  });

  it('leads by plain links where there is nothing to take along', () => {
    const html = render(emptyAgendaView);
    expect(html).not.to.contain('formaction');
    expect(html).to.match(/<a [^>]*class="pill"/);
    expect(html).to.contain('rel="prev"');
  });

  it('carries the boxes ticked elsewhere, and says so in the bar, also on a month without any', () => {
    const elsewhere = { code: 'lea.cantine*r_0_1_202612_1', words: 'Et 1 case cochée ailleurs' };
    for (const view of [agendaView, emptyAgendaView]) {
      const html = render({ ...view, elsewhere });
      expect(fieldsOf(html, 'coches')[0]!.attributes).to.include({
        type: 'hidden',
        value: elsewhere.code,
      });
      expect(wordsOf(html, 'bar__also')).to.equal(elsewhere.words);
      expect(read(html)).to.contain('Vérifier');
    }
  });

  it('shows no button when nothing can be asked for or given back', () => {
    const past = days(agendaView, ({ date }) => date < today);
    expect(render(past)).not.to.contain('Vérifier');
  });

  it('has words for a month without anything', () => {
    const words = read(render(emptyAgendaView));
    expect(words).to.contain('Rien à réserver en août 2027');
    expect(words).not.to.contain('Semaine');
  });

  it('has words for a month without a reservation yet', () => {
    const open = agendaView.days.map((one) => ({
      ...one,
      children: one.children.map((child) => ({
        ...child,
        slots: child.slots.filter(({ state }) => state.kind === 'open'),
      })),
    }));
    expect(read(render({ ...agendaView, days: open }))).to.contain('Aucune réservation ce mois-ci');
  });

  it('says that an answer is on its way, and what was just done', () => {
    const html = render({
      ...agendaView,
      catchingUp: true,
      notice: {
        tone: 'done',
        title: 'C’est envoyé.',
        link: { href: '/accuses/1', label: 'Accusé' },
      },
    });
    expect(read(html)).to.contain('La réponse arrive…');
    expect(read(html)).to.contain('C’est envoyé.');
    expect(html.match(/role="status"/g)!.length).to.be.at.least(2);
  });
});
