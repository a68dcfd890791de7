import { expect } from 'chai';
import { progressBar, type ProgressStream } from '../../../src/interfaces/cli/progressBar.ts';

function paper(options: Omit<ProgressStream, 'write'> = {}) {
  const written: string[] = [];
  return { written, stream: { ...options, write: (text: string) => written.push(text) } };
}
const label = 'Les réservations';

describe('the progress bar', () => {
  it('draws one line again and again on a terminal, and ends it when all is done', () => {
    const { written, stream } = paper({ isTTY: true, columns: 100 });
    const tell = progressBar(stream);
    tell({ done: 0, total: 12_345, label });
    tell({ done: 6_173, total: 12_345, label });
    tell({ done: 12_345, total: 12_345, label });
    expect(written.filter((text) => text.includes('\n'))).to.deep.equal(['\n']);
    expect(written.every((text) => text === '\n' || text.startsWith('\r\u001b[2K'))).to.equal(true);
    expect(written[1]).to.contain('████████████░░░░░░░░░░░░');
    expect(written[1]).to.contain('50\u00a0%  Les réservations\u00a0: 6\u202f173 sur 12\u202f345');
  });

  it('never draws more than the terminal is wide', () => {
    const { written, stream } = paper({ isTTY: true, columns: 40 });
    progressBar(stream)({ done: 1, total: 100_000, label });
    expect(written[0]!.replace('\r\u001b[2K', '').length).to.be.below(40);
  });

  it('writes a line every ten per cent elsewhere', () => {
    const { written, stream } = paper();
    const tell = progressBar(stream);
    for (let done = 0; done <= 1_000; done += 1) tell({ done, total: 1_000, label });
    expect(written).to.have.length(10);
    expect(written[0]).to.equal('10\u00a0%  Les réservations\u00a0: 100 sur 1\u202f000\n');
    expect(written.at(-1)).to.contain('100\u00a0%');
  });

  it('is not troubled by nothing to do', () => {
    const { written, stream } = paper();
    progressBar(stream)({ done: 0, total: 0, label });
    expect(written).to.have.length(1);
  });
});
