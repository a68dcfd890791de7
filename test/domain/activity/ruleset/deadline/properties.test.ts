import { expect } from 'chai';
import fc from 'fast-check';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { compileAct } from '../../../../../src/domain/activity/ruleset/act/judgeAct.ts';
import { compileDeadline } from '../../../../../src/domain/activity/ruleset/deadline/deadline.ts';
import type { Deadline } from '../../../../../src/domain/activity/ruleset/deadline/deadline.ts';
import { isBefore } from '../../../../../src/domain/kernel/sessionTerms.ts';
import { atCentre } from '../../../../support/actFacts.ts';
import { anyDay, soundDeadline } from '../../../../support/deadlineArbitraries.ts';
import { holidayCentre, ruleDays, saidOf, sessionOf } from '../../../../support/deadlineFacts.ts';
import { shifted } from '../../../../support/townFacts.ts';

const days = ruleDays(holidayCentre);
const audience = fc.constantFrom('all', 'resident', 'outside' as const);

describe('any deadline without a fault', () => {
  it('says when it closes for any session of 2026 to 2032, never after its start', () => {
    fc.assert(
      fc.property(soundDeadline(), anyDay, audience, (deadline, date, who) => {
        const session = sessionOf(date, holidayCentre);
        const opening = compileDeadline(deadline, holidayCentre)(session, days, who);
        if (typeof opening === 'string') return;
        expect(opening.closes.at <= session.startsAt).to.equal(true);
        // Whoever acts when the session begins, or later, is never in time.
        expect(isBefore(session.startsAt, opening.closes)).to.equal(false);
      }),
      { numRuns: 2000 },
    );
  });

  it('says the same once written and read again', () => {
    fc.assert(
      fc.property(soundDeadline(), anyDay, (deadline, date) => {
        const session = sessionOf(date, holidayCentre);
        const read = JSON.parse(JSON.stringify(deadline)) as Deadline;
        expect(compileDeadline(read, holidayCentre)(session, days, 'all')).to.deep.equal(
          compileDeadline(deadline, holidayCentre)(session, days, 'all'),
        );
        expect(saidOf(read, holidayCentre)).to.deep.equal(saidOf(deadline, holidayCentre));
      }),
      { numRuns: 300 },
    );
  });

  it('has sentences, without a full stop or a word that is missing', () => {
    fc.assert(
      fc.property(soundDeadline(), (deadline) => {
        const lines = saidOf(deadline, holidayCentre);
        expect(lines).to.not.have.length(0);
        for (const line of lines)
          expect(line).to.match(/^(?!.*(undefined|null|NaN| {2}|~ )).+[^.]$/);
      }),
      { numRuns: 500 },
    );
  });

  const rank = { in_time: 0, second_chance: 1, late: 2 } as Readonly<Record<string, number>>;
  const steps = fc.constantFrom([], ['phone'], ['phone', 'letter']);
  it('is never worse to who acts earlier, once it is open', () => {
    fc.assert(
      fc.property(
        soundDeadline(),
        soundDeadline().filter((one) => one.type !== 'same_day' && one.type !== 'window'),
        anyDay,
        steps,
        fc.tuple(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 3000 })),
        (deadline, again, date, done, hours) => {
          const secondChance = {
            deadline: again,
            requires: ['phone', 'letter'],
            adjust: { op: 'replace', cents: 0 },
          } as const;
          const judge = compileAct(
            { deadline, secondChance, late: { outcome: 'refuse' } },
            atCentre,
          );
          const session = sessionOf(date, holidayCentre);
          const [late = 0, early = 0] = [...hours].sort((one, other) => one - other);
          const judged = (before: number) => {
            const at = shifted(session.startsAt, (20 - before) * 3_600_000);
            return judge({ at, audience: 'resident', steps: done }, session, days).status;
          };
          const [first, then] = [judged(early), judged(late)];
          if (first === 'not_open') return;
          expect(rank[first] ?? 3, `${first}, then ${then}`).to.be.at.most(rank[then] ?? 3);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('a deadline, wherever the machine stands', () => {
  const run = promisify(execFile);
  const toldIn = async (zone: string): Promise<{ offset: number; told: unknown }> => {
    const { stdout } = await run(
      process.execPath,
      ['--import', 'tsx', 'test/support/deadlineWitness.ts'],
      { env: { ...process.env, TZ: zone } },
    );
    return JSON.parse(stdout) as { offset: number; told: unknown };
  };

  it('is the same instant', async () => {
    const here = await toldIn('Europe/Paris');
    expect(here.offset).to.equal(-120);
    for (const zone of ['UTC', 'America/St_Johns', 'Pacific/Kiritimati']) {
      const there = await toldIn(zone);
      expect(there.offset, zone).to.not.equal(here.offset);
      expect(there.told, zone).to.deep.equal(here.told);
    }
  }).timeout(60_000);
});
