import { expect } from 'chai';
import {
  amountOf,
  canteen,
  dayCare,
  faultsIn,
  leisure,
  perUnitHalfUp,
  saidOf,
  stepsOf,
} from '../../../../support/priceFacts.ts';

const grid = (axes: string[], cells: unknown, more = {}) => ({
  type: 'grid',
  axes,
  cells,
  ...more,
});
const centre = grid(['residency', 'unit', 'qf'], {
  resident: {
    day: { '0': 1050, '951': 1160, '650.5': 1100 },
    half: { '0': 600, '951': 700 },
  },
  outside: { day: { '0': 1640 }, half: { '0': 900 } },
});
/** Wavrin: a price for each rank. */
const ranks = grid(['sibling_rank'], { '1': 350, '2': 300, '4': 250 }, { rankBy: 'same_day' });

describe('a grid', () => {
  it('gives the amount where its axes meet', () => {
    const of = (told: object) => amountOf(centre, { units: ['day'], ...told }, leisure);
    expect(of({ qf: '650' })).to.equal('1050');
    expect(of({ qf: '650.5' })).to.equal('1100');
    expect(of({ qf: '950.99' })).to.equal('1100');
    expect(of({ qf: '951' })).to.equal('1160');
    expect(of({ qf: 'highest' })).to.equal('1160');
    expect(of({ qf: '0', resident: false })).to.equal('1640');
    expect(of({ qf: '0', units: ['half'] })).to.equal('600');
  });

  it('adds up the units taken, and says which is missing', () => {
    expect(amountOf(centre, { units: ['day', 'half', 'half'] }, leisure)).to.equal('2300');
    expect(amountOf(centre, {}, leisure)).to.equal('no unit');
    expect(amountOf(centre, { units: ['night'] }, leisure)).to.equal('no unit: night');
  });

  it('counts ranks by lower bounds, in the one meaning that it declares', () => {
    const ofRank = (rank: number) => amountOf(ranks, { rank: { same_day: rank } });
    expect([0, 1, 2, 3, 4, 9].map(ofRank)).to.deep.equal([
      '350',
      '350',
      '300',
      '300',
      '250',
      '250',
    ]);
    expect(amountOf(ranks, { rank: { enrolled_children: 4, same_activity: 4 } })).to.equal('350');
  });

  it('tells regimes, levels and funders apart, and asks for what nobody told', () => {
    for (const axis of ['regime', 'level', 'funder']) {
      const price = grid([axis], { aaa: 100, bbb: 200 });
      expect(amountOf(price, { [axis]: 'aaa' })).to.equal('100');
      expect(amountOf(price, { [axis]: 'bbb' })).to.equal('200');
      expect(amountOf(price)).to.equal(`no ${axis}`);
      expect(amountOf(price, { [axis]: 'ccc' })).to.equal(`no ${axis}: ccc`);
    }
  });

  it('has one row for all other words where the town writes it', () => {
    const price = grid(['funder'], { caf: 100, other: 200 });
    expect(amountOf(price, { funder: 'caf' })).to.equal('100');
    expect(amountOf(price, { funder: 'msa' })).to.equal('200');
    expect(amountOf(price)).to.equal('no funder');
  });

  it('may hold prices', () => {
    const rate = { type: 'effort_rate', rate: '0.0055', ceiling: 900 };
    const price = grid(['unit', 'residency'], {
      day: { resident: rate, outside: 950 },
      half: { resident: 400, outside: rate },
    });
    expect(faultsIn(price, leisure)).to.deep.equal([]);
    expect(amountOf(price, { units: ['day'], qf: '579' }, leisure)).to.equal('318.45');
    expect(stepsOf(price, { units: ['day'], qf: '579' }, leisure)[0]?.[0]).to.equal(
      'price/cells/day/resident',
    );
    expect(
      amountOf(
        price,
        { units: ['day', 'day'], qf: '579' },
        { ...leisure, rounding: perUnitHalfUp },
      ),
    ).to.equal('636');
  });

  it('moves a known QF by some bands', () => {
    const moved = (qf: string, bandShift: number) =>
      amountOf(centre, { units: ['day'], qf }, { ...leisure, bandShift });
    expect(moved('951', -1)).to.equal('1100');
    expect(moved('100', -1)).to.equal('1050');
    expect(moved('100', 5)).to.equal('1160');
    expect(moved('highest', -1)).to.equal('1160');
  });

  it('prices the unit that another rule has picked', () => {
    const inner = grid(['unit'], { morning: 111 });
    const flat = { type: 'flat', cents: 5 };
    const outer = { type: 'by_unit', units: { morning: inner, evening: flat, minibus: flat } };
    expect(faultsIn(outer, dayCare)).to.deep.equal([]);
    expect(amountOf(outer, { units: ['morning', 'evening'] }, dayCare)).to.equal('116');
    expect(saidOf(outer, dayCare)[0]).to.equal('Matin~: 1,11~€');
  });

  it('says what chose the amount', () => {
    expect(stepsOf(centre, { units: ['half'], qf: '951' }, leisure)).to.deep.equal([
      [
        'price/cells/resident/half/951',
        'grid',
        '700',
        { residency: 'resident', unit: 'half', qf: '951', from: '951' },
      ],
    ]);
    expect(stepsOf(centre, { units: ['half'], qf: 'highest' }, leisure)[0]?.[3]).to.deep.equal({
      residency: 'resident',
      unit: 'half',
      qf: 'highest',
      from: '951',
    });
    expect(stepsOf(ranks, { rank: 3 })).to.deep.equal([
      ['price/cells/2', 'grid', '300', { sibling_rank: '2' }],
    ]);
  });

  it('reads in French', () => {
    expect(saidOf(centre, leisure)).to.deep.equal([
      'Habitants de la commune, journée, QF inférieur à 650,5~: 10,50~€',
      'Habitants de la commune, journée, QF de 650,5 à moins de 951~: 11,00~€',
      'Habitants de la commune, journée, QF à partir de 951~: 11,60~€',
      'Habitants de la commune, demi-journée, QF inférieur à 951~: 6,00~€',
      'Habitants de la commune, demi-journée, QF à partir de 951~: 7,00~€',
      'Hors commune, journée~: 16,40~€',
      'Hors commune, demi-journée~: 9,00~€',
    ]);
    expect(saidOf(ranks)).to.deep.equal([
      '1er enfant de la famille présent le même jour~: 3,50~€',
      'Du 2e au 3e enfant de la famille présent le même jour~: 3,00~€',
      'À partir du 4e enfant de la famille présent le même jour~: 2,50~€',
    ]);
    const words = (axis: string, ...keys: string[]) =>
      saidOf(grid([axis], Object.fromEntries(keys.map((key) => [key, 0]))), {
        ...canteen,
        names: { grands: 'Grande section' },
      }).map((line) => line.replace('~: gratuit', ''));
    expect(words('level', 'nursery', 'primary', 'grands', 'ados', 'other')).to.deep.equal([
      'Maternelle',
      'Élémentaire',
      'Grande section',
      'Ados',
      'Autres niveaux',
    ]);
    expect(words('funder', 'caf', 'msa', 'other')).to.deep.equal([
      'Allocataires CAF',
      'Allocataires MSA',
      'Autres régimes',
    ]);
    expect(words('regime', 'annual_days', 'planning', 'occasional', 'other')).to.deep.equal([
      'Jours fixes à l’année',
      'Planning du mois',
      'Occasionnel',
      'Autres inscriptions',
    ]);
    expect(saidOf(grid(['sibling_rank'], { '1': 5 }, { rankBy: 'same_day' }))).to.deep.equal([
      '0,05~€',
    ]);
  });

  it('leaves no hole, and knows every key', () => {
    expect(faultsIn(centre, leisure)).to.deep.equal([]);
    expect(
      faultsIn(
        grid(['residency', 'unit', 'qf'], {
          resident: { day: { '10': 1, x: 2 }, half: { '0': 3, '0.0': 4, '-1': 5 } },
          away: { day: 6, half: { '0': { '1': 7 } } },
        }),
        leisure,
      ),
    ).to.deep.equal([
      ['cells/away', '« away » n’est ni resident ni outside.'],
      ['cells/outside', 'Aucun prix pour « outside ».'],
      ['cells/resident/day/x', '« x » n’est pas un quotient familial.'],
      ['cells/resident/day', 'La première borne est "0".'],
      ['cells/resident/half/-1', '« -1 » n’est pas un quotient familial.'],
      ['cells/resident/half/0.0', 'Cette borne y est deux fois.'],
      ['cells/away/day', 'Il manque ici le choix par « qf ».'],
      ['cells/away/half/0', 'Tous les axes sont passés : un montant ou un tarif est attendu.'],
    ]);
    expect(
      faultsIn(grid(['unit', 'level'], { day: { a: 1, b: 2 }, night: { b: 3 } }), leisure),
    ).to.deep.equal([
      ['cells/night', '« night » n’est pas une unité de cette activité.'],
      ['cells', 'Aucun tarif ne donne le prix de l’unité « half ».'],
      ['cells/night/a', 'Aucun prix pour « a ».'],
    ]);
    expect(faultsIn(grid(['qf'], { x: 1 }))).to.deep.equal([
      ['cells/x', '« x » n’est pas un quotient familial.'],
      ['cells', 'La première borne est "0".'],
    ]);
    expect(faultsIn(grid(['qf'], 12))).to.deep.equal([
      ['cells', 'Il manque ici le choix par « qf ».'],
    ]);
    expect(
      faultsIn(grid(['qf'], { '0': { type: 'effort_rate', rate: '1', floor: 2, ceiling: 1 } })),
    ).to.deep.equal([['cells/0/floor', 'Le plancher dépasse le plafond.']]);
  });

  it('names each axis once, and says what a rank counts', () => {
    expect(faultsIn(ranks)).to.deep.equal([]);
    expect(faultsIn(grid([], 1))).to.deep.equal([['axes', 'Il en faut au moins 1.']]);
    expect(faultsIn(grid(['qf', 'qf'], { '0': { '0': 1 } }))).to.deep.equal([
      ['axes/1', '« qf » y est déjà.'],
    ]);
    expect(faultsIn(grid(['sibling_rank'], { '2': 1, '0': 2, '100': 3, '1.5': 4 }))).to.deep.equal([
      ['rankBy', 'Il manque : ce que compte le rang de l’enfant.'],
      ['cells/0', '« 0 » n’est pas un rang (de 1 à 99).'],
      ['cells/100', '« 100 » n’est pas un rang (de 1 à 99).'],
      ['cells/1.5', '« 1.5 » n’est pas un rang (de 1 à 99).'],
      ['cells', 'La première borne est "1".'],
    ]);
    expect(faultsIn(grid(['qf'], { '0': 1 }, { rankBy: 'same_day' }))).to.deep.equal([
      ['rankBy', 'Cette grille ne distingue pas le rang de l’enfant.'],
    ]);
  });

  it('refuses cells that are neither amount, nor price, nor choice', () => {
    expect(faultsIn(grid(['qf'], { '0': 'free', '1': {}, '2': { type: 'no' } }))).to.deep.equal([
      ['cells/0', '« free » n’est pas un montant en centimes entiers, de 0 à 10000000.'],
      ['cells/1', 'Il en faut au moins 1.'],
      [
        'cells/2/type',
        'Il faut l’un de : flat, by_unit, sum, qf_bands, effort_rate, grid, metered, duration_table, exit_slices, arrival, package, count_tiers.',
      ],
    ]);
    expect(faultsIn(grid(['qf'], null))).to.deep.equal([
      ['cells', 'null n’est pas un montant en centimes entiers, de 0 à 10000000.'],
    ]);
    expect(faultsIn(grid(['qf'], [1]))).to.deep.equal([
      ['cells', 'Un objet { … } est attendu ici.'],
    ]);
  });
});
