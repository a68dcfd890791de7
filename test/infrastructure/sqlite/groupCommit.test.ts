import { expect } from 'chai';
import { setImmediate as breath } from 'node:timers/promises';
import { GroupCommit } from '../../../src/infrastructure/sqlite/groupCommit.ts';
import { failureOf } from '../../contract/eventStoreTools.ts';

class Spoilt extends Error {}

/** A transaction that notes what happens to it. */
function notedTransaction() {
  const notes: string[] = [];
  return {
    notes,
    failing: undefined as 'begin' | 'commit' | undefined,
    begin(): void {
      if (this.failing === 'begin') throw new Error('no begin');
      notes.push('begin');
    },
    commit(): void {
      if (this.failing === 'commit') throw new Error('no commit');
      notes.push('commit');
    },
    rollback: () => void notes.push('rollback'),
    isSpoiledBy: (error: unknown) => error instanceof Spoilt,
    explain: (error: unknown) => new Error('explained', { cause: error }),
  };
}

describe('group commit', () => {
  let transaction: ReturnType<typeof notedTransaction>;
  let commits: GroupCommit;
  beforeEach(() => {
    transaction = notedTransaction();
    commits = new GroupCommit(transaction, () => transaction.notes.push('told'));
  });
  const note = (text: string) => () => {
    transaction.notes.push(text);
    return text;
  };

  it('runs what is asked for at the same time in one transaction, in order', async () => {
    const answers = await Promise.all(['a', 'b', 'c'].map((text) => commits.run(1, note(text))));
    expect(answers).to.deep.equal(['a', 'b', 'c']);
    expect(transaction.notes).to.deep.equal(['begin', 'a', 'b', 'c', 'commit', 'told']);
  });

  it('answers nobody before the commit', async () => {
    const notes: string[] = [];
    const answered = commits.run(1, note('a')).then(() => notes.push(...transaction.notes));
    await answered;
    expect(notes).to.include.members(['commit']);
  });

  it('bounds a transaction by jobs and by size', async () => {
    const begins = (): number => transaction.notes.filter((text) => text === 'begin').length;
    await Promise.all(Array.from({ length: 1_100 }, () => commits.run(1, () => undefined)));
    expect(begins()).to.equal(3);
    await Promise.all([5, 5, 5].map((megabytes) => commits.run(megabytes * 1e6, () => undefined)));
    expect(begins()).to.equal(6);
    await commits.run(1e9, () => undefined);
    expect(begins()).to.equal(7);
  });

  it('keeps nobody waiting for a crowd that never ends', async () => {
    await Promise.all(['a', 'b', 'c', 'd'].map((text) => commits.run(1, note(text))));
    const coming: Promise<unknown>[] = [commits.run(1, note('first'))];
    let came = 0;
    // One more at each turn of the loop, and each turn takes its time.
    for (; !transaction.notes.includes('first') && came < 200; came += 1) {
      coming.push(commits.run(1, () => undefined));
      for (const end = performance.now() + 2; performance.now() < end;);
      await breath();
    }
    await Promise.all(coming);
    expect(came).to.be.within(2, 60);
  });

  it('fails one job alone', async () => {
    const error = new Error('mine');
    const [first, failed, last] = await Promise.allSettled([
      commits.run(1, note('a')),
      commits.run(1, () => {
        throw error;
      }),
      commits.run(1, note('c')),
    ]);
    expect(failed).to.have.nested.property('reason.cause', error);
    expect([first, last]).to.deep.equal([
      { status: 'fulfilled', value: 'a' },
      { status: 'fulfilled', value: 'c' },
    ]);
    expect(transaction.notes).to.deep.equal(['begin', 'a', 'c', 'commit', 'told']);
  });

  it('rolls all back when a job spoils the transaction, and goes on with the next', async () => {
    const appends = [
      commits.run(1, note('a')),
      commits.run(1, () => {
        throw new Spoilt();
      }),
      commits.run(1, note('never')),
    ];
    for (const append of appends)
      expect(await failureOf(append)).to.have.property('message', 'explained');
    expect(transaction.notes).to.deep.equal(['begin', 'a', 'rollback']);
    expect(await commits.run(1, note('b'))).to.equal('b');
  });

  for (const failing of ['begin', 'commit'] as const)
    it(`fails all when ${failing} fails, and works again afterwards`, async () => {
      transaction.failing = failing;
      const appends = ['a', 'b'].map((text) => commits.run(1, note(text)));
      for (const append of appends)
        expect(await failureOf(append)).to.have.property('message', 'explained');
      expect(transaction.notes.at(-1)).to.equal('rollback');
      transaction.failing = undefined;
      expect(await commits.run(1, note('c'))).to.equal('c');
    });

  it('commits at once what was asked for when told to finish', async () => {
    const answer = commits.run(1, note('a'));
    commits.finish();
    expect(transaction.notes).to.deep.equal(['begin', 'a', 'commit', 'told']);
    expect(await answer).to.equal('a');
  });
});
