import { expect } from 'chai';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalDate } from '../../../../src/domain/kernel/localDate.ts';
import { DemoPlanError } from '../../../../src/interfaces/cli/demo/demoActs.ts';
import { demoKeyIn } from '../../../../src/interfaces/cli/demo/demoDay.ts';

const key = (today: string) => ({ seed: 'vallee-du-lot', today: today as LocalDate });

describe('the day of a demo town', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'demo-day-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('is the day of the first start, also on later days', () => {
    expect(demoKeyIn(directory, key('2026-11-23'))).to.deep.equal(key('2026-11-23'));
    expect(demoKeyIn(directory, key('2026-11-30'))).to.deep.equal(key('2026-11-23'));
    expect(statSync(join(directory, 'demo.json')).mode & 0o777).to.equal(0o600);
  });

  it('is not taken from a file cut short before it was renamed', () => {
    writeFileSync(join(directory, 'demo.json.new'), '{"seed":"val');
    expect(demoKeyIn(directory, key('2026-11-23'))).to.deep.equal(key('2026-11-23'));
  });

  it('is asked for again, clearly, when the file says something else', () => {
    for (const content of [
      '',
      '{}',
      '{"seed":1,"today":"2026-11-23"}',
      '{"seed":"a","today":"2026-02-30"}',
    ]) {
      writeFileSync(join(directory, 'demo.json'), content);
      expect(() => demoKeyIn(directory, key('2026-11-23')), content).to.throw(
        DemoPlanError,
        'demo.json',
      );
    }
  });
});
