import { expect } from 'chai';
import { CloseSessionPage } from '../../../src/interfaces/web/pages/closeSessionPage.tsx';
import { PortalStatePage } from '../../../src/interfaces/web/pages/portalStatePage.tsx';
import { SessionsPage } from '../../../src/interfaces/web/pages/sessionsPage.tsx';
import { ValidationQueuePage } from '../../../src/interfaces/web/pages/validationQueuePage.tsx';
import { fieldsOf, read, render, tagsOf } from '../../support/htmlFacts.ts';
import * as views from '../../support/sampleViews.ts';

describe('The queue of validations', () => {
  it('keeps the order it is given, says how long is left, and marks what is overdue', () => {
    const html = render(ValidationQueuePage, views.validationView);
    expect(html).to.contain('queue__left--overdue');
    expect(read(html)).to.contain('dépassé de 10 h');
    expect(read(html)).to.contain('reste 37 h');
    expect(
      tagsOf(html).find(({ attributes }) => attributes['aria-current'] === 'true')!.attributes[
        'href'
      ],
    ).to.equal('/agents/validation/r1');
  });

  it('asks for one decision, with ready sentences and a free one', () => {
    const html = render(ValidationQueuePage, views.validationView);
    const decisions = fieldsOf(html, 'decision').map(({ attributes }) => attributes);
    expect(decisions.map(({ value }) => value)).to.deep.equal(['accepter', 'refuser']);
    expect(decisions.every((one) => 'required' in one)).to.equal(true);
    expect(fieldsOf(html, 'phrase')).to.have.length(3);
    expect(fieldsOf(html, 'motif')[0]!.name).to.equal('textarea');
    expect(decisions.map((one) => one['data-shortcut'])).to.deep.equal(['a', 'r']);
    expect(html).to.contain('data-shortcut-switch');
  });

  it('keeps what was filled in when something is missing', () => {
    const html = render(ValidationQueuePage, views.refusalView);
    const [, refuse] = fieldsOf(html, 'decision');
    expect(refuse!.attributes).to.have.property('checked');
    expect(html).to.contain('review--chosen');
    expect(html).to.contain('href="#motif"');
  });

  it('says « Tout est à jour » when nobody waits', () => {
    const { now, queueHref } = views.validationView;
    const nothing = { now, queueHref, queue: [], chosen: false, readySentences: [] };
    expect(read(render(ValidationQueuePage, nothing))).to.contain('Tout est à jour');
  });

  it('says « Aucune demande ici » when the part asked for is empty, and leads to the whole', () => {
    const { now, queueHref, tools } = views.validationView;
    const nobody = { now, queueHref, queue: [], chosen: false, readySentences: [] };
    const html = render(ValidationQueuePage, { ...nobody, ...(tools ? { tools } : {}) });
    expect(read(html)).to.contain('Aucune demande ici').and.not.contain('Tout est à jour');
    expect(html).to.contain('class="queue-tools__whole" href="/agents/validation"');
  });

  it('offers a refusal alone for a session that is gone, without the letter that accepts', () => {
    const html = render(ValidationQueuePage, views.goneView);
    const decisions = fieldsOf(html, 'decision').map(({ attributes }) => attributes);
    expect(decisions.map(({ value }) => value)).to.deep.equal(['refuser']);
    expect(decisions[0]).to.have.property('checked');
    expect(read(html)).to.contain('La séance n’a plus lieu').and.not.contain('Accepter');
    expect(html).not.to.contain('<kbd>A</kbd>');
    expect(html).to.contain('<kbd>S</kbd>').and.not.contain('<kbd>P</kbd>');
  });

  it('shows what families write as they wrote it', () => {
    const opened = {
      ...views.validationView.opened!,
      note: '<img src=x onerror=alert(1)>',
      childName: '"Léa" <b>',
    };
    const html = render(ValidationQueuePage, { ...views.validationView, opened });
    expect(tagsOf(html).filter(({ name }) => name === 'img')).to.deep.equal([]);
    expect(read(html)).to.contain('<img src=x onerror=alert(1)>');
  });
});

describe('The sessions of a day', () => {
  const html = render(SessionsPage, views.sessionsView);

  it('sorts by link, and says by which column', () => {
    const sorted = tagsOf(html).filter(({ attributes }) => attributes['aria-sort']);
    expect(sorted.map(({ attributes }) => attributes['aria-sort'])).to.deep.equal(['ascending']);
    expect(html).to.contain('href="/agents/seances?tri=places"');
  });

  it('tells what is full and what is closed in words, and offers to close only what is open', () => {
    const words = read(html);
    expect(words).to.contain('complet');
    expect(words).to.contain('Fermée : grève');
    expect(html.match(/class="row-link"/g)).to.have.length(6);
    expect(words).to.contain('Fermer Accueil de loisirs du mercredi, Prayssac, moins de 6 ans');
  });

  it('says of requests counted once for a session that they are of all its groups', () => {
    const [row] = views.sessionsView.rows;
    const counted = { ...row!, awaiting: 3 };
    const page = (shown: typeof counted & { awaitingIsShared?: boolean }) =>
      read(render(SessionsPage, { ...views.sessionsView, rows: [shown] }));
    expect(page({ ...counted, awaitingIsShared: true })).to.contain('tous groupes');
    expect(page(counted)).not.to.contain('tous groupes');
  });

  it('says so when there is none', () => {
    expect(read(render(SessionsPage, { ...views.sessionsView, rows: [] }))).to.contain(
      'Aucune séance ce jour-là',
    );
  });
});

describe('Closing a session', () => {
  it('says first how many families it concerns', () => {
    const words = read(render(CloseSessionPage, views.closeSessionView));
    expect(words).to.contain('31 familles sont concernées');
    expect(words).to.contain('Les familles le verront dans leur agenda');
    expect(words).not.to.match(/prévenue/);
    expect(words).to.contain('38 réservations seront annulées, sans rien facturer.');
    const alone = { ...views.closeSessionView, families: 1, reservations: 1 };
    expect(read(render(CloseSessionPage, alone))).to.contain('1 famille est concernée');
    const none = { ...views.closeSessionView, families: 0, reservations: 0 };
    expect(read(render(CloseSessionPage, none))).to.contain('Aucune famille n’est concernée');
  });

  it('says of a session that is closed that it is, and why, and asks for nothing', () => {
    const html = render(CloseSessionPage, { ...views.closeSessionView, closedBecause: 'Neige' });
    expect(read(html)).to.contain('Séance déjà fermée : Neige');
    expect(read(html)).not.to.contain('ne pourra plus être réservée');
    expect(html).not.to.contain('<form');
  });
});

describe('The state of the portal', () => {
  const { portalStateView } = views;

  it('says in words which pages may be late, by how much and since when', () => {
    const words = read(render(PortalStatePage, portalStateView));
    expect(words).to.contain('3 lectures ne sont pas à jour');
    expect(words).to.contain('12 événements de retard');
    expect(words).to.contain('plus de 1 000 événements de retard');
    expect(words).to.contain('retard inconnu');
    expect(words).to.contain('depuis lundi 16 novembre à 17 h 58');
    expect(words).to.contain('demandée lundi 16 novembre à 7 h 58');
    expect(words).to.contain('failed at ReservationPromoted');
    const well = { ...portalStateView, rows: portalStateView.rows!.slice(0, 1) };
    expect(read(render(PortalStatePage, well))).to.contain(
      'Tout va bien : les pages montrent tout ce qui a été enregistré.',
    );
  });

  it('tells each state by a shape and words of its own', () => {
    const html = render(PortalStatePage, { ...portalStateView, stores: [] });
    const badges = [...html.matchAll(/class="state state--(\w+)"/g)].map(([, tone]) => tone);
    expect(badges).to.deep.equal(['held', 'wait', 'list', 'stop']);
    for (const word of ['Rattrape', 'Se reconstruit', 'Arrêtée'])
      expect(read(html)).to.contain(word);
  });

  it('offers to rebuild each reading, but for one that is being rebuilt', () => {
    const html = render(PortalStatePage, portalStateView);
    // Each once for a wide window, once for a narrow one.
    expect(html.match(/class="row-link"/g)).to.have.length(6);
    expect(html).to.not.contain('/agents/etat/lectures/dossiers/reconstruction');
    expect(read(html)).to.contain('Reconstruire : L’agenda des enfants');
  });

  it('names the stores that don’t answer, and what that means', () => {
    const words = read(render(PortalStatePage, views.storesAwayView));
    expect(words).to.match(/Journal des événements\s+Répond/);
    expect(words).to.match(/Stockage des clés\s+Ne répond pas/);
    expect(words).to.contain('Rien de ce qui a été accepté n’est perdu');
    expect(words).to.contain('Les lectures ne disent pas où elles en sont');
  });
});
