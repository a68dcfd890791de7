import { expect } from 'chai';
import { uuidOf, uuids, uuidV7 } from '../../src/infrastructure/uuids.ts';

const layout = (version: number): RegExp =>
  new RegExp(`^[0-9a-f]{8}-[0-9a-f]{4}-${version}[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`);

describe('an id made by chance', () => {
  it('is a UUID of version 7 that grows with time', () => {
    const start = Date.parse('2026-11-19T12:00:00Z');
    const made = Array.from({ length: 3_000 }, (_, n) => uuidV7(start + n));
    for (const id of made) expect(id).to.match(layout(7));
    expect([...made].sort()).to.deep.equal(made);
    const milliseconds = made[0]!.slice(0, 13).replace('-', '');
    expect(parseInt(milliseconds, 16)).to.equal(start);
  });

  it('is never twice the same, even within a millisecond', () => {
    const made = Array.from({ length: 5_000 }, () => uuidV7(1));
    expect(new Set(made).size).to.equal(5_000);
    expect(uuids.next()).to.match(layout(7));
  });
});

describe('an id derived from a text', () => {
  it('is always the same UUID of version 5 layout, today and in later versions of the portal', () => {
    expect(uuids.derive('reserve/lea')).to.match(layout(5));
    expect(uuidOf('reserve/lea')).to.equal(uuidOf('reserve/lea'));
    expect(uuidOf('')).to.equal('da39a3ee-5e6b-5b0d-b255-bfef95601890');
  });

  it('differs from text to text', () => {
    const made = Array.from({ length: 2_000 }, (_, n) => uuidOf(`command/${n}`));
    expect(new Set(made).size).to.equal(2_000);
  });
});
