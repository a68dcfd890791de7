import { expect } from 'chai';
import { faultsIn, opening, saidOf } from '../../../../support/deadlineFacts.ts';

describe('never', () => {
  it('is never open', () => {
    expect(opening({ type: 'never' }, '2026-11-16')).to.equal('never');
  });

  it('reads in French', () => {
    expect(saidOf({ type: 'never' })).to.deep.equal(['jamais']);
  });

  it('holds nothing else', () => {
    expect(faultsIn({ type: 'never' })).to.deep.equal([]);
    expect(faultsIn({ type: 'never', boundary: 'inclusive' })).to.deep.equal([
      ['boundary', '« boundary » n’existe pas ici ; sont connus : type.'],
    ]);
  });
});
