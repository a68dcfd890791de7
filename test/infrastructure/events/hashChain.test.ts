import { expect } from 'chai';
import { children } from '../../../src/application/aggregates.ts';
import type { RecordedEvent } from '../../../src/application/ports/eventStore.ts';
import type { ChildEvent } from '../../../src/domain/child/child.ts';
import { SealingEventCodec } from '../../../src/infrastructure/events/eventCodec.ts';
import { findChainFault } from '../../../src/infrastructure/events/hashChain.ts';
import { activityId, childId, day, familyId } from '../../support/townFacts.ts';
import { MemoryKeyVault } from '../../support/memoryKeyVault.ts';
import { recorded } from '../../support/storedHistory.ts';

const history = (name: string): ChildEvent[] => [
  {
    type: 'ChildRegistered',
    childId: childId(name),
    familyId: familyId('roux'),
    personal: { firstName: name, lastName: 'Roux', birthDate: day('2018-05-02') },
  },
  ...['cantine', 'garderie', 'mercredi', 'vacances'].map((activity): ChildEvent => ({
    type: 'ChildEnrolled',
    childId: childId(name),
    familyIds: [familyId('roux')],
    activityId: activityId(activity),
    from: day('2026-09-01'),
  })),
];

describe('the hash chain of a stream', () => {
  const vault = new MemoryKeyVault();
  const codec = new SealingEventCodec(vault);
  let stream: RecordedEvent[] = [];
  before(async () => (stream = await recorded(codec, children, 'lea', history('lea'))));

  const altered = (at: number, change: Partial<RecordedEvent>): RecordedEvent[] =>
    stream.map((record, index) => (index === at ? { ...record, ...change } : record));
  const fault = (records: readonly RecordedEvent[]) => {
    const found = findChainFault(records);
    return found && [found.revision, found.fault];
  };

  it('is whole when nothing was touched, and when there is nothing', () => {
    expect(findChainFault(stream)).to.equal(undefined);
    expect(findChainFault([])).to.equal(undefined);
  });

  it('is whole after the person was erased', async () => {
    const erased = await recorded(codec, children, 'ben', history('ben'));
    await vault.forget(childId('ben'));
    expect(findChainFault(erased)).to.equal(undefined);
  });

  for (const at of [0, 2, 4])
    it(`tells that event ${at} was altered: data, metadata, type, id, or its own hash`, () => {
      const record = stream[at]!;
      const changes: Partial<RecordedEvent>[] = [
        { data: record.data.replace('lea', 'ben') },
        { data: `${record.data} ` },
        { metadata: record.metadata.replace('a-1', 'a-2') },
        { metadata: record.metadata.replace('2026-11-16', '2026-11-15') },
        {
          metadata: record.metadata.replace(
            /"hash":"(.)/,
            (_, first) => `"hash":"${first === '_' ? '-' : '_'}`,
          ),
        },
        { metadata: record.metadata.replace(/,"hash":"[^"]*"/, '') },
        { metadata: '{}' },
        { metadata: '' },
        { type: 'ChildLinkedToFamily' },
        { id: '00000000-0000-5000-8000-000000000000' },
      ];
      for (const change of changes)
        expect(fault(altered(at, change)), JSON.stringify(change)).to.deep.equal([
          BigInt(at),
          'altered',
        ]);
    });

  it('tells that an event was rewritten with a right hash: the next one no longer follows', async () => {
    const enrolments = history('lea').slice(1);
    const [first, second, third] = await recorded(codec, children, 'lea', enrolments);
    const late = enrolments.map((event) => ({ ...event, from: day('2026-10-01') }) as ChildEvent);
    const [, rewritten] = await recorded(codec, children, 'lea', [enrolments[0]!, late[1]!]);
    expect(fault([first!, rewritten!])).to.equal(undefined);
    expect(fault([first!, second!, third!])).to.equal(undefined);
    expect(fault([first!, rewritten!, third!])).to.deep.equal([2n, 'altered']);
  });

  it('tells that an event was added, even one with a right hash of its own', async () => {
    const foreign = await recorded(codec, children, 'lea', history('lea').slice(1));
    const added = foreign.map((record, index) => ({ ...record, revision: BigInt(index + 5) }));
    expect(fault([...stream, ...added])).to.deep.equal([5n, 'altered']);
  });

  it('tells that an event was removed, at the start or inside', () => {
    expect(fault(stream.slice(1))).to.deep.equal([0n, 'missing']);
    expect(fault(stream.filter((_, index) => index !== 2))).to.deep.equal([2n, 'missing']);
    const closedRanks = stream
      .filter((_, index) => index !== 2)
      .map((record, index) => ({ ...record, revision: BigInt(index) }));
    expect(fault(closedRanks)).to.deep.equal([2n, 'altered']);
  });

  it('tells that events changed places, with or without their numbers', () => {
    const [a, b, c, ...rest] = stream as [RecordedEvent, RecordedEvent, RecordedEvent];
    expect(fault([a, c, b, ...rest])).to.deep.equal([1n, 'missing']);
    expect(fault([a, { ...c, revision: 1n }, { ...b, revision: 2n }, ...rest])).to.deep.equal([
      1n,
      'altered',
    ]);
    expect(fault([a, b, b, c, ...rest])).to.deep.equal([2n, 'reordered']);
  });

  it('tells that events came from another stream', async () => {
    const other = await recorded(codec, children, 'zoe', history('zoe'));
    const swapped = stream.map((record, index) =>
      index === 3 ? { ...other[3]!, stream: record.stream } : record,
    );
    expect(fault(swapped)).to.deep.equal([3n, 'altered']);
    const renamed = other.map((record) => ({ ...record, stream: 'child-lea' }));
    expect(fault(renamed)).to.deep.equal([0n, 'altered']);
  });
});
