import { expect } from 'chai';
import type { ActRule } from '../../../../../src/domain/activity/ruleset/act/actRule.ts';
import type { Deadline } from '../../../../../src/domain/activity/ruleset/deadline/deadline.ts';
import { actFaultsIn, atCanteen, atCentre, saidOfAct } from '../../../../support/actFacts.ts';
import { hour } from '../../../../support/townFacts.ts';

const never: Deadline = { type: 'never' };
const sameDay: Deadline = { type: 'same_day', until: hour('08:30'), boundary: 'exclusive' };
const wrong: Deadline = { ...sameDay, until: hour('12:30') };
const afterSession = 'Cette limite tombe après le début de la séance.';
const rule = (changes: object = {}): ActRule => ({
  deadline: sameDay,
  late: { outcome: 'refuse' },
  ...changes,
});
const exceptions = (...whens: readonly object[]) =>
  rule({ overrides: whens.map((when) => ({ when, deadline: never })) });

describe('an act’s rule', () => {
  it('reads in French', () => {
    expect(saidOfAct(rule())).to.deep.equal([
      'au plus tard le jour même, avant 8~h~30',
      'hors délai, la demande est refusée',
    ]);
    expect(
      saidOfAct(
        rule({
          channels: ['portal', 'paper', 'email'],
          freeQuota: { n: 2, window: 'school_year', per: 'family' },
          secondChance: {
            deadline: sameDay,
            requires: ['phone', 'letter'],
            adjust: { op: 'replace', cents: 0 },
          },
          late: { outcome: 'accept', adjust: { op: 'add', cents: 200 }, losesQf: true },
        }),
      ),
    ).to.deep.equal([
      'au plus tard le jour même, avant 8~h~30',
      'uniquement sur le portail, par écrit ou par courriel',
      'hors délai, sans frais jusqu’à 2~fois par année scolaire et par famille',
      'hors délai, avec un appel et un courrier, au plus tard le jour même, avant 8~h~30',
      'Dans ce cas~: gratuit',
      'Hors délai~: supplément de 2,00~€',
      'hors délai, le quotient familial n’est pas appliqué',
    ]);
  });

  it('says what becomes of an act out of time', () => {
    const last = (late: object) => saidOfAct(rule({ late })).slice(1);
    expect(last({ outcome: 'waitlist' })).to.deep.equal([
      'hors délai, la demande est placée sur liste d’attente',
    ]);
    expect(last({ outcome: 'manual' })).to.deep.equal([
      'hors délai, le service décide au cas par cas, selon les places',
    ]);
    const adjust = { op: 'multiply', factor: '1' };
    expect(last({ outcome: 'accept', adjust, losesQf: false })).to.have.length(1);
    const rows = [
      { fromOccurrence: 1, toOccurrence: 1, adjust: { op: 'add', cents: 0 } },
      { fromOccurrence: 2, adjust: { op: 'refuse' } },
    ];
    expect(
      last({ outcome: 'accept', adjust: { window: 'ever', per: 'child', rows } }),
    ).to.deep.equal([
      'Hors délai, la 1re fois~: tarif ordinaire',
      'Hors délai, dès la 2e fois~: refus',
      'Hors délai~: compté en tout, par enfant~; le compte ne repart jamais de zéro',
    ]);
  });

  it('names channels and steps', () => {
    const ways = (...channels: string[]) => saidOfAct(rule({ channels }))[1];
    expect(ways('phone')).to.equal('uniquement par téléphone');
    expect(ways('desk', 'phone')).to.equal('uniquement à l’accueil ou par téléphone');
    const steps = (...requires: string[]) =>
      saidOfAct(
        rule({
          secondChance: { deadline: never, requires, adjust: { op: 'replace', cents: 0 } },
        }),
      )[1];
    expect(steps('email', 'form', 'desk')).to.equal(
      'hors délai, avec un courriel, un formulaire et un passage à l’accueil, jamais',
    );
    expect(steps('certificate')).to.equal('hors délai, avec un certificat médical, jamais');
    expect(steps('constructor')).to.equal('hors délai, avec «~constructor~», jamais');
  });

  it('says its exceptions before the channels', () => {
    expect(
      saidOfAct(
        exceptions(
          { unit: 'day', audience: 'outside' },
          { regime: 'occasional', audience: 'resident' },
          { weekdayIsHoliday: 'MON', regime: 'club' },
          { period: 'NOEL-2026' },
        ),
        atCentre,
      ).slice(1, 5),
    ).to.deep.equal([
      'pour «~Journée~», pour les familles extérieures, jamais',
      'au régime «~occasionnel~», pour les habitants, jamais',
      'au régime «~club~», les semaines où le lundi est férié, jamais',
      'pour la période «~Noël~», jamais',
    ]);
  });

  it('is refused with every fault of its parts, at its place', () => {
    expect(actFaultsIn(rule())).to.deep.equal([]);
    expect(
      actFaultsIn(
        rule({
          deadline: wrong,
          overrides: [{ when: { unit: 'snack' }, deadline: wrong }],
          channels: ['portal', 'portal'],
          freeQuota: { n: 2, window: 'period', per: 'child' },
          secondChance: {
            deadline: wrong,
            requires: ['phone', 'letter', 'phone'],
            adjust: { op: 'replace', cents: 0 },
          },
          late: {
            outcome: 'accept',
            adjust: {
              window: 'month',
              per: 'child',
              rows: [{ fromOccurrence: 2, adjust: { op: 'refuse' } }],
            },
          },
        }),
      ),
    ).to.deep.equal([
      ['deadline/until', afterSession],
      ['overrides/0/when/unit', '« snack » n’est pas une unité de cette activité.'],
      ['overrides/0/deadline/until', afterSession],
      ['channels/1', '« portal » est déjà dit plus haut.'],
      ['freeQuota/window', 'Cette activité n’a pas de période.'],
      ['secondChance/deadline/until', afterSession],
      ['secondChance/requires/2', '« phone » est déjà dit plus haut.'],
      ['late/adjust/rows/0/fromOccurrence', 'La première ligne doit partir de la 1re fois.'],
    ]);
  });

  it('must say what becomes of an act out of time', () => {
    expect(actFaultsIn({ deadline: never })).to.deep.equal([
      ['late', 'Il manque : cette règle est obligatoire.'],
    ]);
    expect(actFaultsIn(rule({ late: { outcome: 'accept' } }))).to.deep.equal([
      ['late/adjust', 'Il manque : cette règle est obligatoire.'],
    ]);
    expect(actFaultsIn(rule({ late: { outcome: 'shrug' } }))).to.deep.equal([
      ['late/outcome', 'Il faut l’un de : refuse, accept, waitlist, manual.'],
    ]);
    for (const adjust of [null, 'free', 150])
      expect(actFaultsIn(rule({ late: { outcome: 'accept', adjust } }))).to.deep.equal([
        ['late/adjust', 'Un objet { … } est attendu ici.'],
      ]);
  });
});

describe('the exceptions of a rule', () => {
  const covered = 'Une exception plus haut couvre déjà tous ces cas.';
  const unsettled =
    'Cette exception et une autre plus haut peuvent valoir pour le même acte : une ligne doit dire laquelle l’emporte.';

  it('say when they hold, of things that the activity knows', () => {
    expect(actFaultsIn(exceptions({}))).to.deep.equal([
      ['overrides/0/when', 'Cette exception ne dit pas quand elle vaut.'],
    ]);
    expect(actFaultsIn(exceptions({ regime: 'weekly', period: 'NOEL-2026' }))).to.deep.equal([
      ['overrides/0/when/regime', '« weekly » n’est pas un régime de cette activité.'],
      ['overrides/0/when/period', '« NOEL-2026 » n’est pas une période de cette activité.'],
    ]);
    for (const when of [
      { unit: 'day' },
      { regime: 'club' },
      { weekdayIsHoliday: 'MON' },
      { audience: 'outside' },
    ])
      expect(actFaultsIn(exceptions(when))).to.deep.equal([]);
    const inPeriod = { ...exceptions({ period: 'NOEL-2026' }), deadline: never };
    expect(actFaultsIn(inPeriod, atCentre)).to.deep.equal([]);
  });

  it('that an earlier one covers would never hold', () => {
    const found = [['overrides/1/when', covered]];
    expect(actFaultsIn(exceptions({ unit: 'day' }, { unit: 'day' }))).to.deep.equal(found);
    expect(actFaultsIn(exceptions({ unit: 'day' }, { unit: 'day', regime: 'club' }))).to.deep.equal(
      found,
    );
  });

  it('may stand from the narrow to the wide, or apart', () => {
    expect(actFaultsIn(exceptions({ unit: 'day', regime: 'club' }, { unit: 'day' }))).to.deep.equal(
      [],
    );
    expect(actFaultsIn(exceptions({ unit: 'day' }, { unit: 'meal' }))).to.deep.equal([]);
    expect(
      actFaultsIn(
        exceptions({ unit: 'day', regime: 'club' }, { unit: 'meal', audience: 'outside' }),
      ),
    ).to.deep.equal([]);
  });

  it('that may hold for the same act are settled by one above', () => {
    const crossed = [{ unit: 'day' }, { regime: 'club' }];
    expect(actFaultsIn(exceptions(...crossed))).to.deep.equal([['overrides/1/when', unsettled]]);
    expect(actFaultsIn(exceptions({ unit: 'day', regime: 'club' }, ...crossed))).to.deep.equal([]);
    expect(
      actFaultsIn(exceptions({ weekdayIsHoliday: 'MON' }, { weekdayIsHoliday: 'FRI' })),
    ).to.deep.equal([['overrides/1/when', unsettled]]);
  });

  it('of one period need windows for that one; the general rule for the others', () => {
    const windowFor = (code: string, opens: string, closes: string) => ({
      type: 'window',
      periods: { [code]: { opens: [{ audience: 'all', at: opens }], closes } },
      boundary: 'exclusive',
    });
    const autumn = windowFor('TOUSSAINT-2026', '2026-08-31T00:00', '2026-09-18T24:00');
    const christmas = windowFor('NOEL-2026', '2026-10-26T00:00', '2026-11-20T24:00');
    const inTwo = (when: object) => ({
      ...rule(),
      deadline: autumn,
      overrides: [{ when, deadline: christmas }],
    });
    expect(actFaultsIn(inTwo({ period: 'NOEL-2026' }), atCentre)).to.deep.equal([]);
    // An exception for some acts of that period leaves the others to the general rule.
    expect(actFaultsIn(inTwo({ period: 'NOEL-2026', unit: 'day' }), atCentre)).to.deep.equal([
      ['deadline/periods/NOEL-2026', 'Cette période n’a ni ouverture ni fermeture.'],
    ]);
    expect(saidOfAct(inTwo({ period: 'NOEL-2026' }) as never, atCentre).slice(0, 2)).to.deep.equal([
      'pour la période «~Toussaint~», à partir du lundi~31 août 2026 et jusqu’au vendredi~18 septembre 2026 au soir (minuit)',
      'pour la période «~Noël~», à partir du lundi~26 octobre 2026 et jusqu’au vendredi~20 novembre 2026 au soir (minuit)',
    ]);
    expect(actFaultsIn(inTwo({ period: 'NOEL-2026' }), atCanteen)[0]).to.deep.equal([
      'deadline/periods/TOUSSAINT-2026',
      '« TOUSSAINT-2026 » n’est pas une période de cette activité.',
    ]);
  });
});
