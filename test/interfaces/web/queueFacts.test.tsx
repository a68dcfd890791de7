import { expect } from 'chai';
import { renderToString } from 'preact-render-to-string';
import { ValidationQueueQuery } from '../../../src/application/reservation/validationQueueQuery.ts';
import { addDays } from '../../../src/domain/kernel/localDate.ts';
import {
  ValidationQueuePage,
  validationTitle,
} from '../../../src/interfaces/web/pages/validationQueuePage.tsx';
import type {
  QueueItem,
  ValidationView,
} from '../../../src/interfaces/web/pages/validationView.ts';
import { agent, booking, definition, wednesdays } from '../../support/apiTown.ts';
import { read, tagsOf } from '../../support/htmlFacts.ts';
import { at, now, today } from '../../support/sampleMoment.ts';
import { validationView } from '../../support/sampleViews.ts';
import { openPage, webTown, type WebTown } from '../../support/webTown.ts';

const [sample] = validationView.queue;
/** A request for so many days from now, whose session begins at noon. */
const item = (days: number, key: string): QueueItem => {
  const date = addDays(today, days);
  return { ...sample!, key, date, dueAt: at(date, '12:00') };
};
const items = (days: number, count: number): QueueItem[] =>
  Array.from({ length: count }, (_, n) => item(days, `${days}-${n}`));

/** The numbers in the heading. */
function numbers(view: Partial<ValidationView>): string {
  const page: ValidationView = { ...validationView, ...view };
  const html = renderToString(<ValidationQueuePage {...page} />);
  const [, heading = ''] = /<dl class="numbers">([\s\S]*?)<\/dl>/.exec(html) ?? [];
  return read(heading).replace(/\s+/g, ' ').trim();
}

describe('the numbers above the queue', () => {
  const pages = { first: 1, nextHref: '/agents/validation?page=2' };

  it('are exact when all are listed, or when the list goes past the days they count', () => {
    expect(numbers({ queue: items(1, 3) })).to.equal('à valider 3 sous 48 h 3');
    const far = [...items(1, 150), ...items(9, 50)];
    expect(numbers({ queue: far, total: 350, pages })).to.equal('à valider 350 sous 48 h 150');
  });

  it('say « au moins » when the pages after may hold more of them', () => {
    const near = items(1, 200);
    expect(numbers({ queue: near, total: 350, pages })).to.equal(
      'à valider 350 sous 48 h au moins 200',
    );
    // The page may be cut in the middle of the day on which the 48 hours end.
    const cut = [...items(1, 199), ...items(2, 1)];
    expect(numbers({ queue: cut, total: 350, pages })).to.include('au moins');
    const past = [...items(-1, 5), ...items(0, 195)];
    expect(numbers({ queue: past, total: 350, pages })).to.equal(
      'à valider 350 dépassé au moins 200',
    );
  });

  it('of a search that found more than it lists say so', () => {
    const queue = items(9, 200);
    const view = { ...validationView, queue, more: true };
    expect(validationTitle(view)).to.equal('Réservations à valider (plus de 200)');
    expect(numbers({ queue, more: true })).to.match(/^à valider plus de 200 /);
    const html = renderToString(<ValidationQueuePage {...view} />);
    expect(read(html)).to.include('Les 200 premières seulement');
    expect(html.indexOf('premières seulement')).to.be.below(html.indexOf('queue__list'));
    const search = { ...validationView.tools!.search, words: 'mar' };
    const found = { ...view, tools: { ...validationView.tools!, search } };
    expect(read(renderToString(<ValidationQueuePage {...found} />))).to.include(
      'Plus de 200 demandes trouvées pour « mar ».',
    );
  });
});

describe('a search in a long queue', () => {
  const queueOf = (count: number) => {
    const bookings = Array.from({ length: count }, (_, n) => ({
      reservationId: `r${n}`,
      childId: 'c',
      familyId: 'f',
      activityId: 'a',
      date: '2026-11-25',
      age: 8,
    }));
    const readModels = {
      find: async (_: unknown, { skip = 0, limit = 0 }) =>
        bookings.slice(skip, skip + limit).map((document) => ({ document })),
    };
    return new ValidationQueueQuery(
      readModels as never,
      { find: async () => [{ childId: 'c', firstName: 'Léa', lastName: 'Martin' }] } as never,
      { household: async () => undefined } as never,
      { findMany: async () => [{ activityId: 'a' }] } as never,
      { of: () => ({ status: 'noSession', reason: 'weekday' }) } as never,
      {} as never,
    );
  };

  for (const [count, listed, more] of [
    [199, 199, false],
    [200, 200, false],
    [201, 200, true],
    [700, 200, true],
  ] as const)
    it(`tells whether there is more than the 200 that it lists: ${count}`, async () => {
      const found = await queueOf(count).search('martin', now, 200);
      expect([found.bookings.length, found.more]).to.deep.equal([listed, more]);
    });
});

describe('the filter of the queue', () => {
  let town: WebTown;
  before(async () => {
    town = await webTown();
    const luzech = { facilityId: 'luzech', name: 'École de Luzech' };
    await town.supervisor.post('/api/activities', {
      ...definition('soir', wednesdays),
      facility: luzech,
    });
    await town.martin.api.post(`/api/families/${town.martin.familyId}/submissions`, {
      book: [booking(town.martin.children[0], '2026-11-25', 'mercredi')],
      cancel: [],
    });
    await town.portal.settled();
  });
  after(() => town.close());

  const chosen = async (which: string): Promise<string[]> => {
    const { html } = await openPage(town, `/agents/validation?pour=${which}`, agent);
    return [...html.matchAll(/<option value="([^"]*)" selected[^>]*>([^<]*)</g)].map(
      ([, value, label]) => `${value!} ${read(label!).trim()}`,
    );
  };

  it('stands on what is in force, also when nobody waits there any more', async () => {
    expect(await chosen('cantine')).to.deep.equal(['cantine Activité cantine (0)']);
    expect(await chosen('lieu-luzech')).to.deep.equal(['lieu-luzech Tout : École de Luzech (0)']);
    expect(await chosen('lieu-jules-ferry')).to.deep.equal([
      'lieu-jules-ferry Tout : École Jules-Ferry (1)',
    ]);
    expect(await chosen('mercredi')).to.deep.equal(['mercredi Activité mercredi (1)']);
  });

  it('offers nothing that was not asked for and that nobody awaits', async () => {
    const { html } = await openPage(town, '/agents/validation', agent);
    const values = tagsOf(html)
      .filter(({ name }) => name === 'option')
      .map(({ attributes }) => attributes['value']);
    expect(values).to.deep.equal(['', 'mercredi']);
  });
});
