import { expect } from 'chai';
import fc from 'fast-check';
import { OrderedWork } from '../../../../src/interfaces/cli/demo/orderedWork.ts';

const ticks = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i += 1) await Promise.resolve();
};

describe('ordered work', () => {
  it('does what shares a key one after the other, in order, and never too much at once', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            keys: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 }),
            length: fc.nat(6),
          }),
          { maxLength: 40 },
        ),
        fc.integer({ min: 1, max: 8 }),
        async (pieces, concurrency) => {
          const work = new OrderedWork(concurrency);
          const seen = new Map<string, number[]>();
          const busy = new Set<string>();
          let running = 0;
          let most = 0;
          for (const [index, { keys, length }] of pieces.entries())
            await work.add(keys, async () => {
              most = Math.max(most, (running += 1));
              for (const key of keys) {
                expect(busy.has(key)).to.equal(false);
                busy.add(key);
                seen.set(key, [...(seen.get(key) ?? []), index]);
              }
              await ticks(length);
              for (const key of keys) busy.delete(key);
              running -= 1;
            });
          await work.finish();
          for (const order of seen.values())
            expect(order).to.deep.equal(order.toSorted((a, b) => a - b));
          expect([...seen.values()].flat().length).to.equal(
            pieces.reduce((sum, { keys }) => sum + keys.length, 0),
          );
          expect(most).to.be.at.most(concurrency);
        },
      ),
    ));

  it('starts nothing after a failure, and tells of it', async () => {
    const work = new OrderedWork(8);
    const done: string[] = [];
    await work.add(['a'], async () => {
      await ticks(3);
      throw new Error('no');
    });
    await work.add(['a'], async () => void done.push('after'));
    const failure = await work.finish().then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(String(failure)).to.equal('Error: no');
    expect(done).to.deep.equal([]);
  });
});
