import { expect } from 'chai';
import {
  compileOccurrences,
  occurrenceFaults,
  occurrenceLines,
  occurrenceTable,
  type OccurrenceTable,
} from '../../../../../src/domain/activity/ruleset/counter/occurrenceTable.ts';
import { conforms, faultsOf } from '../../../../../src/domain/activity/ruleset/schema/schema.ts';
import { exactOf } from '../../../../../src/domain/kernel/exact.ts';
import { prices } from '../../../../support/actFacts.ts';
import { canteen } from '../../../../support/deadlineFacts.ts';

const nothing = { op: 'add', cents: 0 } as const;
const fiveEuros = { op: 'add', cents: 500 } as const;
const table = (...rows: OccurrenceTable['rows']): OccurrenceTable => ({
  window: 'school_year',
  per: 'child',
  rows,
});
/** Free twice, five euros up to the sixth time, then refused. */
const strict = table(
  { fromOccurrence: 1, toOccurrence: 2, adjust: nothing },
  { fromOccurrence: 3, toOccurrence: 6, adjust: fiveEuros },
  { fromOccurrence: 7, adjust: { op: 'refuse' } },
);

const faultsIn = (written: unknown): unknown[] => {
  const found: unknown[] = faultsOf(occurrenceTable, written).map(({ path, reason }) => [
    path.join('/'),
    reason,
  ]);
  if (conforms(occurrenceTable, written))
    occurrenceFaults(written, [], canteen, prices, (path, reason) =>
      found.push([path.join('/'), reason]),
    );
  return found;
};

describe('what depends on how often it happened', () => {
  const rule = compileOccurrences(strict, ['late'], prices);
  /** Cents due for 4 euros, the how-many-th time. */
  const due = (occurrence: number): unknown => {
    const effect = rule(occurrence);
    return effect === 'refuse'
      ? effect
      : effect(
          exactOf(400),
          {
            units: [],
            qf: 'highest',
            resident: true,
            rank: { enrolled_children: 1, same_activity: 1, same_day: 1 },
            ownMeal: false,
          },
          undefined,
        );
  };

  it('takes the row of its time, the first and the last of each', () => {
    expect(due(1)).to.deep.equal(exactOf(400));
    expect(due(2)).to.deep.equal(exactOf(400));
    expect(due(3)).to.deep.equal(exactOf(900));
    expect(due(6)).to.deep.equal(exactOf(900));
    expect(due(7)).to.equal('refuse');
    expect(due(1000)).to.equal('refuse');
  });

  it('reads in French', () => {
    const said = (rows: OccurrenceTable): string[] =>
      occurrenceLines(rows, prices).map((line) => line.replaceAll('\u00a0', '~'));
    expect(said(strict)).to.deep.equal([
      'De la 1re à la 2e fois~: tarif ordinaire',
      'De la 3e à la 6e fois~: supplément de 5,00~€',
      'Dès la 7e fois~: refus',
      'compté par année scolaire et par enfant~; le compte repart de zéro le 1er septembre',
    ]);
    expect(
      said(
        table(
          { fromOccurrence: 1, toOccurrence: 1, adjust: nothing },
          { fromOccurrence: 2, toOccurrence: 2, adjust: nothing },
          { fromOccurrence: 3, adjust: fiveEuros },
        ),
      ).slice(0, 2),
    ).to.deep.equal(['La 1re fois~: tarif ordinaire', 'La 2e fois~: tarif ordinaire']);
    expect(said(table({ fromOccurrence: 1, adjust: fiveEuros }))[0]).to.equal(
      'Chaque fois~: supplément de 5,00~€',
    );
  });

  it('goes from the first time on without a gap, and says what comes last', () => {
    expect(faultsIn(strict)).to.deep.equal([]);
    expect(faultsIn(table({ fromOccurrence: 2, toOccurrence: 1, adjust: nothing }))).to.deep.equal([
      ['rows/0/fromOccurrence', 'La première ligne doit partir de la 1re fois.'],
      ['rows/0/toOccurrence', 'La dernière fois précède la première.'],
      ['rows/0/toOccurrence', 'Aucune ligne ne dit ce qui vient ensuite.'],
    ]);
    expect(
      faultsIn(
        table(
          { fromOccurrence: 1, toOccurrence: 3, adjust: nothing },
          { fromOccurrence: 3, toOccurrence: 4, adjust: nothing },
          { fromOccurrence: 6, adjust: nothing },
          { fromOccurrence: 7, adjust: nothing },
        ),
      ),
    ).to.deep.equal([
      ['rows/1/fromOccurrence', 'Cette ligne recouvre la précédente.'],
      ['rows/2/fromOccurrence', 'Des fois manquent entre la ligne précédente et celle-ci.'],
      ['rows/3/fromOccurrence', 'La ligne précédente vaut déjà pour la suite.'],
    ]);
    expect(
      faultsIn(
        table(
          { fromOccurrence: 1, toOccurrence: 1, adjust: nothing },
          { fromOccurrence: 2, adjust: nothing },
        ),
      ),
    ).to.deep.equal([]);
  });

  it('is refused with each fault of its parts', () => {
    expect(faultsIn({ ...strict, window: 'period' })).to.deep.equal([
      ['window', 'Cette activité n’a pas de période.'],
    ]);
    expect(
      faultsIn(
        table({
          fromOccurrence: 1,
          adjust: { op: 'tariff', price: { type: 'by_unit', units: {} } } as never,
        }),
      ),
    ).to.have.length.greaterThan(0);
    expect(faultsIn({ per: 'child', window: 'month', rows: [] })).to.deep.equal([
      ['rows', 'Il en faut au moins 1.'],
    ]);
    expect(
      faultsIn({ per: 'class', window: 'week', rows: [{ adjust: nothing, fromOccurrence: 0 }] }),
    ).to.deep.equal([
      ['window', '« week » n’est pas l’un de : month, period, school_year, civil_year, ever.'],
      ['per', '« class » n’est pas l’un de : child, family.'],
      ['rows/0/fromOccurrence', '0 n’est pas un nombre de fois de 1 à 1000.'],
    ]);
    expect(faultsIn(table({ fromOccurrence: 1, adjust: { op: 'ban' } as never }))).to.deep.equal([
      [
        'rows/0/adjust/op',
        'Il faut l’un de : replace, add, multiply, tariff, retain_percent, refuse.',
      ],
    ]);
  });
});
