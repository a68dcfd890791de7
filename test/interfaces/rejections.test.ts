import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import type { RejectionValues } from '../../src/domain/kernel/rejection.ts';
import { noSessionReasons } from '../../src/domain/kernel/sessionTerms.ts';
import { describeRejection, rejections } from '../../src/interfaces/rejections.ts';

const sources = (folder: string): string[] =>
  readdirSync(new URL(`../../src/${folder}/`, import.meta.url), { recursive: true })
    .map(String)
    .filter((file) => /\.tsx?$/.test(file) && !/rejection(Messages\w*|s)\.ts$/.test(file))
    .map((file) => readFileSync(new URL(`../../src/${folder}/${file}`, import.meta.url), 'utf8'));

const codesIn = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].flatMap(([, code]) => code ?? []);

const refusedByRules = new Set(
  [...sources('domain'), ...sources('application')].flatMap((text) => [
    ...codesIn(text, /reject\(\s*'([A-Z_.]+)'/g),
    ...codesIn(text, /code: '([A-Z_]+\.[A-Z_]+)'/g),
  ]),
);
const everything = ['domain', 'application', 'interfaces'].flatMap(sources).join('\n');

const say = (code: string, values: RejectionValues): string =>
  describeRejection({ code, values }).detail;

describe('what refusals say', () => {
  it('has words for every code of the domain and of the application', () => {
    expect(refusedByRules.size).to.be.greaterThan(30);
    expect([...refusedByRules].filter((code) => !(code in rejections))).to.deep.equal([]);
  });

  it('has words for no code that nobody refuses with', () => {
    const unused = Object.keys(rejections).filter((code) => !everything.includes(`'${code}'`));
    expect(unused).to.deep.equal([]);
  });

  it('answers each with a status of a refusal', () => {
    for (const [code, { status }] of Object.entries(rejections))
      expect(status, code).to.be.within(400, 503);
  });

  for (const [code, { sample }] of Object.entries(rejections)) {
    for (const [told, values] of [
      ['its values', sample],
      ['no value', {}],
    ] as const)
      it(`tells ${code} in plain French, given ${told}`, () => {
        const { title, detail } = describeRejection({ code, values });
        expect(title).to.match(/^[A-ZÉ][^.]+$/);
        expect(detail).to.match(/^[A-ZÉ«].*[.]$/s);
        for (const text of [title, detail]) {
          expect(text).to.not.match(/undefined|null|NaN|\[object|Invalid/);
          expect(text, 'a code').to.not.match(/[A-Z]{3,}[._][A-Z]{3,}/);
          expect(text, 'an ISO date').to.not.match(/\d{4}-\d{2}|T\d{2}:/);
          expect(text, 'a space that breaks').to.not.match(/ [:;?!»€%]|« | (?:h|€|ko)(?!\p{L})/u);
          expect(text, 'a typewriter apostrophe').to.not.include("'");
          expect(text, 'two spaces').to.not.match(/ {2}|\.\./);
        }
      });
  }

  it('tells a limit as families read it', () => {
    expect(say('RESERVATION.TOO_LATE', { limit: '2026-11-20T08:00:00.000Z' })).to.equal(
      'Trop tard pour réserver\u00a0: la limite était vendredi\u00a020 novembre à 9\u00a0h. En cas d’urgence, appelez l’accueil des familles.',
    );
  });

  it('tells a limit at midnight as the evening before', () => {
    expect(say('RESERVATION.TOO_LATE', { limit: '2026-11-19T23:00:00.000Z' })).to.include(
      'la limite était jeudi\u00a019 novembre au soir, minuit.',
    );
  });

  it('tells what a late cancellation costs', () => {
    const values = { limit: '2026-11-20T08:00:00.000Z', billedCents: 345 };
    expect(say('RESERVATION.LATE_CANCELLATION_BILLED', values)).to.include(
      '3,45\u00a0€ restent facturés',
    );
    for (const [billedCents, told] of [
      [90, '0,90\u00a0€ reste facturé.'],
      [199, '1,99\u00a0€ reste facturé.'],
      [200, '2,00\u00a0€ restent facturés.'],
    ] as const)
      expect(say('RESERVATION.LATE_CANCELLATION_BILLED', { billedCents })).to.include(told);
  });

  it('tells each reason why there is no session', () => {
    const told = noSessionReasons.map((reason) =>
      say('RESERVATION.NO_SESSION', { reason, name: 'Toussaint' }),
    );
    expect(new Set(told).size).to.equal(noSessionReasons.length);
    expect(say('RESERVATION.NO_SESSION', { reason: 'publicHoliday', name: 'Toussaint' })).to.equal(
      'Il n’y a pas d’accueil ce jour-là\u00a0: c’est un jour férié (Toussaint). Choisissez un autre jour.',
    );
  });

  it('never throws on values that an older receipt kept in another shape', () => {
    for (const code of Object.keys(rejections))
      for (const odd of ['', 'not a date', '2026-13-45', -1, 0.5, true])
        expect(
          say(code, {
            limit: odd,
            startsAt: odd,
            endsAt: odd,
            billedCents: odd,
            age: odd,
            max: odd,
            from: odd,
            to: odd,
            after: odd,
            effectiveFrom: odd,
            weekday: odd,
            group: odd,
            status: odd,
            reason: odd,
            name: odd,
          }),
        ).to.not.match(/undefined|NaN|Invalid/);
  });

  it('says something true of a code that this version of the portal does not know', () => {
    const { status, detail } = describeRejection({ code: 'TOWN.CLOSED', values: {} });
    expect(status).to.equal(409);
    expect(detail).to.include('n’a pas pu être acceptée');
  });
});
