import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rulesCommand } from '../../../src/interfaces/cli/rulesCommand.ts';
import { loadTownCalendar } from '../../../src/infrastructure/calendar/townCalendar.ts';

const folder = join(import.meta.dirname, '../../../examples/reglements');
const example = (name: string): string => readFileSync(join(folder, name), 'utf8');
type Json = Record<string, unknown>;

/** Runs the command on files that stand in memory; models are there by their names. */
function run(words: readonly string[], files: Readonly<Record<string, string>> = {}) {
  const lines: string[] = [];
  const code = rulesCommand(words, {
    read: (name) => files[name] ?? example(name),
    print: (line) => lines.push(line),
    calendar: ({ municipality: { schoolZone: zone } }) => loadTownCalendar({ zone, closures: [] }),
  });
  return { code, lines, said: lines.join('\n') };
}
const changed = (name: string, change: (ruleset: Json) => void): string => {
  const ruleset = JSON.parse(example(name)) as Json;
  change(ruleset);
  return JSON.stringify(ruleset);
};
const canteen = (ruleset: Json): Json =>
  (ruleset['activities'] as Record<string, Json>)['cantine'] ?? {};

describe('portail rules', () => {
  it('validate says that a ruleset may be obeyed', () => {
    const { code, lines } = run(['validate', 'le-cres.json', 'gisors.json']);
    expect(code).to.equal(0);
    expect(lines).to.deep.equal(['le-cres.json\u00a0: valable.', 'gisors.json\u00a0: valable.']);
  });

  it('validate tells all faults at once, each with its path and its reason', () => {
    const wrong = changed('le-cres.json', (ruleset) => {
      delete ruleset['rounding'];
      canteen(ruleset)['couleur'] = 'bleu';
      canteen(ruleset)['price'] = { type: 'flat', cents: 4.5 };
    });
    const { code, lines } = run(['validate', 'a.json', 'gisors.json'], { 'a.json': wrong });
    expect(code).to.equal(1);
    expect(lines[0]).to.equal('a.json\u00a0: 3\u00a0fautes.');
    expect(lines.slice(1, 4).map((line) => line.trim().split('\u00a0: ')[0])).to.have.members([
      'rounding',
      'activities/cantine/couleur',
      'activities/cantine/price/cents',
    ]);
    expect(lines.at(-1)).to.equal('gisors.json\u00a0: valable.');
  });

  it('validate tells what the form can’t: days, periods, quotients, activities that are not there', () => {
    const wrong = changed('le-sourn.json', (ruleset) => {
      delete ruleset['qf'];
      ruleset['calendar'] = {
        closures: [
          { from: '2026-11-17', to: '2026-11-16', reason: 'Travaux', activities: ['piscine'] },
        ],
        extraServiceDays: [{ date: '2026-11-18', reason: 'Fête', activities: ['piscine'] }],
      };
      (ruleset['version'] as Json)['inForceTo'] = '2026-08-31';
      const meals = canteen(ruleset);
      meals['serviceDays'] = ['MON', 'MON'];
      meals['slot'] = { start: '13:30', end: '12:00' };
      meals['periods'] = {
        A: { name: 'A', from: '2026-11-02', to: '2026-11-01' },
        B: { name: 'B', from: '2026-12-01', to: '2026-12-10' },
        C: { name: 'C', from: '2026-12-10', to: '2026-12-11' },
      };
    });
    const { code, lines } = run(['validate', 'a.json'], { 'a.json': wrong });
    expect(code).to.equal(1);
    expect(lines.slice(1).map((line) => line.trim().replaceAll('\u00a0', ' '))).to.have.members([
      'version/inForceTo : La version finit avant d’avoir commencé.',
      'calendar/closures/0/to : La fermeture finit avant d’avoir commencé.',
      'calendar/closures/0/activities/0 : « piscine » n’est pas une activité d’ici.',
      'calendar/extraServiceDays/0/activities/0 : « piscine » n’est pas une activité d’ici.',
      'activities/cantine/serviceDays/1 : Ce jour y est déjà.',
      'activities/cantine/slot : La séance finit avant d’avoir commencé.',
      'activities/cantine/periods/A : La période finit avant d’avoir commencé.',
      'activities/cantine/periods/C : Cette période recouvre « B ».',
      'qf : Le tarif de « alsh » dépend du quotient familial : il faut dire lequel.',
    ]);
  });

  it('validate names what is not JSON, and what is not there', () => {
    expect(run(['validate', 'a.json'], { 'a.json': '{' }).said).to.match(
      /^a\.json\u00a0: ce n’est pas du JSON/,
    );
    expect(run(['validate', 'nowhere.json'])).to.deep.include({
      code: 1,
      lines: ['nowhere.json\u00a0: illisible.'],
    });
  });

  it('explain writes the regulation in French', () => {
    const { code, said } = run(['explain', 'vailhauques.json']);
    expect(code).to.equal(0);
    expect(said).to.match(/^# Règlement de Vailhauquès \(34\)$/m);
    expect(said).to.include(
      '- Avant le vendredi précédent à 9\u00a0h pour le lundi et le mardi.\n' +
        '- Avant le mardi précédent à 9\u00a0h pour le jeudi et le vendredi.',
    );
  });

  it('check replays worked cases', () => {
    const { code, lines } = run(['check', 'vailhauques.json', 'vailhauques.cas.json']);
    expect(code).to.equal(0);
    expect(lines).to.deep.equal(['9 passed, 0 failed']);
  });

  it('check tells each mismatch with its explanation, and fails', () => {
    const dearer = changed('le-sourn.json', (ruleset) => {
      canteen(ruleset)['price'] = { type: 'flat', cents: 360 };
    });
    const { code, lines, said } = run(['check', 'a.json', 'le-sourn.cas.json'], {
      'a.json': dearer,
    });
    expect(code).to.equal(1);
    expect(said).to.include(
      'SOU-1\u00a0: pas comme attendu.\n' +
        '  cents\u00a0: attendu 350, obtenu 360\n' +
        '  activities/cantine/price (flat) : 360 c\n',
    );
    expect(lines.at(-1)).to.equal('9 passed, 2 failed');
  });

  it('check names a case whose ruleset was not given, or that is malformed', () => {
    const { code, said } = run(['check', 'vailhauques.json', 'gisors.cas.json']);
    expect(code).to.equal(1);
    expect(said).to.match(/^GIS-1\u00a0: Aucun règlement « gisors » n’a été donné\.$/m);
    const cases = JSON.stringify([
      { id: 'A', ruleset: 'gisors', input: { do: 'rien' }, expected: {} },
    ]);
    const malformed = run(['check', 'gisors.json', 'c.json'], { 'c.json': cases });
    expect(malformed.code).to.equal(1);
    expect(malformed.said).to.match(
      /^c\.json\u00a0: 1\u00a0faute\.\n {2}0\/input\/do\u00a0: Il faut l’un de/,
    );
  });

  it('check refuses two rulesets of one name', () => {
    const { code, said } = run(['check', 'gisors.json', 'gisors.json', 'gisors.cas.json']);
    expect(code).to.equal(1);
    expect(said).to.equal('gisors.json\u00a0: un autre fichier a déjà l’identifiant « gisors ».');
  });

  for (const words of [
    [],
    ['valide'],
    ['validate'],
    ['explain'],
    ['explain', 'a', 'b'],
    ['check', 'a'],
    ['constructor'],
  ])
    it(`is not understood as « ${words.join(' ')} »`, () => {
      expect(run(words)).to.deep.equal({ code: 2, lines: [], said: '' });
    });
});
