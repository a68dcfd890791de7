import { expect } from 'chai';
import { renderToString } from 'preact-render-to-string';
import {
  ValidationQueuePage,
  validationTitle,
} from '../../../src/interfaces/web/pages/validationQueuePage.tsx';
import { validationView } from '../../support/sampleViews.ts';

describe('a queue longer than its page', () => {
  const { queue } = validationView;

  it('says how many wait in all, and how many are listed', () => {
    const pages = { first: 201, nextHref: '/agents/validation?page=3' };
    const view = { ...validationView, total: 350, pages };
    const html = renderToString(<ValidationQueuePage {...view} />);
    expect(validationTitle(view)).to.equal('Réservations à valider (350)');
    expect(html).to.include(`De 201 à ${200 + queue.length}, sur 350.`);
  });

  it('says nothing of it when all are listed', () => {
    const html = renderToString(<ValidationQueuePage {...validationView} />);
    expect(validationTitle(validationView)).to.equal(`Réservations à valider (${queue.length})`);
    expect(html).not.to.include('queue__more');
  });
});
