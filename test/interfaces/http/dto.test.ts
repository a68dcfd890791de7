import { expect } from 'chai';
import fc from 'fast-check';
import { isId } from '../../../src/domain/kernel/ids.ts';
import { isLocalDate, isYearMonth } from '../../../src/domain/kernel/localDate.ts';
import { SubmissionBody } from '../../../src/interfaces/http/dto/bookingBodies.ts';
import { DefineActivityBody } from '../../../src/interfaces/http/dto/activityBodies.ts';
import { parseBody, type Dto } from '../../../src/interfaces/http/dto/parse.ts';
import { dayPattern, idPattern, monthPattern } from '../../../src/interfaces/http/dto/rules.ts';
import { definition } from '../../support/apiTown.ts';

describe('a body, from JSON to its class', () => {
  it('is told in patterns what the domain tells in code', () => {
    const near = fc.oneof(
      fc.string(),
      fc.stringMatching(new RegExp(idPattern)),
      fc.stringMatching(/^\d{4}-\d{2}(-\d{2})?$/),
      fc.stringMatching(/^[a-z0-9-]{60,70}$/),
    );
    fc.assert(
      fc.property(near, (text) => {
        expect(new RegExp(idPattern).test(text)).to.equal(isId(text));
        // Patterns don't know the length of months.
        if (isLocalDate(text)) expect(text).to.match(new RegExp(dayPattern));
        expect(new RegExp(monthPattern).test(text)).to.equal(isYearMonth(text));
      }),
    );
  });

  it('keeps what was sent, field by field, and adds nothing', () => {
    const sent: unknown = JSON.parse(JSON.stringify(definition('cantine')));
    const parsed = parseBody(DefineActivityBody, sent);
    if (parsed.kind === 'invalid') expect.fail(JSON.stringify(parsed.faults));
    expect(structuredClone(parsed.value)).to.deep.equal(sent);
    expect(JSON.stringify(parsed.value)).to.equal(JSON.stringify(sent));
  });

  it('never throws, and never says yes to anything else', () => {
    const key = fc.constantFrom('book', 'cancel', 'childId', 'date', 'type', 'rule', 'terms', 'x');
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.jsonValue(),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(key, tie('tree')),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        const classes: readonly Dto<object>[] = [SubmissionBody, DefineActivityBody];
        for (const dto of classes) {
          const parsed = parseBody(dto, value);
          if (parsed.kind === 'valid') expect(value).to.deep.equal({ book: [], cancel: [] });
          else expect(parsed.faults).to.have.length.within(1, 50);
        }
      }),
      { numRuns: 300 },
    );
  });
});
