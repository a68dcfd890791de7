import { expect } from 'chai';
import { asLocalDate, asYearMonth } from '../../../src/domain/kernel/localDate.ts';
import { asInstant, asLocalTime, parisInstant } from '../../../src/domain/kernel/parisTime.ts';
import type { Limit } from '../../../src/domain/kernel/sessionTerms.ts';
import {
  formatDate,
  formatDay,
  formatDistance,
  formatFullDate,
  formatMonth,
  formatSpan,
  shortMonth,
  shortWeekday,
  weekdayIndex,
} from '../../../src/domain/kernel/french/dates.ts';
import {
  formatClosedSince,
  formatDeadline,
  formatTimeLeft,
  limitDate,
} from '../../../src/domain/kernel/french/deadlines.ts';
import { formatMoney, formatPrice } from '../../../src/domain/kernel/french/money.ts';
import {
  formatFullMoment,
  formatMoment,
  formatTime,
} from '../../../src/domain/kernel/french/times.ts';
import { capitalise, joinList, ofName, plural } from '../../../src/domain/kernel/french/words.ts';

const day = asLocalDate;
/** Non-breaking spaces, plain or narrow, read as spaces here; one test looks at them. */
const spaced = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');
const at = (date: string, time: string) => parisInstant(day(date), asLocalTime(time));

describe('Dates in French', () => {
  it('names the weekday and the month', () => {
    expect(spaced(formatDate(day('2026-11-23')))).to.equal('lundi 23 novembre');
    expect(spaced(formatFullDate(day('2026-11-23')))).to.equal('lundi 23 novembre 2026');
    expect(spaced(formatDay(day('2026-11-20')))).to.equal('vendredi 20');
    expect(formatMonth(asYearMonth('2026-08'))).to.equal('août 2026');
  });

  it('writes the first of the month « 1er »', () => {
    expect(spaced(formatDate(day('2026-11-01')))).to.equal('dimanche 1er novembre');
    expect(spaced(formatSpan(day('2026-12-01'), day('2026-12-04')))).to.equal(
      'du 1er au 4 décembre',
    );
  });

  it('knows every weekday, before and after 1970, on leap days too', () => {
    expect(weekdayIndex(day('2026-11-23'))).to.equal(0);
    expect(weekdayIndex(day('2026-11-29'))).to.equal(6);
    expect(weekdayIndex(day('2028-02-29'))).to.equal(1);
    expect(weekdayIndex(day('1969-12-31'))).to.equal(2);
    expect(weekdayIndex(day('1900-01-01'))).to.equal(0);
  });

  it('tells a span within a month and across two', () => {
    expect(spaced(formatSpan(day('2026-11-23'), day('2026-11-27')))).to.equal(
      'du 23 au 27 novembre',
    );
    expect(spaced(formatSpan(day('2026-11-30'), day('2026-12-04')))).to.equal(
      'du 30 novembre au 4 décembre',
    );
    expect(spaced(formatSpan(day('2026-11-30'), day('2026-11-30')))).to.equal('lundi 30 novembre');
  });

  it('tells how far a day is', () => {
    const today = day('2026-10-24');
    expect(formatDistance(today, today)).to.equal('aujourd’hui');
    // The night between them has 25 hours.
    expect(formatDistance(day('2026-10-25'), today)).to.equal('demain');
    expect(formatDistance(day('2026-10-23'), today)).to.equal('hier');
    expect(spaced(formatDistance(day('2026-11-03'), today))).to.equal('dans 10 jours');
    expect(spaced(formatDistance(day('2026-10-14'), today))).to.equal('il y a 10 jours');
  });

  it('shortens where room is scarce', () => {
    expect(shortWeekday(day('2026-11-25'))).to.equal('mer.');
    expect(shortMonth(day('2026-11-25'))).to.equal('nov.');
    expect(shortMonth(day('2026-05-25'))).to.equal('mai');
  });
});

describe('Times in French', () => {
  it('writes hours, and minutes only when there are some', () => {
    expect(spaced(formatTime(asLocalTime('09:00')))).to.equal('9 h');
    expect(spaced(formatTime(asLocalTime('18:30')))).to.equal('18 h 30');
    expect(spaced(formatTime(asLocalTime('18:05')))).to.equal('18 h 05');
    expect(formatTime(asLocalTime('24:00'))).to.equal('minuit');
    expect(formatTime(asLocalTime('00:00'))).to.equal('minuit');
  });

  it('shows instants as clocks in France do, in winter, in summer and on both changes', () => {
    expect(spaced(formatMoment(asInstant('2026-11-23T08:05:00Z')))).to.equal(
      'lundi 23 novembre à 9 h 05',
    );
    expect(spaced(formatMoment(asInstant('2026-07-06T08:05:00Z')))).to.equal(
      'lundi 6 juillet à 10 h 05',
    );
    // 25 October 2026: 2:30 comes twice; 28 March 2027: 2:30 never comes.
    expect(spaced(formatMoment(asInstant('2026-10-25T00:30:00Z')))).to.contain('à 2 h 30');
    expect(spaced(formatMoment(asInstant('2026-10-25T01:30:00Z')))).to.contain('à 2 h 30');
    expect(spaced(formatMoment(asInstant('2027-03-28T01:00:00Z')))).to.contain('à 3 h');
    expect(spaced(formatFullMoment(asInstant('2026-12-31T23:30:00Z')))).to.equal(
      'vendredi 1er janvier 2027 à 0 h 30',
    );
  });
});

describe('Deadlines in French', () => {
  const before = (date: string, time: string): Limit => ({
    at: at(date, time),
    boundary: 'exclusive',
  });
  const upTo = (date: string, time: string): Limit => ({
    at: at(date, time),
    boundary: 'inclusive',
  });
  const said = (limit: Limit, near: string) => spaced(formatDeadline(limit, day(near)));

  it('names the day and the hour, which « avant » excludes and « jusqu’à » includes', () => {
    expect(said(before('2026-11-20', '09:00'), '2026-11-23')).to.equal('avant 9 h le vendredi 20');
    expect(said(upTo('2026-11-20', '09:00'), '2026-11-23')).to.equal('jusqu’au vendredi 20, 9 h');
    expect(spaced(formatClosedSince(at('2026-11-13', '09:00'), day('2026-11-16')))).to.equal(
      'clos depuis vendredi 13, 9 h',
    );
  });

  it('adds the month when the session is in another', () => {
    expect(said(before('2026-10-30', '09:00'), '2026-11-02')).to.equal(
      'avant 9 h le vendredi 30 octobre',
    );
    expect(said(upTo('2026-10-30', '09:00'), '2026-11-02')).to.equal(
      'jusqu’au vendredi 30 octobre, 9 h',
    );
  });

  it('gives the end of a day to the day that ends', () => {
    const end = upTo('2026-11-19', '24:00');
    expect(said(end, '2026-11-23')).to.equal('jusqu’au jeudi 19 au soir, minuit');
    expect(said({ ...end, boundary: 'exclusive' }, '2026-11-23')).to.equal(
      'avant minuit le jeudi 19 au soir',
    );
    expect(limitDate(end.at)).to.equal('2026-11-19');
    expect(said(upTo('2026-10-31', '24:00'), '2026-11-02')).to.equal(
      'jusqu’au samedi 31 octobre au soir, minuit',
    );
  });

  it('holds on the days of 23 and 25 hours', () => {
    expect(said(upTo('2026-10-25', '24:00'), '2026-10-27')).to.equal(
      'jusqu’au dimanche 25 au soir, minuit',
    );
    expect(said(before('2027-03-28', '09:00'), '2027-03-30')).to.equal('avant 9 h le dimanche 28');
  });

  it('counts elapsed time, never rounded up', () => {
    const now = asInstant('2026-10-24T12:00:00Z');
    const left = (iso: string) => spaced(formatTimeLeft(asInstant(iso), now));
    expect(left('2026-10-24T12:59:59Z')).to.equal('reste 59 min');
    expect(left('2026-10-26T11:59:59Z')).to.equal('reste 47 h');
    expect(left('2026-10-26T12:00:00Z')).to.equal('reste 2 jours');
    expect(left('2026-10-24T10:00:00Z')).to.equal('dépassé de 2 h');
    expect(left('2026-10-24T12:00:00Z')).to.equal('reste 0 min');
  });
});

describe('Amounts in French', () => {
  it('writes cents as euros, with a comma', () => {
    expect(formatMoney(299)).to.equal('2,99\u00a0€');
    expect(formatMoney(5)).to.equal('0,05\u00a0€');
    expect(formatMoney(0)).to.equal('0,00\u00a0€');
    expect(formatMoney(123_456_789)).to.equal('1\u202f234\u202f567,89\u00a0€');
    expect(formatMoney(-1250)).to.equal('−12,50\u00a0€');
    expect(formatPrice(0)).to.equal('gratuit');
  });

  it('refuses a fraction of a cent', () => {
    expect(() => formatMoney(2.5)).to.throw(RangeError);
    expect(() => formatMoney(Number.NaN)).to.throw(RangeError);
  });
});

describe('Words in French', () => {
  it('begins the plural at two', () => {
    expect(plural(0, 'jour')).to.equal('0\u00a0jour');
    expect(plural(1, 'jour')).to.equal('1\u00a0jour');
    expect(plural(2, 'jour')).to.equal('2\u00a0jours');
    expect(plural(2, 'cheval', 'chevaux')).to.equal('2\u00a0chevaux');
  });

  it('joins with commas and « et »', () => {
    expect(joinList([])).to.equal('');
    expect(joinList(['Léa'])).to.equal('Léa');
    expect(joinList(['Léa', 'Hugo'])).to.equal('Léa et Hugo');
    expect(joinList(['Léa', 'Hugo', 'Noé'])).to.equal('Léa, Hugo et Noé');
  });

  it('elides before a vowel or an h', () => {
    expect(['Léa', 'Emma', 'Hugo', 'Élise', 'Œdipe'].map(ofName)).to.deep.equal([
      'de Léa',
      'd’Emma',
      'd’Hugo',
      'd’Élise',
      'd’Œdipe',
    ]);
    expect(capitalise('école')).to.equal('École');
  });

  it('elides before a y only where a consonant follows', () => {
    expect(['Yves', 'Ysé', 'Yanis', 'Youssef', 'Yaël'].map(ofName)).to.deep.equal([
      'd’Yves',
      'd’Ysé',
      'de Yanis',
      'de Youssef',
      'de Yaël',
    ]);
  });
});
