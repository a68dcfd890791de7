import { expect } from 'chai';
import {
  absenceFaultsOf,
  absenceLinesOf,
  excuses,
  judged,
  outcomes,
  served,
} from '../../../../support/absenceFacts.ts';

const trip = { ground: 'school_trip', relief: 'none' };
const strike = excuses({ automatic: true, scope: 'siblings' }, 'strike');
const day = { from: '2026-12-08' };

describe('what excuses an absence', () => {
  it('CRE-7: a strike is deducted without any step of the family', () => {
    expect(judged([strike], { ...day, ground: 'strike' }).billed).to.eql([]);
  });

  it('VAI-9, CRE-8: a school trip that the family did not cancel is due', () => {
    expect(judged([strike, trip], { ...day, ground: 'school_trip' })).to.deep.equal({
      days: [{ date: '2026-12-08', due: 'full', why: 'not_excused', rule: 'absence/1' }],
      billed: ['2026-12-08'],
      explanation: [
        {
          ground: 'school_trip',
          due: 'full',
          why: 'not_excused',
          rule: 'absence/1',
          dates: ['2026-12-08'],
        },
      ],
    });
  });

  it('SOU-3: without a ground that the town knows, the day is due', () => {
    for (const ground of ['none', 'weather', 'whatever'])
      expect(judged([strike, trip], { ...day, ground }).days).to.deep.equal([
        { date: '2026-12-08', due: 'full', why: 'no_rule' },
      ]);
    expect(judged([], day).billed).to.eql(['2026-12-08']);
  });

  it('an absence without a ground may have its own rule', () => {
    expect(judged([excuses({}, 'none')], { ...day, ground: 'none' }).billed).to.eql([]);
  });

  it('only days of service are ever due', () => {
    const told = { from: '2026-11-07', to: '2026-11-15', ground: 'none' };
    expect(judged([], told).billed).to.eql([
      '2026-11-09',
      '2026-11-10',
      '2026-11-12',
      '2026-11-13',
    ]);
    expect(judged([], { from: '2026-11-11' })).to.deep.equal({
      days: [],
      billed: [],
      explanation: [],
    });
    expect(judged([], { from: '2026-11-13', to: '2026-11-12' }).days).to.eql([]);
    expect(judged([], told, served(['WED'])).billed).to.eql([]);
  });

  it('a percentage may be kept', () => {
    const rules = [excuses({ relief: { retainPercent: '10' } })];
    expect(judged(rules, day)).to.deep.include({
      days: [{ date: '2026-12-08', due: { percent: '10' }, why: 'excused', rule: 'absence/0' }],
      billed: ['2026-12-08'],
    });
  });

  it('spares the child alone, or brothers and sisters too', () => {
    const sibling = { ...day, whose: 'sibling' } as const;
    expect(outcomes(judged([excuses()], sibling))).to.eql(['08 full: not_for_siblings']);
    expect(judged([excuses()], { ...day, whose: 'child' }).billed).to.eql([]);
    expect(judged([excuses({ scope: 'siblings' })], sibling).billed).to.eql([]);
  });

  it('each day goes by the rule that holds on it', () => {
    const rules = [
      excuses({ validUntil: '2026-12-08' }),
      { ground: 'illness', relief: 'none', validFrom: '2026-12-10', validUntil: '2026-12-10' },
    ];
    expect(
      judged(rules, { from: '2026-12-07', to: '2026-12-11' }).explanation.map(
        ({ dates, rule, why }) => `${dates.join()} ${rule ?? '-'} ${why}`,
      ),
    ).to.eql([
      '2026-12-07,2026-12-08 absence/0 excused',
      '2026-12-10 absence/1 not_excused',
      '2026-12-11 - no_rule',
    ]);
    expect(absenceFaultsOf(rules)).to.eql([]);
  });

  it('days settled alike, by another limit, are told apart', () => {
    const each = [
      excuses({
        evidence: {
          kinds: ['certificate'],
          within: { n: 1, unit: 'calendar_day', from: 'each_day' },
        },
      }),
    ];
    const { explanation } = judged(each, { from: '2026-12-07', to: '2026-12-08' });
    expect(explanation.map(({ dates }) => dates)).to.eql([['2026-12-07'], ['2026-12-08']]);
  });

  it('every condition is asked: the first that fails says why', () => {
    const rules = [
      excuses({
        minConsecutive: { n: 2, unit: 'service_day' },
        notice: { deadline: { type: 'none' }, from: 'first_day' },
        evidence: { kinds: ['certificate'], within: null },
        waiting: { n: 1, unit: 'calendar_day', from: 'first_absence' },
      }),
    ];
    const two = { from: '2026-12-07', to: '2026-12-08' };
    const why = (told: Parameters<typeof judged>[1]) =>
      outcomes(judged(rules, told)).map((line) => line.split(': ')[1]);
    expect(why(day)).to.eql(['too_short']);
    expect(why(two)).to.eql(['no_notice', 'no_notice']);
    expect(why({ ...two, notice: '2026-12-07 08:00' })).to.eql(['no_evidence', 'no_evidence']);
    expect(why({ ...two, notice: '2026-12-07 08:00', evidence: '2026-12-09 08:00' })).to.eql([
      'waiting',
      'excused',
    ]);
  });

  describe('refuses', () => {
    it('a ground of the town’s own without its words', () => {
      expect(absenceFaultsOf([excuses({}, 'judo')])).to.eql([
        'absence/0/words: Le motif « judo » est propre à la ville : il faut dire comment les familles le lisent.',
      ]);
      expect(absenceFaultsOf([{ ...excuses({}, 'judo'), words: 'stage de judo' }])).to.eql([]);
      expect(absenceFaultsOf([{ ground: 'constructor', relief: 'none' }])).to.have.length(1);
    });

    it('two rules for one ground on the same days', () => {
      const contradict = (one: object, other: object) =>
        absenceFaultsOf([trip, excuses(one), excuses(other)]);
      const fault = [
        'absence/2/ground: La règle n° 2 dit déjà ce que vaut « illness » aux mêmes dates.',
      ];
      expect(contradict({}, {})).to.eql(fault);
      expect(contradict({ validUntil: '2026-12-31' }, { validFrom: '2026-12-31' })).to.eql(fault);
      expect(contradict({ validUntil: '2026-12-31' }, { validFrom: '2027-01-01' })).to.eql([]);
      expect(contradict({ validFrom: '2027-01-01' }, { validUntil: '2026-12-31' })).to.eql([]);
      expect(contradict({ validFrom: '2026-12-31' }, { validUntil: '2026-12-31' })).to.eql(fault);
      expect(contradict({ validFrom: '2026-12-31' }, {})).to.eql(fault);
    });

    it('a validity that ends before it begins', () => {
      expect(
        absenceFaultsOf([{ ...trip, validFrom: '2027-01-01', validUntil: '2026-12-31' }]),
      ).to.eql(['absence/0/validUntil: Cette date précède le début de validité.']);
      expect(
        absenceFaultsOf([{ ...trip, validFrom: '2027-01-01', validUntil: '2027-01-01' }]),
      ).to.eql([]);
    });

    it('a step asked for what the town knows by itself', () => {
      expect(
        absenceFaultsOf([
          excuses(
            {
              automatic: true,
              notice: { deadline: { type: 'none' }, from: 'first_day' },
              evidence: { kinds: ['school'], within: null },
              waiting: { n: 1, unit: 'calendar_day', from: 'notice' },
            },
            'strike',
          ),
        ]),
      ).to.eql([
        'absence/0/notice: Un motif automatique ne demande aucune démarche à la famille.',
        'absence/0/evidence: Un motif automatique ne demande aucune démarche à la famille.',
        'absence/0/waiting/from: Un motif automatique n’est pas signalé par la famille.',
      ]);
      const waits = { waiting: { n: 1, unit: 'calendar_day', from: 'first_absence' } };
      expect(absenceFaultsOf([excuses({ automatic: true, ...waits }, 'strike')])).to.eql([]);
      expect(
        absenceFaultsOf([
          excuses({ automatic: false, evidence: { kinds: ['school'], within: null } }),
        ]),
      ).to.eql([]);
    });

    it('a percentage of nothing or of all, and an unknown relief', () => {
      const keeps = (retainPercent: string) =>
        absenceFaultsOf([excuses({ relief: { retainPercent } })]);
      expect(keeps('0')).to.eql([
        'absence/0/relief/retainPercent: Ne rien retenir s’écrit « full ».',
      ]);
      expect(keeps('100')).to.eql([
        'absence/0/relief/retainPercent: Tout retenir s’écrit « none ».',
      ]);
      expect(keeps('0.1')).to.eql([]);
      expect(keeps('99.9')).to.eql([]);
      expect(absenceFaultsOf([excuses({ relief: 'half' })])).to.eql([
        'absence/0/relief: Il faut l’un de : full, none, { "retainPercent": "10" }.',
      ]);
    });

    it('what a town forgot to say, all at once', () => {
      expect(absenceFaultsOf([{ ground: 'illness' }, { relief: 'none' }, 3])).to.eql([
        'absence/0/relief: Il manque : cette règle est obligatoire.',
        'absence/0/form: Il manque : cette règle est obligatoire.',
        'absence/0/scope: Il manque : cette règle est obligatoire.',
        'absence/1/ground: Il manque : cette règle est obligatoire.',
        'absence/2: Un objet { … } est attendu ici.',
      ]);
    });

    it('conditions on a ground that excuses nothing', () => {
      const [fault] = absenceFaultsOf([{ ...trip, scope: 'child' }]);
      expect(fault).to.match(/^absence\/0\/scope: « scope » n’existe pas ici/);
    });
  });

  describe('in French', () => {
    const line = (rule: object) => absenceLinesOf([rule])[0];
    it('what stays due, what is deducted, how, and for whom', () => {
      expect(line(trip)).to.equal('Sortie scolaire\u00a0: l’absence reste due');
      expect(line(strike)).to.equal(
        'Grève\u00a0: absence non facturée, sans démarche de votre part\u00a0; vaut aussi pour les frères et sœurs',
      );
      expect(line(excuses({ automatic: true, form: 'refund' }, 'closure'))).to.equal(
        'Fermeture du service\u00a0: absence remboursée, sans démarche de votre part',
      );
      expect(
        line({
          ...excuses({ form: 'credit_next_bill', relief: { retainPercent: '12.5' } }),
          words: 'maladie contagieuse',
        }),
      ).to.equal(
        'Maladie contagieuse\u00a0: absence déduite de la facture suivante, sauf 12,5\u00a0% du prix qui restent ' +
          'dus\u00a0; pour l’enfant concerné seulement',
      );
    });
    it('on which days', () => {
      const when = (validity: object) => line({ ...trip, ...validity })?.split('\u00a0: ')[0];
      expect(when({ validFrom: '2027-01-04', validUntil: '2027-03-31' })).to.equal(
        'Sortie scolaire (du lundi\u00a04 janvier 2027 au mercredi\u00a031 mars 2027)',
      );
      expect(when({ validFrom: '2027-01-04' })).to.equal(
        'Sortie scolaire (à partir du lundi\u00a04 janvier 2027)',
      );
      expect(when({ validUntil: '2027-03-31' })).to.equal(
        'Sortie scolaire (jusqu’au mercredi\u00a031 mars 2027)',
      );
    });
    it('even where nothing is deducted', () => {
      expect(absenceLinesOf([])).to.eql(['Aucune absence n’est déduite']);
    });
  });
});
