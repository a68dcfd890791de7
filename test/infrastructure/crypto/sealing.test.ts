import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import {
  decrypt,
  encrypt,
  open,
  seal,
  subjectOf,
} from '../../../src/infrastructure/crypto/sealing.ts';
import { childId } from '../../support/townFacts.ts';

const key = randomBytes(32);
const lea = childId('lea');
const personal = { firstName: 'Léa', lastName: 'Roux', note: 'Allergie : « arachide »' };

describe('a seal', () => {
  it('opens with its key, and says whose it is without it', () => {
    const sealed = seal(key, lea, personal);
    expect(open(key, sealed)).to.deep.equal(personal);
    expect(subjectOf(sealed)).to.equal('lea');
  });

  it('shows nothing of what it holds, and is never twice the same', () => {
    const [one, other] = [seal(key, lea, personal), seal(key, lea, personal)];
    expect(one).to.not.equal(other);
    for (const word of ['Léa', 'Roux', 'arachide', 'firstName']) {
      expect(one).to.not.include(word);
      expect(one).to.not.include(Buffer.from(word).toString('base64url').slice(0, -1));
    }
  });

  it('does not open with another key, nor for another person', () => {
    const sealed = seal(key, lea, personal);
    expect(() => open(randomBytes(32), sealed)).to.throw();
    expect(() => open(key, sealed.replace('.lea.', '.ben.'))).to.throw();
  });

  it('does not open when a single character was altered or cut', () => {
    const sealed = seal(key, lea, { note: 'x' });
    const start = sealed.lastIndexOf('.') + 1;
    for (let at = start; at < sealed.length - 1; at += 1) {
      const other = sealed[at] === 'A' ? 'B' : 'A';
      const altered = sealed.slice(0, at) + other + sealed.slice(at + 1);
      expect(() => open(key, altered), `character ${at}`).to.throw();
    }
    for (const length of [start, start + 4, start + 20, sealed.length - 4])
      expect(() => open(key, sealed.slice(0, length))).to.throw();
  });

  it('is no other text', () => {
    for (const text of ['', 'v1', 'v1.lea', 'v1.lea.', 'v2.lea.abc', 'v1.lea.abc.d', '[effacé]'])
      expect(subjectOf(text), text).to.equal(undefined);
  });
});

describe('bytes encrypted for a context', () => {
  it('come back whole, empty ones too, and in no other context', () => {
    for (const plain of [new Uint8Array(0), randomBytes(1), randomBytes(5_000)]) {
      const sealed = encrypt(key, 'key/lea', plain);
      expect(decrypt(key, 'key/lea', sealed).equals(plain)).to.equal(true);
      expect(() => decrypt(key, 'key/ben', sealed)).to.throw();
    }
  });

  it('never take the same initialisation vector twice', () => {
    const vectors = new Set<string>();
    for (let n = 0; n < 5_000; n += 1)
      vectors.add(encrypt(key, 'c', '').subarray(0, 12).toString('hex'));
    expect(vectors.size).to.equal(5_000);
  });
});
