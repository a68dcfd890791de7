import { expect } from 'chai';
import { asCents } from '../../../src/domain/kernel/money.ts';
import { ACCEPT_FIELD, CheckPage } from '../../../src/interfaces/web/pages/checkPage.tsx';
import { HomePage } from '../../../src/interfaces/web/pages/homePage.tsx';
import { ReceiptPage, type Outcome } from '../../../src/interfaces/web/pages/receiptPage.tsx';
import { fieldsOf, read, render, wordsOf } from '../../support/htmlFacts.ts';
import * as views from '../../support/sampleViews.ts';

describe('The check page', () => {
  const html = render(CheckPage, views.checkView);

  it('tells each day with its price and what to expect', () => {
    const words = read(html);
    for (const sentence of [
      'Sera accepté aussitôt',
      'Sera en attente de validation',
      'Complet : liste d’attente, sans doute rang 3',
      'Ne pourra pas être accepté',
      'la limite était vendredi 13 novembre à 9 h',
      'Annulation sans frais',
    ])
      expect(words).to.contain(sentence);
  });

  it('adds up the days that have a place, and tells beside them those that only wait', () => {
    const told = (part: string, page = html) => wordsOf(page, part).replaceAll('\u00a0', ' ');
    expect(told('total__main')).to.equal('Total pour 2 réservations12,39 €');
    expect(told('total__waiting')).to.equal(
      'En plus, 1 jour en liste d’attente, facturé seulement si une place se libère1,60 €',
    );
    const nothing = { count: 0, cents: 0 };
    const bill = { placed: nothing, waiting: { count: 2, cents: 320 }, late: nothing };
    const waiting = render(CheckPage, { ...views.checkView, bill });
    expect(told('total__main', waiting)).to.equal('');
    expect(told('total__waiting', waiting)).to.equal(
      '2 jours en liste d’attente, facturés seulement si une place se libère3,20 €',
    );
    expect(read(waiting)).not.to.contain('prochaine facture');
  });

  it('asks to accept each late cancellation by a box of its own', () => {
    const [box, ...others] = fieldsOf(html, ACCEPT_FIELD);
    expect(others).to.deep.equal([]);
    expect(box!.attributes).to.include({ type: 'checkbox', value: 'lea|cantine|2026-11-17' });
    expect(box!.attributes).to.have.property('required');
    expect(read(html)).to.contain(
      'J’ai compris que ce jour reste facturé 2,99 € pour Léa : Cantine, mardi 17.',
    );
    expect(read(html)).to.contain('Si vous annulez, ce jour reste facturé 2,99 €.');
  });

  it('carries every tick and the request it belongs to', () => {
    expect(fieldsOf(html, 'reserver').map(({ attributes }) => attributes['value'])).to.deep.equal(
      views.checkView.reservations.map(({ value }) => value),
    );
    expect(fieldsOf(html, 'annuler')).to.have.length(2);
    expect(fieldsOf(html, 'demande')[0]!.attributes['value']).to.equal('demande-1');
  });

  it('offers a word to the team only when a team reads it', () => {
    expect(html).to.contain('name="mot"');
    const atOnce = views.checkView.reservations.filter(
      ({ expected }) => expected.kind === 'atOnce',
    );
    expect(render(CheckPage, { ...views.checkView, reservations: atOnce })).not.to.contain(
      'name="mot"',
    );
  });

  it('leads from what is missing to its field', () => {
    const fault = render(CheckPage, views.checkViewWithFault);
    expect(fault).to.contain('role="alert"');
    expect(fault).to.contain('href="#accepter-lea-cantine-2026-11-17"');
    expect(fieldsOf(fault, ACCEPT_FIELD)[0]!.attributes['aria-invalid']).to.equal('true');
  });

  it('says kindly that nothing is ticked', () => {
    const empty = render(CheckPage, { ...views.checkView, reservations: [], cancellations: [] });
    expect(read(empty)).to.contain('Aucun jour n’est coché');
    expect(empty).not.to.contain('<form');
  });
});

describe('The receipt', () => {
  const html = render(ReceiptPage, views.receiptView);

  it('gives number, instant, sender, service, address and phone (CRPA R112-11-1)', () => {
    const words = read(html);
    for (const part of [
      'AR-7F3K-29QD',
      'Reçu lundi 16 novembre 2026 à 18 h 02, envoyé par Camille Vialard.',
      'Espace Accueil Famille',
      '12, allée des Tilleuls',
      '05 65 00 00 00',
    ])
      expect(words).to.contain(part);
  });

  it('sums up, then tells each day', () => {
    expect(wordsOf(html, 'banner__title').replaceAll('\u00a0', ' ')).to.equal(
      '1 acceptée, 1 en attente de validation, 1 sur liste d’attente, 2 annulées et 1 refusée.',
    );
    expect(html.match(/class="line"/g)).to.have.length(6);
  });

  it('names the rule, its version and the limit of a refusal, and where to appeal', () => {
    const words = read(html);
    expect(words).to.contain('Limite : vendredi 13 novembre à 9 h. Règle appliquée : version 2.');
    expect(words).to.contain('tribunal administratif dans les deux mois');
  });

  it('keeps the warning that was accepted before a late cancellation', () => {
    expect(read(html)).to.contain(
      'Vous avez confirmé avoir compris que ce jour reste facturé 2,99 €.',
    );
  });

  it('takes the tone of its outcomes', () => {
    const of = (...outcomes: Outcome[]): string =>
      render(ReceiptPage, {
        ...views.receiptView,
        lines: outcomes.map((outcome, index) => ({
          ...views.receiptView.lines[0]!,
          key: String(index),
          outcome,
        })),
      });
    const accepted: Outcome = { kind: 'accepted', priceCents: asCents(299) };
    const refused: Outcome = { kind: 'refused', reason: 'complet' };
    expect(of(accepted, accepted)).to.contain('banner--done');
    expect(of(accepted, refused)).to.contain('banner--wait');
    expect(of(refused)).to.contain('banner--stop');
    expect(read(of(accepted, accepted))).to.contain('2 acceptées.');
  });
});

describe('The home page', () => {
  it('greets, and offers one thing to do', () => {
    const words = read(render(HomePage, views.homeView));
    expect(words).to.contain('Bonjour Camille');
    expect(words).to.contain('Réalisez des inscriptions ou des annulations');
    expect(words).to.contain('Liste d’attente, rang 2');
    expect(words).to.contain('mardi 17, 9 h');
    expect(words).to.contain(', demain.');
  });

  it('has words for what is empty', () => {
    const quiet = { ...views.homeView, awaiting: [], waiting: [] };
    expect(read(render(HomePage, quiet))).to.contain('Toutes vos demandes ont reçu leur réponse.');
    expect(read(render(HomePage, { ...quiet, children: [] }))).to.contain(
      'Aucun enfant n’est encore rattaché',
    );
  });
});
