import { expect } from 'chai';
import {
  expectedRevisionOf,
  idempotencyKeyOf,
  waitMsOf,
} from '../../../src/interfaces/http/requestHeaders.ts';

describe('headers that a request may carry', () => {
  it('Prefer: waits as long as asked, two seconds at most', () => {
    const cases: Readonly<Record<string, number>> = {
      'wait=1': 1_000,
      'wait=10': 2_000,
      'wait = "1"': 1_000,
      'respond-async, wait=1': 1_000,
      'return=minimal; foo="bar", wait=1; x': 1_000,
      'wait=0': 0,
      'wait=-1': 0,
      'wait=1.5': 0,
      'wait=99999999': 0,
      'await=1': 0,
      '': 0,
    };
    for (const [prefer, expected] of Object.entries(cases))
      expect(waitMsOf({ prefer }), prefer).to.equal(expected);
    expect(waitMsOf({})).to.equal(0);
  });

  it('If-Match: reads the revision that an ETag named', () => {
    expect(expectedRevisionOf({ 'if-match': '"0"' })).to.deep.equal({ value: 0n });
    expect(expectedRevisionOf({ 'if-match': ' "-1" ' })).to.deep.equal({ value: -1n });
    expect(expectedRevisionOf({ 'if-match': '*' })).to.deep.equal({ value: undefined });
    expect(expectedRevisionOf({})).to.deep.equal({ value: undefined });
    expect(expectedRevisionOf({ 'if-match': `"${'9'.repeat(19)}"` })).to.have.property('fault');
  });

  it('Idempotency-Key: reads it bare or quoted', () => {
    expect(idempotencyKeyOf({ 'idempotency-key': 'a' })).to.deep.equal({ value: 'a' });
    expect(idempotencyKeyOf({ 'idempotency-key': '"a \\" \\\\"' })).to.deep.equal({
      value: 'a " \\',
    });
    expect(idempotencyKeyOf({})).to.deep.equal({ value: undefined });
    expect(idempotencyKeyOf({ 'idempotency-key': '' })).to.have.property('fault');
  });
});
