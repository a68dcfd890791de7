import { expect } from 'chai';
import fc from 'fast-check';
import { asId } from '../../../src/domain/kernel/ids.ts';
import { asInstant } from '../../../src/domain/kernel/parisTime.ts';
import type { Principal } from '../../../src/application/principal.ts';
import { HmacTokens } from '../../../src/infrastructure/crypto/hmacTokens.ts';

const tokens = new HmacTokens(new Uint8Array(32).fill(7));
const guardian: Principal = {
  actor: { kind: 'guardian', id: 'g-1' },
  familyId: asId('family', 'f-1'),
};
const agent: Principal = { actor: { kind: 'agent', id: 'a-1' } };
const noon = asInstant('2026-11-20T12:00:00Z');
const justBefore = asInstant('2026-11-20T11:59:59.999Z');

describe('signed tokens', () => {
  it('give back who they were issued to, with the family of a guardian', () => {
    expect(tokens.verify(tokens.issue(guardian, noon), justBefore)).to.deep.equal(guardian);
    expect(tokens.verify(tokens.issue(agent, noon), justBefore)).to.deep.equal(agent);
  });

  it('are good until the instant of their expiry, not at it', () => {
    const token = tokens.issue(guardian, noon);
    expect(tokens.verify(token, justBefore)).to.deep.equal(guardian);
    expect(tokens.verify(token, noon)).to.equal(undefined);
  });

  it('read any ISO instant as expiry, whatever its offset', () => {
    const token = tokens.issue(agent, '2026-11-20T13:00:00+01:00' as typeof noon);
    expect(tokens.verify(token, justBefore)).to.deep.equal(agent);
    expect(tokens.verify(token, noon)).to.equal(undefined);
  });

  it('are worth nothing under another secret', () => {
    const others = new HmacTokens(new Uint8Array(32).fill(8));
    expect(others.verify(tokens.issue(guardian, noon), justBefore)).to.equal(undefined);
  });

  it('are worth nothing once a single character was changed', () => {
    const token = tokens.issue(guardian, noon);
    const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';
    fc.assert(
      fc.property(
        fc.nat(token.length - 1),
        fc.constantFrom(...digits.split(/(?=.)/)),
        (at, digit) =>
          token[at] === digit ||
          tokens.verify(token.slice(0, at) + digit + token.slice(at + 1), justBefore) === undefined,
      ),
    );
  });

  it('answer any other text with undefined, without throwing', () => {
    fc.assert(fc.property(fc.string(), (text) => tokens.verify(text, justBefore) === undefined));
    const token = tokens.issue(agent, noon);
    for (const text of ['', '.', '..', `${token}.`, `${token}.x`, 'x'.repeat(100_000)])
      expect(tokens.verify(text, justBefore)).to.equal(undefined);
  });

  it('refuse a signed payload that says something else than a principal', () => {
    const forged = tokens.issue(
      { actor: { kind: 'mayor' as 'agent', id: 'a-1' } },
      asInstant('2026-11-20T12:00:00Z'),
    );
    expect(tokens.verify(forged, justBefore)).to.equal(undefined);
    const badFamily = tokens.issue(
      { ...guardian, familyId: '../etc' as NonNullable<Principal['familyId']> },
      noon,
    );
    expect(tokens.verify(badFamily, justBefore)).to.equal(undefined);
  });

  it('tell how long they last and since when, expired or not; no other text does', () => {
    const since = asInstant('2026-11-20T00:00:00Z');
    const token = tokens.issue(guardian, noon, since);
    expect(tokens.verify(token, justBefore)).to.deep.equal(guardian);
    const expiresAt = asInstant('2026-11-20T12:00:00.000Z');
    expect(tokens.lifetime(token)).to.deep.equal({ expiresAt, since });
    expect(tokens.lifetime(tokens.issue(guardian, noon))).to.deep.equal({ expiresAt });
    const others = new HmacTokens(new Uint8Array(32).fill(8));
    for (const text of ['', 'a.b', `${token}x`, others.issue(guardian, noon, since)])
      expect(tokens.lifetime(text)).to.equal(undefined);
  });

  it('of one sign-in share their form proof; those of another person or sign-in do not', () => {
    const [morning, evening] = ['2026-11-20T06:00:00Z', '2026-11-20T18:00:00Z'].map(asInstant);
    const first = tokens.issue(guardian, noon, morning);
    const next = tokens.issue(guardian, evening!, morning);
    expect(next).to.not.equal(first);
    expect(tokens.checkFormProof(next, tokens.formProof(first))).to.equal(true);
    const sister = { ...guardian, familyId: asId('family', 'f-2') };
    for (const other of [
      tokens.issue(guardian, noon, evening),
      tokens.issue(sister, noon, morning),
      tokens.issue(agent, noon, morning),
      tokens.issue(guardian, noon),
    ])
      expect(tokens.checkFormProof(other, tokens.formProof(first))).to.equal(false);
  });

  it('bind a form proof to its token; the proof is no token', () => {
    const token = tokens.issue(guardian, noon);
    const proof = tokens.formProof(token);
    expect(tokens.checkFormProof(token, proof)).to.equal(true);
    expect(tokens.checkFormProof(tokens.issue(agent, noon), proof)).to.equal(false);
    expect(tokens.checkFormProof(token, '')).to.equal(false);
    expect(tokens.verify(`${token.split('.')[0] ?? ''}.${proof}`, justBefore)).to.equal(undefined);
  });

  it('digest a text always alike; only who has the secret could guess what it was', () => {
    expect(tokens.digest('Premier')).to.equal(tokens.digest('Premier'));
    expect(tokens.digest('Second')).to.not.equal(tokens.digest('Premier'));
    expect(tokens.digest('Premier')).to.not.equal(tokens.formProof('Premier'));
    const others = new HmacTokens(new Uint8Array(32).fill(8));
    expect(others.digest('Premier')).to.not.equal(tokens.digest('Premier'));
  });

  it('refuse a secret that is too short', () => {
    expect(() => new HmacTokens(new Uint8Array(31))).to.throw(RangeError);
  });
});
