import { expect } from 'chai';
import { whys } from '../../../../../src/domain/activity/ruleset/absence/absencePart.ts';
import { whyWords } from '../../../../../src/domain/activity/ruleset/absence/whyWords.ts';
import { day, paris } from '../../../../support/townFacts.ts';

describe('why an absent day is due or not, in French', () => {
  const near = day('2026-12-03');

  it('a sentence for each reason', () => {
    expect(whys.map((why) => whyWords({ why }, near))).to.eql([
      'ce motif n’est pas prévu par le règlement',
      'ce motif n’excuse pas l’absence',
      'seule l’absence de l’enfant concerné est excusée',
      'l’absence est trop courte pour être excusée',
      'les premiers jours ne sont pas dus',
      'l’absence n’a pas été signalée à temps',
      'l’absence n’a pas été signalée',
      'l’absence a été signalée trop tard',
      'aucun justificatif n’a été reçu',
      'ce type de justificatif n’est pas accepté',
      'le justificatif n’est pas au nom de l’enfant',
      'le justificatif ne couvre pas ce jour',
      'le justificatif est arrivé trop tard',
      'les premiers jours restent dus',
      'l’absence est excusée',
    ]);
  });

  it('with the limit that would have spared the day', () => {
    const late = (at: string, boundary: 'inclusive' | 'exclusive') =>
      whyWords({ why: 'evidence_late', limit: { at: paris(at), boundary } }, near);
    expect(late('2026-12-05 24:00', 'exclusive')).to.equal(
      'le justificatif est arrivé trop tard\u00a0; à faire avant minuit le samedi\u00a05 au soir',
    );
    expect(late('2026-12-04 09:00', 'inclusive')).to.equal(
      'le justificatif est arrivé trop tard\u00a0; à faire jusqu’au vendredi\u00a04, 9\u00a0h',
    );
  });
});
