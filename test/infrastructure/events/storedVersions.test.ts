import { expect } from 'chai';
import { declarations } from '../../../src/application/aggregates.ts';
import type { Aggregate } from '../../../src/application/aggregate.ts';
import type { EventDeclaration } from '../../../src/application/eventCatalogue.ts';
import { UnreadableEventError } from '../../../src/application/ports/eventCodec.ts';
import type { RecordedEvent } from '../../../src/application/ports/eventStore.ts';
import { fold, type DomainEvent } from '../../../src/domain/kernel/decider.ts';
import { SealingEventCodec } from '../../../src/infrastructure/events/eventCodec.ts';
import { MemoryKeyVault } from '../../support/memoryKeyVault.ts';

const codec = new SealingEventCodec(new MemoryKeyVault());

describe('events of another time', () => {
  const oldType = 'CityNamed';
  interface CityNamed extends DomainEvent {
    readonly type: 'CityNamed';
    readonly name: string;
    readonly postcode: string;
  }
  const declaration: EventDeclaration<CityNamed> = {
    schemaVersion: 3,
    upcasts: [
      (data) => ({ ...data, name: data['title'] }),
      (data) => ({ name: data['name'], postcode: '46000' }),
    ],
  };
  const city: Aggregate<string, CityNamed> = {
    category: 'city',
    opensPersonal: false,
    decider: { initial: '', evolve: (_state, { name, postcode }) => `${postcode} ${name}` },
    catalogue: { CityNamed: declaration },
  };
  const known = declarations as Map<string, EventDeclaration<never>>;
  before(() => known.set(oldType, declaration));
  after(() => known.delete(oldType));

  const stored = (schemaVersion: unknown, data: object): RecordedEvent => ({
    id: '0',
    type: oldType,
    stream: 'city-1',
    revision: 4n,
    position: 5n,
    data: JSON.stringify(data),
    metadata: JSON.stringify({ schemaVersion, commandId: 'c' }),
  });
  const state = async (record: RecordedEvent): Promise<string> => {
    const decoded = await codec.decode(city, [record]);
    return fold(
      city.decider,
      decoded.map(({ event }) => event),
    );
  };

  it('are brought to today’s version before any fold sees them', async () => {
    const today = { name: 'Cahors', postcode: '46000' };
    expect(await state(stored(3, today))).to.equal('46000 Cahors');
    expect(await state(stored(2, { title: 'Cahors', name: 'Cahors' }))).to.equal('46000 Cahors');
    expect(await state(stored(1, { title: 'Cahors' }))).to.equal('46000 Cahors');
  });

  it('from a newer portal are refused clearly, without their content', async () => {
    const failed = await state(stored(4, { name: 'Secret' })).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failed).to.be.instanceOf(UnreadableEventError);
    expect(String(failed)).to.include('version 4').and.include('city-1@4');
    expect(String(failed)).to.not.include('Secret');
  });

  const refusals: readonly [string, RecordedEvent][] = [
    ['an unknown type', { ...stored(3, {}), type: 'NeverHeardOf' }],
    ['a version before the first', stored(0, {})],
    ['data that are no JSON', { ...stored(3, {}), data: '{"name":' }],
    ['metadata that are no JSON', { ...stored(3, {}), metadata: 'Secret' }],
    ['data that say nothing', { ...stored(3, {}), data: 'null' }],
    ['metadata that say nothing', { ...stored(3, {}), metadata: 'null' }],
    ['no version', stored(undefined, { name: 'Secret' })],
    ['a version that is no number', stored('3', { name: 'Secret' })],
  ];
  for (const [name, record] of refusals)
    it(`are refused clearly with ${name}`, async () => {
      const failed = await state(record).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(failed).to.be.instanceOf(UnreadableEventError);
      expect(String(failed)).to.include('city-1@4').and.not.include('Secret');
    });
});
