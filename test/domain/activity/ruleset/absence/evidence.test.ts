import { expect } from 'chai';
import { asInstant } from '../../../../../src/domain/kernel/parisTime.ts';
import {
  absenceFaultsOf,
  absenceLinesOf,
  excuses,
  judged,
  outcomes,
} from '../../../../support/absenceFacts.ts';

const days = (n: number, unit = 'calendar_day', from = 'first_day'): object => ({ n, unit, from });
const hours = (n: number, boundary = 'inclusive', at = '08:00'): object => ({
  n,
  unit: 'hour',
  from: 'first_day',
  at,
  boundary,
});
const proof = (within: object | null, more: object = {}): object[] => [
  excuses({ evidence: { kinds: ['certificate', 'prescription'], within, ...more } }),
];
const leCres = proof(days(2));
const thursday = { from: '2026-12-03' };
/** Whether proofs that came at these moments excuse the Thursday. */
const excusedAt = (rules: object[], ...moments: string[]): boolean[] =>
  moments.map((evidence) => judged(rules, { ...thursday, evidence }).billed.length === 0);

describe('the proof of an absence', () => {
  it('CRE-5, CRE-6: 48 hours, as two days to the end of the second', () => {
    expect(excusedAt(leCres, '2026-12-04T18:00:00+01:00', '2026-12-07T09:00:00+01:00')).to.eql([
      true,
      false,
    ]);
  });

  it('holds until 24:00 of its last day, and no longer', () => {
    expect(
      excusedAt(leCres, '2026-12-05T22:59:59.999Z', '2026-12-05T23:00:00Z', '2026-12-05 23:59'),
    ).to.eql([true, false, true]);
    expect(judged(leCres, { ...thursday, evidence: '2026-12-06 00:00' }).days).to.deep.equal([
      {
        date: '2026-12-03',
        due: 'full',
        why: 'evidence_late',
        limit: { at: asInstant('2026-12-06T00:00:00+01:00'), boundary: 'exclusive' },
        rule: 'absence/0',
      },
    ]);
  });

  it('SOU-4: without a time limit, it may come at any time', () => {
    const told = { from: '2026-11-19', to: '2026-11-20', evidence: '2027-06-25T09:00:00+02:00' };
    expect(judged(proof(null), told).billed).to.deep.equal([]);
  });

  it('is waited for: without it the days are due, and the limit is told', () => {
    expect(judged(leCres, thursday).days).to.deep.equal([
      {
        date: '2026-12-03',
        due: 'full',
        why: 'no_evidence',
        limit: { at: asInstant('2026-12-05T23:00:00Z'), boundary: 'exclusive' },
        rule: 'absence/0',
      },
    ]);
    expect(judged(proof(null), thursday).days).to.deep.equal([
      { date: '2026-12-03', due: 'full', why: 'no_evidence', rule: 'absence/0' },
    ]);
  });

  it('within hours that elapse from an hour of the day, the last one held or left out', () => {
    const moments = ['2026-12-05T06:59:59Z', '2026-12-05T07:00:00Z', '2026-12-05T07:00:01Z'];
    expect(excusedAt(proof(hours(48)), ...moments)).to.eql([true, true, false]);
    expect(excusedAt(proof(hours(48, 'exclusive')), ...moments)).to.eql([true, false, false]);
  });

  it('48 hours are 48 hours over both changes of time', () => {
    const over = (from: string, ...moments: string[]) =>
      moments.map((evidence) => judged(proof(hours(48)), { from, evidence }).billed.length === 0);
    // 25 October 2026 has 25 hours, 28 March 2027 has 23.
    expect(over('2026-10-23', '2026-10-25 07:00', '2026-10-25 07:01')).to.eql([true, false]);
    expect(over('2027-03-26', '2027-03-28 09:00', '2027-03-28 09:01')).to.eql([true, false]);
  });

  it('days end at 24:00 over both changes of time', () => {
    const over = (from: string, ...moments: string[]) =>
      moments.map((evidence) => judged(leCres, { from, evidence }).billed.length === 0);
    expect(over('2026-10-23', '2026-10-25T22:59:59Z', '2026-10-25T23:00:00Z')).to.eql([
      true,
      false,
    ]);
    expect(over('2027-03-26', '2027-03-28T21:59:59Z', '2027-03-28T22:00:00Z')).to.eql([
      true,
      false,
    ]);
  });

  it('in working days and in days of service, over a week-end and a holiday', () => {
    // Tuesday 10 November, the eve of a holiday.
    const eve = (unit: string, n: number, evidence: string) =>
      judged(proof(days(n, unit)), { from: '2026-11-10', evidence }).billed.length === 0;
    expect(eve('working_day', 1, '2026-11-12 23:59')).to.equal(true);
    expect(eve('working_day', 1, '2026-11-13 00:00')).to.equal(false);
    expect(eve('service_day', 2, '2026-11-13 23:59')).to.equal(true);
    expect(eve('service_day', 3, '2026-11-16 23:59')).to.equal(true);
    expect(eve('service_day', 3, '2026-11-17 00:00')).to.equal(false);
    expect(eve('calendar_day', 0, '2026-11-10 23:59')).to.equal(true);
    expect(eve('calendar_day', 0, '2026-11-11 00:00')).to.equal(false);
    expect(eve('working_day', 0, '2026-11-11 00:00')).to.equal(false);
  });

  it('29 February counts', () => {
    const told = { from: '2028-02-28', evidence: '2028-02-29 23:59' };
    expect(judged(proof(days(1)), told).billed).to.deep.equal([]);
    expect(judged(proof(days(1)), { ...told, evidence: '2028-03-01 00:00' }).billed).to.eql([
      '2028-02-28',
    ]);
  });

  describe('told from', () => {
    /** Thursday 3 to Monday 7 December, the proof on a day at noon. */
    const spell = (from: string, n: number, evidence: string) =>
      outcomes(
        judged(proof(days(n, 'calendar_day', from)), {
          from: '2026-12-03',
          to: '2026-12-07',
          evidence: `2026-12-${evidence} 12:00`,
        }),
      ).map((line) => line.split(' ')[1]);

    it('the first day absent', () => {
      expect(spell('first_day', 2, '05')).to.eql(['none:', 'none:', 'none:']);
      expect(spell('first_day', 2, '06')).to.eql(['full:', 'full:', 'full:']);
    });
    it('each day: a late proof may still excuse the last ones', () => {
      expect(spell('each_day', 2, '05')).to.eql(['none:', 'none:', 'none:']);
      expect(spell('each_day', 2, '06')).to.eql(['full:', 'none:', 'none:']);
      expect(spell('each_day', 2, '07')).to.eql(['full:', 'full:', 'none:']);
    });
    it('the last day absent', () => {
      expect(spell('last_day', 1, '08')).to.eql(['none:', 'none:', 'none:']);
      expect(spell('last_day', 1, '09')).to.eql(['full:', 'full:', 'full:']);
    });
    it('the return: the first day of service after it', () => {
      expect(spell('return', 0, '08')).to.eql(['none:', 'none:', 'none:']);
      expect(spell('return', 0, '09')).to.eql(['full:', 'full:', 'full:']);
      const friday = { from: '2026-12-04', evidence: '2026-12-07 23:59' };
      expect(judged(proof(days(0, 'calendar_day', 'return')), friday).billed).to.deep.equal([]);
    });
    it('the end of the month of each day', () => {
      const rules = proof(days(0, 'calendar_day', 'month_end'));
      const over = { from: '2026-11-30', to: '2026-12-01' };
      const why = (evidence: string) => outcomes(judged(rules, { ...over, evidence }));
      expect(why('2026-11-30 23:59')).to.eql(['30 none: excused', '01 none: excused']);
      expect(why('2026-12-01 00:00')).to.eql(['30 full: evidence_late', '01 none: excused']);
      expect(why('2026-12-31 23:59')).to.eql(['30 full: evidence_late', '01 none: excused']);
      expect(why('2027-01-01 00:00')).to.eql(['30 full: evidence_late', '01 full: evidence_late']);
    });
  });

  describe('that comes late', () => {
    const wait = (n: number) => ({ waiting: { n, unit: 'service_day', from: 'first_absence' } });
    /** 72 hours, then ten days with two waiting days. */
    const saintExupery = proof(days(3), { latestWithin: days(10), ifLate: wait(2) });
    const spell = { from: '2026-12-03', to: '2026-12-08' };

    it('leaves the first days due until the second limit, all days after it', () => {
      const why = (evidence: string) => outcomes(judged(saintExupery, { ...spell, evidence }));
      expect(why('2026-12-06 23:59')).to.eql([
        '03 none: excused',
        '04 none: excused',
        '07 none: excused',
        '08 none: excused',
      ]);
      const late = ['03 full: waiting', '04 full: waiting', '07 none: excused', '08 none: excused'];
      expect(why('2026-12-07 00:00')).to.eql(late);
      expect(why('2026-12-13 23:59')).to.eql(late);
      expect(why('2026-12-14 00:00')).to.eql([
        '03 full: evidence_late',
        '04 full: evidence_late',
        '07 full: evidence_late',
        '08 full: evidence_late',
      ]);
    });

    it('tells the limit that would have spared the waiting days', () => {
      const [first, , third] = judged(saintExupery, {
        ...spell,
        evidence: '2026-12-07 00:00',
      }).days;
      expect(first?.limit?.at).to.equal(asInstant('2026-12-07T00:00:00+01:00'));
      expect(third).to.not.have.property('limit');
    });

    it('at whatever time, where no second limit is set', () => {
      const rules = proof(days(3), { ifLate: wait(1) });
      expect(outcomes(judged(rules, { ...spell, evidence: '2027-02-01 08:00' }))[0]).to.equal(
        '03 full: waiting',
      );
      expect(judged(rules, { ...spell, evidence: '2027-02-01 08:00' }).billed).to.have.length(1);
    });

    it('is refused where the town says so', () => {
      const rules = proof(days(3), { ifLate: 'refuse' });
      expect(judged(rules, { ...thursday, evidence: '2026-12-07 00:00' }).billed).to.have.length(1);
    });

    it('never comes: some towns bill the first days alone', () => {
      expect(outcomes(judged(proof(days(3), { ifMissing: wait(3) }), spell))).to.eql([
        '03 full: waiting',
        '04 full: waiting',
        '07 full: waiting',
        '08 none: excused',
      ]);
      expect(judged(proof(days(3), { ifMissing: 'refuse' }), spell).billed).to.have.length(4);
    });
  });

  describe('that does not fit', () => {
    const told = { from: '2026-12-03', to: '2026-12-04', evidence: '2026-12-03 12:00' };
    const why = (rules: object[], given: object) =>
      outcomes(judged(rules, { ...told, proof: given }));

    it('is of another kind', () => {
      expect(why(leCres, { kind: 'employer' })[0]).to.equal('03 full: evidence_kind');
      expect(why(leCres, { kind: 'prescription' })[0]).to.equal('03 none: excused');
    });
    it('does not name the child, where it must', () => {
      const named = proof(days(2), { names: ['child'] });
      expect(why(named, { namesChild: false })[0]).to.equal('03 full: evidence_name');
      expect(why(named, { namesChild: true })[0]).to.equal('03 none: excused');
      expect(why(named, {})[0]).to.equal('03 none: excused');
      expect(why(leCres, { namesChild: false })[0]).to.equal('03 none: excused');
    });
    it('covers other days', () => {
      const cover = (from: string, to: string) => why(leCres, { covers: { from, to } });
      expect(cover('2026-12-03', '2026-12-03')).to.eql([
        '03 none: excused',
        '04 full: evidence_days',
      ]);
      expect(cover('2026-12-04', '2026-12-04')).to.eql([
        '03 full: evidence_days',
        '04 none: excused',
      ]);
    });
  });

  describe('refuses', () => {
    const faults = (within: object | null, more: object = {}) =>
      absenceFaultsOf(proof(within, more));
    const wait = { waiting: { n: 2, unit: 'service_day', from: 'first_absence' } };

    it('no kind, a kind told twice, a limit without its unit', () => {
      expect(faults(null, { kinds: [] })).to.eql([
        'absence/0/evidence/kinds: Il en faut au moins 1.',
      ]);
      expect(faults(null, { kinds: ['other', 'other'] })).to.eql([
        'absence/0/evidence/kinds/1: « other » y est déjà.',
      ]);
      expect(faults({ n: 2 })).to.eql([
        'absence/0/evidence/within/unit: Il faut l’un de : hour, calendar_day, working_day, service_day.',
      ]);
    });
    it('hours without the hour from which they pass, nor their boundary', () => {
      expect(faults({ n: 48, unit: 'hour', from: 'first_day' })).to.eql([
        'absence/0/evidence/within/at: Il manque : cette règle est obligatoire.',
        'absence/0/evidence/within/boundary: Il manque : cette règle est obligatoire.',
      ]);
    });
    it('a late proof where there is no limit', () => {
      expect(faults(null, { ifLate: 'refuse', latestWithin: days(3) })).to.eql([
        'absence/0/evidence/ifLate: Sans délai, un justificatif n’est jamais en retard.',
        'absence/0/evidence/latestWithin: Un second délai suppose un premier délai.',
      ]);
    });
    it('a second limit that changes nothing', () => {
      const without =
        'absence/0/evidence/ifLate: Entre les deux délais, il faut dire combien de jours restent dus (waiting).';
      expect(faults(days(3), { latestWithin: days(10) })).to.eql([without]);
      expect(faults(days(3), { latestWithin: days(10), ifLate: 'refuse' })).to.eql([without]);
    });
    it('a second limit that is no longer than the first', () => {
      const short = [
        'absence/0/evidence/latestWithin: Le second délai doit être plus long que le premier.',
      ];
      const two = (within: object, latestWithin: object) =>
        faults(within, { latestWithin, ifLate: wait });
      expect(two(days(3), days(3))).to.eql(short);
      expect(two(days(3), days(2))).to.eql(short);
      expect(two(days(3), days(4))).to.eql([]);
      expect(two(hours(72), hours(72))).to.eql(short);
      expect(two(hours(72), days(2))).to.eql(short);
      expect(two(hours(72), days(3))).to.eql([]);
      expect(two(days(3), hours(72))).to.eql(short);
      expect(two(days(3), hours(73))).to.eql([]);
      // Told from other days, or in days that depend on the calendar: nobody can tell.
      expect(two(days(3), days(1, 'calendar_day', 'return'))).to.eql([]);
      expect(two(days(3, 'working_day'), days(2, 'service_day'))).to.eql([]);
      expect(two(days(3, 'working_day'), hours(24))).to.eql([]);
      expect(two(hours(72), days(2, 'working_day'))).to.eql([]);
      expect(two(days(3, 'working_day'), days(3, 'working_day'))).to.eql(short);
    });
    it('anything else for a late proof', () => {
      expect(faults(days(3), { ifLate: 'accept' })).to.eql([
        'absence/0/evidence/ifLate: « accept » n’est pas « refuse ».',
      ]);
    });
  });

  describe('in French', () => {
    const clause = (within: object | null, more: object = {}) =>
      absenceLinesOf(proof(within, more))[0]
        ?.replace('Maladie\u00a0: absence non facturée, ', '')
        .replace('\u00a0; pour l’enfant concerné seulement', '');

    it('names what families bring', () => {
      expect(clause(null)).to.equal('sur présentation d’un certificat médical ou d’une ordonnance');
      expect(clause(null, { kinds: ['employer'], names: ['child'] })).to.equal(
        'sur présentation d’une attestation de l’employeur au nom de l’enfant',
      );
      expect(clause(null, { kinds: ['other'] })).to.equal('sur présentation d’un justificatif');
      expect(
        clause(null, {
          kinds: ['hospital', 'school', 'death_certificate', 'declaration', 'other'],
        }),
      ).to.equal(
        'sur présentation d’un bulletin d’hospitalisation, d’une attestation de l’école, d’un acte de décès, ' +
          'd’une attestation sur l’honneur ou d’un autre justificatif',
      );
    });
    it('tells until when', () => {
      const until = (within: object) => clause(within)?.split('ordonnance, ')[1];
      expect(until(days(2))).to.equal('au plus tard 2\u00a0jours après le premier jour d’absence');
      expect(until(days(1, 'working_day', 'each_day'))).to.equal(
        'au plus tard 1\u00a0jour ouvré après chaque jour d’absence',
      );
      expect(until(days(2, 'service_day', 'last_day'))).to.equal(
        'au plus tard 2\u00a0jours de service après le dernier jour d’absence',
      );
      expect(until(days(0, 'calendar_day', 'return'))).to.equal('au plus tard le jour du retour');
      expect(until(days(0, 'calendar_day', 'month_end'))).to.equal(
        'au plus tard le dernier jour du mois',
      );
      expect(until(hours(48))).to.equal(
        'au plus tard 48\u00a0heures après le premier jour d’absence à 8\u00a0h',
      );
      expect(until(hours(1, 'exclusive', '09:30'))).to.equal(
        'moins de 1\u00a0heure après le premier jour d’absence à 9\u00a0h\u00a030',
      );
    });
    it('tells what happens after', () => {
      const wait = (n: number) => ({ waiting: { n, unit: 'service_day', from: 'first_absence' } });
      expect(
        clause(days(3), { latestWithin: days(10), ifLate: wait(2), ifMissing: wait(3) }),
      ).to.equal(
        'sur présentation d’un certificat médical ou d’une ordonnance, au plus tard 3\u00a0jours après le premier ' +
          'jour d’absence\u00a0; si le justificatif arrive après (au plus tard 10\u00a0jours après le premier jour ' +
          'd’absence), les deux premiers jours de service à compter du premier jour d’absence restent dus\u00a0; ' +
          'sans justificatif, les trois premiers jours de service à compter du premier jour d’absence restent dus',
      );
      expect(clause(days(3), { ifLate: wait(1) })?.split('\u00a0; ')[1]).to.equal(
        'si le justificatif arrive après, le premier jour de service à compter du premier jour d’absence reste dû',
      );
    });
  });
});
