import { expect } from 'chai';
import { faultsIn, opening, saidOf } from '../../../../support/deadlineFacts.ts';

describe('no limit', () => {
  it('leaves the act open until the session begins', () => {
    expect(opening({ type: 'none' }, '2026-11-16')).to.equal('always');
  });

  it('reads in French', () => {
    expect(saidOf({ type: 'none' })).to.deep.equal(['à tout moment, jusqu’au début de la séance']);
  });

  it('holds nothing else', () => {
    expect(faultsIn({ type: 'none' })).to.deep.equal([]);
    expect(faultsIn({ type: 'none', at: '09:00' })).to.deep.equal([
      ['at', '« at » n’existe pas ici ; sont connus : type.'],
    ]);
  });
});
