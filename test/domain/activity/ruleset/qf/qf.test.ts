import { expect } from 'chai';
import {
  compileQfPolicy,
  type QfDecision,
  type QfProof,
} from '../../../../../src/domain/activity/ruleset/qf/qfOn.ts';
import {
  qfPolicy,
  qfPolicyFaults,
  qfPolicyLines,
  type QfPolicy,
} from '../../../../../src/domain/activity/ruleset/qf/qfPolicy.ts';
import type { Report } from '../../../../../src/domain/activity/ruleset/schema/schema.ts';
import { exactFrom } from '../../../../../src/domain/kernel/exact.ts';
import { day } from '../../../../support/townFacts.ts';

/** The month after receipt, never for the past, unless told. */
const policy = (more: object = {}): object => ({
  missing: 'highest',
  outsideUsesQf: false,
  changeEffective: 'next_month',
  retroactive: false,
  ...more,
});
function faultsOf(written: unknown): string[] {
  const faults: string[] = [];
  const report: Report = (path, reason) => faults.push(`${path.join('/')}: ${reason}`);
  qfPolicy.check(written, ['qf'], report);
  if (faults.length === 0) qfPolicyFaults(written as QfPolicy, ['qf'], report);
  return faults;
}
const proof = (
  qf: string,
  receivedOn: string,
  validFrom: string,
  validTo?: string,
  source?: QfProof['source'],
): QfProof => ({
  qf: exactFrom(qf),
  receivedOn: day(receivedOn),
  validFrom: day(validFrom),
  ...(validTo !== undefined && { validTo: day(validTo) }),
  ...(source && { source }),
});
const decide = (
  written: object,
  history: readonly QfProof[],
  date: string,
  resident = true,
): QfDecision => {
  expect(faultsOf(written)).to.eql([]);
  const rule = compileQfPolicy(written as QfPolicy);
  // The bill of January and February is made beforehand: what comes then waits for that of March.
  return rule(history, day(date), {
    resident,
    nextBillFrom: (received) => day(received < '2027-01-01' ? '2026-09-01' : '2027-03-01'),
  });
};
/** « 800: proof », « highest: missing » */
const told = (...of: Parameters<typeof decide>): string => {
  const { qf, why } = decide(...of);
  return `${typeof qf === 'string' ? qf : Number(qf.n) / Number(qf.d)}: ${why}`;
};

const old = proof('800', '2026-08-25', '2026-09-01');
const letter = proof('1100', '2027-01-12', '2027-01-01');

describe('the quotient familial of a day', () => {
  it('FAY-8, FAY-9: a letter of 12 January changes nothing in January, all from February', () => {
    const on = (date: string) => told(policy(), [old, letter], date);
    expect(on('2027-01-11')).to.equal('800: proof');
    expect(on('2027-01-28')).to.equal('800: proof');
    expect(on('2027-01-31')).to.equal('800: proof');
    expect(on('2027-02-01')).to.equal('1100: proof');
  });

  it('says which proof, since when it counts, and what is to come', () => {
    const after = { proof: letter, effectiveFrom: day('2027-02-01') };
    const before = { proof: old, effectiveFrom: day('2026-09-01') };
    expect(decide(policy(), [old, letter], '2027-01-28')).to.deep.equal({
      qf: exactFrom('800'),
      why: 'proof',
      used: before,
      coming: after,
    });
    expect(decide(policy(), [old, letter], '2027-02-01')).to.deep.equal({
      qf: exactFrom('1100'),
      why: 'proof',
      used: after,
    });
  });

  it('at once: from the day of receipt, and no earlier than the proof itself', () => {
    const immediate = policy({ changeEffective: 'immediate' });
    expect(told(immediate, [old, letter], '2027-01-11')).to.equal('800: proof');
    expect(told(immediate, [old, letter], '2027-01-12')).to.equal('1100: proof');
    const early = proof('1100', '2027-01-12', '2027-02-10');
    expect(told(immediate, [old, early], '2027-02-09')).to.equal('800: proof');
    expect(told(immediate, [old, early], '2027-02-10')).to.equal('1100: proof');
    expect(told(policy(), [old, early], '2027-02-09')).to.equal('800: proof');
  });

  it('from the next bill', () => {
    const next = policy({ changeEffective: 'next_bill' });
    expect(told(next, [old, letter], '2027-02-28')).to.equal('800: proof');
    expect(told(next, [old, letter], '2027-03-01')).to.equal('1100: proof');
  });

  it('the month after December and after 29 February', () => {
    const on = (received: string, date: string) =>
      told(policy(), [proof('500', received, '2026-01-01')], date);
    expect(on('2026-12-31', '2026-12-31')).to.equal('highest: missing');
    expect(on('2026-12-31', '2027-01-01')).to.equal('500: proof');
    expect(on('2028-02-29', '2028-02-29')).to.equal('highest: missing');
    expect(on('2028-02-29', '2028-03-01')).to.equal('500: proof');
  });

  it('retroactive: from the first day of the proof, however late it came', () => {
    const back = policy({ changeEffective: 'immediate', retroactive: true });
    expect(told(back, [old, letter], '2026-12-31')).to.equal('800: proof');
    expect(told(back, [old, letter], '2027-01-01')).to.equal('1100: proof');
  });

  describe('without a valid proof', () => {
    const year = proof('800', '2026-08-25', '2026-09-01', '2027-08-31');
    it('the highest price, a refusal, or a band', () => {
      expect(told(policy(), [], '2027-01-01')).to.equal('highest: missing');
      expect(told(policy({ missing: 'refuse' }), [], '2027-01-01')).to.equal('refuse: missing');
      expect(decide(policy({ missing: { band: '900.5' } }), [], '2027-01-01')).to.deep.equal({
        qf: exactFrom('900.5'),
        why: 'missing',
      });
    });
    it('before its first day and after its last', () => {
      expect(told(policy(), [year], '2026-08-31')).to.equal('highest: missing');
      expect(told(policy(), [year], '2026-09-01')).to.equal('800: proof');
      expect(told(policy(), [year], '2027-08-31')).to.equal('800: proof');
      expect(told(policy(), [year], '2027-09-01')).to.equal('highest: missing');
    });
    it('tells what is to come, but not what will have ended by then', () => {
      expect(decide(policy(), [year], '2026-08-31').coming).to.deep.equal({
        proof: year,
        effectiveFrom: day('2026-09-01'),
      });
      const short = proof('700', '2027-01-12', '2027-01-01', '2027-01-31');
      expect(decide(policy(), [short], '2027-01-20')).to.deep.equal({
        qf: 'highest',
        why: 'missing',
      });
      const oneDay = proof('700', '2027-01-12', '2027-01-01', '2027-02-01');
      expect(decide(policy(), [oneDay], '2027-01-20').coming?.effectiveFrom).to.equal('2027-02-01');
    });
    it('the nearest of those to come, the first noted of two on one day', () => {
      const far = proof('600', '2027-03-02', '2027-03-01');
      expect(decide(policy(), [far, letter], '2027-01-20').coming?.proof).to.equal(letter);
      expect(decide(policy(), [letter, far], '2027-01-20').coming?.proof).to.equal(letter);
      const same = proof('650', '2027-01-13', '2027-01-01');
      expect(decide(policy(), [letter, same], '2027-01-20').coming?.proof).to.equal(letter);
    });
  });

  describe('among several proofs', () => {
    it('the newest situation wins, in whatever order they are kept', () => {
      const corrected = proof('820', '2027-02-20', '2026-09-01');
      for (const history of [
        [old, letter, corrected],
        [corrected, letter, old],
      ])
        expect(told(policy(), history, '2027-03-10')).to.equal('1100: proof');
    });
    it('of one situation the one received last, then the one noted last', () => {
      const corrected = proof('820', '2026-10-20', '2026-09-01');
      for (const history of [
        [old, corrected],
        [corrected, old],
      ]) {
        expect(told(policy(), history, '2026-10-31')).to.equal('800: proof');
        expect(told(policy(), history, '2026-11-01')).to.equal('820: proof');
      }
      const again = proof('830', '2026-08-25', '2026-09-01');
      expect(told(policy(), [old, again], '2026-11-01')).to.equal('830: proof');
    });
    it('an older one holds again when the newer has ended', () => {
      const summer = proof('400', '2026-12-01', '2027-01-01', '2027-03-31');
      expect(told(policy(), [old, summer], '2027-03-31')).to.equal('400: proof');
      expect(told(policy(), [old, summer], '2027-04-01')).to.equal('800: proof');
    });
    it('only those of the sources that count; one of an untold source does', () => {
      const caf = policy({ source: ['CAF', 'MSA'] });
      const of = (source?: QfProof['source']) =>
        told(caf, [proof('500', '2026-08-25', '2026-09-01', undefined, source)], '2026-11-01');
      expect(of('MSA')).to.equal('500: proof');
      expect(of('tax')).to.equal('highest: missing');
      expect(of()).to.equal('500: proof');
    });
  });

  describe('with a reference date', () => {
    const march = policy({ referenceDate: '03-31' });
    const spring = proof('800', '2026-02-10', '2026-02-01', '2026-04-30');
    it('a proof valid on it holds until the next one', () => {
      expect(told(march, [spring], '2026-03-30')).to.equal('800: proof');
      expect(told(march, [spring], '2026-04-30')).to.equal('800: proof');
      expect(told(march, [spring], '2026-05-01')).to.equal('800: reference_date');
      expect(told(march, [spring], '2027-03-30')).to.equal('800: reference_date');
      expect(told(march, [spring], '2027-03-31')).to.equal('highest: missing');
      expect(told(policy(), [spring], '2026-05-01')).to.equal('highest: missing');
    });
    it('one that ends on its eve does not', () => {
      const eve = proof('800', '2026-02-10', '2026-02-01', '2026-03-30');
      expect(told(march, [eve], '2026-04-01')).to.equal('highest: missing');
    });
    it('29 February stands for the last day of February', () => {
      const february = policy({ referenceDate: '02-29' });
      const until = (validTo: string, date: string) =>
        told(february, [proof('800', '2026-12-10', '2026-12-01', validTo)], date);
      expect(until('2027-02-28', '2027-12-01')).to.equal('800: reference_date');
      expect(until('2027-02-27', '2027-12-01')).to.equal('highest: missing');
      expect(until('2028-02-28', '2028-02-28')).to.equal('800: proof');
      expect(until('2028-02-28', '2028-02-29')).to.equal('highest: missing');
      expect(until('2028-02-29', '2028-12-01')).to.equal('800: reference_date');
    });
  });

  it('families from elsewhere pay the highest price, or go by their quotient', () => {
    expect(told(policy(), [old], '2026-11-01', false)).to.equal('highest: outside');
    expect(told(policy({ outsideUsesQf: true }), [old], '2026-11-01', false)).to.equal(
      '800: proof',
    );
  });

  it('refuses what contradicts itself, and what is left silent', () => {
    const waits =
      'qf/changeEffective: Un changement rétroactif n’attend ni le mois ni la facture : il faut « immediate ».';
    expect(faultsOf(policy({ retroactive: true }))).to.eql([waits]);
    expect(faultsOf(policy({ retroactive: true, changeEffective: 'next_bill' }))).to.eql([waits]);
    expect(faultsOf(policy({ source: ['CAF', 'CAF'] }))).to.eql([
      'qf/source/1: « CAF » y est déjà.',
    ]);
    expect(faultsOf(policy({ source: ['CAF', 'MSA'] }))).to.eql([]);
    expect(faultsOf(policy({ referenceDate: '02-30' }))).to.eql([
      'qf/referenceDate: « 02-30 » n’est pas un jour de l’année (MM-JJ).',
    ]);
    expect(faultsOf(policy({ missing: 'lowest' }))).to.eql([
      'qf/missing: « lowest » n’est pas l’un de : highest, refuse.',
    ]);
    expect(faultsOf(policy({ missing: { band: 900 } }))).to.have.length(1);
    expect(faultsOf({})).to.eql(
      ['missing', 'outsideUsesQf', 'changeEffective', 'retroactive'].map(
        (name) => `qf/${name}: Il manque : cette règle est obligatoire.`,
      ),
    );
  });

  it('in French', () => {
    const lines = (more: object = {}) => qfPolicyLines(policy(more) as QfPolicy);
    expect(lines({ source: ['CAF', 'MSA', 'tax'], referenceDate: '03-31' })).to.eql([
      'établi par une attestation de la CAF, une attestation de la MSA ou l’avis d’imposition',
      'celui du 31\u00a0mars vaut pour l’année',
      'sans justificatif valable, le tarif le plus élevé s’applique',
      'non appliqué hors commune',
      'un changement s’applique le mois qui suit la réception du justificatif, sans effet sur le passé',
    ]);
    expect(
      lines({
        source: ['own_formula'],
        referenceDate: '09-01',
        missing: 'refuse',
        outsideUsesQf: true,
        changeEffective: 'immediate',
        retroactive: true,
      }),
    ).to.eql([
      'établi par le calcul de la ville',
      'celui du 1er\u00a0septembre vaut pour l’année',
      'sans justificatif valable, la demande est refusée',
      'appliqué aussi hors commune',
      'un changement s’applique depuis le début de validité du justificatif, même pour le passé',
    ]);
    expect(lines({ missing: { band: '1250.5' }, referenceDate: '02-29' }).slice(0, 2)).to.eql([
      'celui du dernier jour de février vaut pour l’année',
      'sans justificatif valable, le tarif d’un quotient de 1\u202f250,5 s’applique',
    ]);
    expect(lines({ changeEffective: 'immediate' }).at(-1)).to.equal(
      'un changement s’applique dès la réception du justificatif, sans effet sur le passé',
    );
    expect(lines({ changeEffective: 'next_bill' }).at(-1)).to.equal(
      'un changement s’applique à la facture qui suit la réception du justificatif, sans effet sur le passé',
    );
  });
});
