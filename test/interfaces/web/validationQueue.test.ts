import { expect } from 'chai';
import { daysBetween } from '../../../src/domain/kernel/localDate.ts';
import type { Principal } from '../../../src/application/principal.ts';
import { openPage, webTown, type WebTown } from '../../support/webTown.ts';
import { agent, booking, definition, wednesdays } from '../../support/apiTown.ts';
import { fieldsOf, read, tagsOf } from '../../support/htmlFacts.ts';
import { day } from '../../support/townFacts.ts';

const queue = '/agents/validation';
const [first, second] = ['2026-11-25', '2026-12-02'];

/** Who stands in the queue, in its order: « Léa Martin, mercredi 25 novembre ». */
const listed = (html: string): string[] =>
  html
    .split('<a class="queue__item"')
    .slice(1)
    .map((item) =>
      read(/<b>(.*?)<\/b>[\s\S]*?queue__when"><span>(.*?)<\/span>/.exec(item)!.slice(1).join(', ')),
    );

describe('the queue of validations, over HTTP', () => {
  let town: WebTown;
  beforeEach(async () => {
    town = await webTown();
    const luzech = { facilityId: 'luzech', name: 'École de Luzech' };
    const evening = { ...definition('soir', wednesdays), kind: 'afterSchool', facility: luzech };
    await town.supervisor.post('/api/activities', evening);
    for (const child of [...town.martin.children, ...town.petit.children])
      await town.agent.post(`/api/children/${child}/enrolments`, {
        activityId: 'soir',
        from: '2026-09-01',
      });
    const book = async (family: WebTown['martin'], ...asked: ReturnType<typeof booking>[]) =>
      family.api.post(`/api/families/${family.familyId}/submissions`, { book: asked, cancel: [] });
    const [lea, hugo] = town.martin.children;
    await book(town.martin, booking(lea, second, 'mercredi'), booking(hugo, first, 'soir'));
    await book(town.petit, booking(town.petit.children[0], first, 'mercredi'));
    await town.portal.settled();
  });
  afterEach(async () => town.close());

  const page = (path: string, who: Principal = agent) => openPage(town, path, who);

  it('lists the soonest first, and counts what waits for each activity', async () => {
    const { html } = await page(queue);
    expect(listed(html)).to.have.length(3);
    expect(listed(html)[2]).to.equal('Léa Martin, mercredi 2 décembre');
    const choices = read(html);
    for (const choice of ['Toutes les activités (3)', 'Activité mercredi (2)', 'Activité soir (1)'])
      expect(choices).to.include(choice);
    expect(choices).not.to.include('Activité cantine');
  });

  it('lists an activity, a facility, or what comes up to a day, and keeps to it from case to case', async () => {
    const { html } = await page(`${queue}?pour=mercredi`);
    expect(listed(html)).to.deep.equal([
      'Léa Petit, mercredi 25 novembre',
      'Léa Martin, mercredi 2 décembre',
    ]);
    expect(html).to.match(/<option value="mercredi" selected/);
    expect(listed((await page(`${queue}?pour=lieu-luzech`)).html)).to.deep.equal([
      'Hugo Martin, mercredi 25 novembre',
    ]);
    const soon = await page(`${queue}?pour=mercredi&jusquau=${first}`);
    expect(listed(soon.html)).to.deep.equal(['Léa Petit, mercredi 25 novembre']);
    expect(read(soon.html)).to.include('Toutes les activités (2)');

    const [opened] = tagsOf(html).filter(({ attributes }) => attributes['class'] === 'queue__item');
    expect(opened!.attributes['href']).to.match(/\?pour=mercredi#demande$/);
    const decided = await town.send(opened!.attributes['href']!, { decision: 'accepter' }, agent);
    expect(decided.headers.get('location')).to.equal(`${queue}?fait=acceptee&pour=mercredi`);
  });

  it('leads from a case to the one before and the one after', async () => {
    const { html } = await page(`${queue}?pour=mercredi`);
    const [, last] = tagsOf(html).filter(({ attributes }) => attributes['class'] === 'queue__item');
    const beside = (text: string) =>
      tagsOf(text)
        .filter(({ name, attributes }) => name === 'a' && attributes['data-shortcut'])
        .map(({ attributes }) => [attributes['data-shortcut'], attributes['href']]);
    const next = last!.attributes['href'];
    expect(beside(html)).to.deep.equal([['s', next]]);
    const [[key] = []] = beside((await page(next!)).html);
    expect(key).to.equal('p');
  });

  it('finds a child or a guardian by the beginning of a name, without a name in any address', async () => {
    const search = async (nom: string) =>
      (await town.send(`${queue}/recherche`, { nom }, agent)).text();
    expect(listed(await search('mart'))).to.have.length(2);
    expect(listed(await search('LEA petit'))).to.deep.equal(['Léa Petit, mercredi 25 novembre']);
    expect(listed(await search('camille'))).to.have.length(3);
    expect(read(await search('mart'))).to.include('2 demandes trouvées pour « mart ».');
    const nobody = await search('zorro');
    expect(read(nobody)).to.include('Aucune demande trouvée pour « zorro ».');
    expect(read(nobody)).to.include('Personne de ce nom n’attend de réponse');
    const addresses = tagsOf(await search('mart')).flatMap(({ attributes }) => [
      attributes['href'] ?? '',
      attributes['action'] ?? '',
    ]);
    expect(addresses.filter((address) => /mart/i.test(address))).to.deep.equal([]);
    expect(JSON.stringify(town.portal.lines)).not.to.match(/mart|zorro/i);
  });

  it('is for staff alone', async () => {
    const answer = await town.send(`${queue}/recherche`, { nom: 'mart' }, town.martin.guardian);
    expect(answer.status).to.equal(403);
  });

  describe('with a request whose session was taken away since', () => {
    const change = async (activityId: string, changed: Parameters<typeof definition>[1]) => {
      const path = `/api/activities/${activityId}`;
      const { headers } = await town.supervisor.get(path);
      const { terms } = definition(activityId, changed);
      const etag = headers.get('etag') ?? '';
      const body = { effectiveFrom: '2026-11-17', terms };
      await town.supervisor.post(`${path}/terms`, body, { 'if-match': etag });
      await town.portal.settled();
    };
    const caseOf = async (): Promise<string> => {
      const { html } = await page(`${queue}?pour=soir`);
      const [item] = tagsOf(html).filter(({ attributes }) => attributes['class'] === 'queue__item');
      return item!.attributes['href']!;
    };

    it('says so on its card, offers to refuse it, and goes on', async () => {
      const thursdays = { ...wednesdays.schedule!, weekdays: ['THU'] as const };
      await change('soir', { ...wednesdays, schedule: thursdays });
      const { html } = await page(await caseOf());
      const words = read(html);
      expect(words).to.include('La séance n’a plus lieu');
      expect(words).to.include('Cette activité n’a pas lieu ce jour de la semaine.');
      expect(words).to.include('n’a plus lieu');
      expect(fieldsOf(html, 'decision').map(({ attributes }) => attributes['value'])).to.deep.equal(
        ['refuser'],
      );
      expect(fieldsOf(html, 'phrase')[0]!.attributes['value']).to.include('n’a plus lieu');

      const accepted = await town.send(await caseOf(), { decision: 'accepter' }, agent);
      expect(accepted.status).to.equal(422);
      expect(read(await accepted.text())).to.include('ne peut plus être acceptée');
      const motif = 'La garderie du mercredi s’arrête.';
      const refused = await town.send(await caseOf(), { decision: 'refuser', motif }, agent);
      expect(refused.headers.get('location')).to.include('fait=refusee');
      await town.portal.settled();
      expect(listed((await page(queue)).html)).to.have.length(2);
    });

    it('says so when no group takes that age any more', async () => {
      const [group] = definition('soir', wednesdays).terms.groups;
      await change('soir', { ...wednesdays, groups: [{ ...group!, minAge: 2, maxAge: 5 }] });
      const words = read((await page(await caseOf())).html);
      expect(words).to.include('Aucun groupe n’accueille plus cet âge');
      const accepted = await town.send(await caseOf(), { decision: 'accepter' }, agent);
      expect(accepted.status).to.equal(422);
    });
  });
});

describe('a queue of several pages', () => {
  let town: WebTown;
  before(async () => {
    town = await webTown();
    const schedule = { ...wednesdays.schedule!, weekdays: ['MON', 'TUE', 'THU', 'FRI'] as const };
    await town.supervisor.post('/api/activities', definition('etude', { ...wednesdays, schedule }));
    const families = [town.martin, town.petit];
    for (const child of families.flatMap(({ children }) => children))
      await town.agent.post(`/api/children/${child}/enrolments`, {
        activityId: 'etude',
        from: '2026-09-01',
      });
    const days = daysBetween(day('2026-11-30'), day('2027-03-31'));
    for (const { api, familyId, children } of families)
      await api.post(`/api/families/${familyId}/submissions`, {
        book: children.flatMap((child) => days.map((date) => booking(child, date, 'etude'))),
        cancel: [],
      });
    const [lea] = town.martin.children;
    await town.martin.api.post(`/api/families/${town.martin.familyId}/submissions`, {
      book: ['2026-12-02', '2027-04-07'].map((date) => booking(lea, date, 'mercredi')),
      cancel: [],
    });
    await town.portal.settled();
  });
  after(async () => town.close());

  for (const part of ['', 'pour=lieu-jules-ferry'])
    it(`lists 200 at once, and leads to the others: ${part || 'all of it'}`, async () => {
      const total = await town.portal.services.validationQueue.count();
      const rest = total - 200;
      expect(rest).to.be.within(50, 150);
      const at = async (page: string) => (await openPage(town, `${queue}?${page}`, agent)).html;
      const html = await at(part);
      expect(listed(html)).to.have.length(200);
      expect(listed(html).filter((item) => item.includes('mercredi'))).to.have.length(1);
      expect(read(html)).to.include(`De 1 à 200, sur ${total}.`);
      const suffix = part === '' ? 'page=2' : `${part}&page=2`;
      expect(html.replaceAll('&amp;', '&')).to.include(`href="${queue}?${suffix}"`);

      const next = await at(suffix);
      expect(listed(next)).to.have.length(rest);
      expect(listed(next).at(-1)).to.equal('Léa Martin, mercredi 7 avril');
      expect(read(next)).to.include(`De 201 à ${total}, sur ${total}.`);
      expect(read(next)).to.include('Les précédentes').and.not.include('sous 48 h');
      expect(listed(await at(suffix.replace('page=2', 'page=99')))).to.deep.equal(listed(next));
    });
});
