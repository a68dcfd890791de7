import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkCases, stepLine } from '../../../../src/domain/activity/ruleset/cases/checkCases.ts';
import {
  workedCases,
  type WorkedCase,
} from '../../../../src/domain/activity/ruleset/cases/workedCase.ts';
import { compileRuleset } from '../../../../src/domain/activity/ruleset/decision/compiledRuleset.ts';
import {
  checkRuleset,
  rulesetJsonSchema,
  writeRegulation,
} from '../../../../src/domain/activity/ruleset/ruleset.ts';
import { faultsOf } from '../../../../src/domain/activity/ruleset/schema/schema.ts';
import { loadTownCalendar } from '../../../../src/infrastructure/calendar/townCalendar.ts';

const folder = join(import.meta.dirname, '../../../../examples/reglements');
const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));
const schemaFile = 'reglement.schema.json';
const towns = readdirSync(folder)
  .filter((file) => /^[a-z-]+\.json$/.test(file))
  .map((file) => file.slice(0, -'.json'.length));

const soundRuleset = (town: string) => {
  const checked = checkRuleset(read(`${town}.json`));
  return 'ruleset' in checked ? checked.ruleset : expect.fail(JSON.stringify(checked.faults));
};

const keeps = new Ajv2020({ strict: false, validateFormats: false }).compile(
  rulesetJsonSchema(schemaFile),
);

describe('the regulations given as models', () => {
  it('are all there', () => {
    expect(towns).to.include.members([
      'fay-aux-loges',
      'gisors',
      'lamagistere',
      'le-cres',
      'le-sourn',
      'vailhauques',
    ]);
  });

  for (const town of towns) {
    it(`decide each case of ${town} as it was worked out`, () => {
      const ruleset = soundRuleset(town);
      const { schoolZone: zone, publicHolidays } = ruleset.municipality;
      const calendar = loadTownCalendar({
        zone,
        closures: [],
        publicHolidayRegion: publicHolidays,
      });
      const cases = read(`${town}.cas.json`);
      expect(faultsOf(workedCases, cases)).to.deep.equal([]);
      const rulesets = new Map([[ruleset.id, compileRuleset(ruleset, calendar)]]);
      const checked = checkCases(rulesets, cases as readonly WorkedCase[]);
      expect(checked.length).to.be.greaterThan(0);
      const wrong = checked.filter(({ error, mismatches }) => error ?? mismatches.length > 0);
      expect(wrong.map((one) => ({ ...one, steps: one.steps.map(stepLine) }))).to.deep.equal([]);
    });

    it(`of ${town} keep to the published schema`, () => {
      expect(keeps(read(`${town}.json`)), JSON.stringify(keeps.errors)).to.equal(true);
    });

    it(`of ${town} read as sentences, each with its words`, () => {
      const { general, activities } = writeRegulation(soundRuleset(town));
      const lines = [...general, ...activities.flatMap(({ chapters }) => chapters)].flatMap(
        (chapter) => chapter.lines,
      );
      expect(lines.length).to.be.greaterThan(5);
      for (const line of lines) {
        expect(line).to.match(/^\S.*\S$/);
        expect(line).not.to.match(/undefined|NaN|\[object|_|\.$| [:;?!]/);
      }
    });
  }

  it('stand beside the schema of today', () => {
    expect(read(schemaFile)).to.deep.equal(
      JSON.parse(JSON.stringify(rulesetJsonSchema(schemaFile))),
    );
  });
});
