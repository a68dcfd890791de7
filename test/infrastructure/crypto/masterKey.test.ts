import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MasterKey } from '../../../src/infrastructure/crypto/masterKey.ts';

describe('a master key', () => {
  const bytes = randomBytes(32);
  let directory = '';
  before(() => (directory = mkdtempSync(join(tmpdir(), 'portail-key-'))));
  after(() => rmSync(directory, { recursive: true }));

  it('is read from base64, base64url or hexadecimal, with spaces around', () => {
    const wrapped = MasterKey.parse(bytes.toString('hex')).wrap('lea', bytes);
    for (const text of [
      bytes.toString('base64'),
      ` ${bytes.toString('base64url')}\n`,
      bytes.toString('hex').toUpperCase(),
    ])
      expect(Buffer.from(MasterKey.parse(text).unwrap('lea', wrapped)).equals(bytes)).to.equal(
        true,
      );
  });

  it('has 32 bytes', () => {
    for (const text of [
      '',
      'secret',
      randomBytes(31).toString('hex'),
      randomBytes(33).toString('base64'),
    ])
      expect(() => MasterKey.parse(text)).to.throw(RangeError);
  });

  it('unwraps what it wrapped, for the same person, and nothing else', () => {
    const master = MasterKey.parse(bytes.toString('hex'));
    const key = randomBytes(32);
    const wrapped = master.wrap('lea', key);
    expect(wrapped.includes(key)).to.equal(false);
    expect(Buffer.from(master.unwrap('lea', wrapped)).equals(key)).to.equal(true);
    expect(() => master.unwrap('ben', wrapped)).to.throw();
    const other = MasterKey.parse(randomBytes(32).toString('hex'));
    expect(() => other.unwrap('lea', wrapped)).to.throw();
  });

  it('gives each purpose a secret of its own, always the same', () => {
    const text = bytes.toString('hex');
    const derive = (purpose: string) => Buffer.from(MasterKey.parse(text).derive(purpose));
    expect(derive('a').equals(derive('a'))).to.equal(true);
    expect(derive('a').equals(derive('b'))).to.equal(false);
    expect(derive('a').equals(bytes)).to.equal(false);
  });

  it('is made once in a file that only its owner reads', () => {
    const path = join(directory, 'made.key');
    const made = MasterKey.fromFile(path, { create: true });
    const text = readFileSync(path, 'utf8');
    const again = MasterKey.fromFile(path, { create: true });
    expect(readFileSync(path, 'utf8')).to.equal(text);
    expect(Buffer.from(again.unwrap('lea', made.wrap('lea', bytes))).equals(bytes)).to.equal(true);
    expect(statSync(path).mode & 0o077).to.equal(0);
  });

  it('is not made where it must be there already, nor read from a damaged file', () => {
    expect(() => MasterKey.fromFile(join(directory, 'absent.key'), { create: false })).to.throw(
      /ENOENT/,
    );
    const damaged = join(directory, 'damaged.key');
    writeFileSync(damaged, 'too short');
    expect(() => MasterKey.fromFile(damaged, { create: true })).to.throw(RangeError);
  });
});
