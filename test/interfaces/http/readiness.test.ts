import { expect } from 'chai';
import type { EventStore } from '../../../src/application/ports/eventStore.ts';
import type { ProjectionLag } from '../../../src/application/ports/readSide.ts';
import type { StoreProbes } from '../../../src/application/storeProbes.ts';
import { MemoryEventStore } from '../../../src/infrastructure/memory/memoryEventStore.ts';
import {
  becomesReady,
  missingParts,
  storesThatAnswer,
} from '../../../src/interfaces/http/readiness.ts';

const reading = (changed: Partial<ProjectionLag> = {}): ProjectionLag => ({
  projection: 'agenda',
  state: 'running',
  checkpoint: 1n,
  head: 1n,
  since: '',
  ...changed,
});

/** A portal whose one read model goes through these states, one at each question. */
function portal(...states: Partial<ProjectionLag>[]) {
  let asked = 0;
  const status = async (): Promise<ProjectionLag[]> => {
    const state = states[Math.min(asked, states.length - 1)];
    asked += 1;
    return [reading(state)];
  };
  const readSide = { status, waitFor: async () => true, rebuild: async () => undefined };
  const events: EventStore = new MemoryEventStore();
  return { services: { events, readSide }, asked: () => asked };
}

const answering: StoreProbes = {
  events: async () => undefined,
  readModels: async () => undefined,
  keys: async () => undefined,
};
const silence = async (): Promise<never> => new Promise<never>(() => undefined);
const refusing = async (): Promise<never> => {
  throw new Error('mongodb://portail:secret@serveur is gone');
};

describe('a portal that starts', () => {
  it('is ready once its read models run, and not before', async () => {
    const { services, asked } = portal({ state: 'stopped' }, { state: 'stopped' }, {});
    expect(await becomesReady({ ...services, probes: answering }, 5_000)).to.equal(true);
    expect(asked()).to.equal(3);
  });

  it('is not waited for without end', async () => {
    const { services } = portal({ state: 'failed' });
    expect(await becomesReady(services, 0)).to.equal(false);
    expect(await missingParts(services)).to.deep.equal([
      {
        code: 'projections',
        title: 'Des lectures sont arrêtées, ou trop en retard',
        projections: ['agenda'],
      },
    ]);
  });
});

describe('a portal among others', () => {
  const missing = async (state: Partial<ProjectionLag>) => missingParts(portal(state).services);

  it('misses nothing while a read model goes from one process to the next', async () => {
    expect(await missing({ state: 'stopped', handedOver: true })).to.deep.equal([]);
    expect(await missing({ state: 'stopped' })).to.have.length(1);
  });

  it('misses one that is handed over and was never built', async () => {
    const unbuilt = { state: 'stopped', handedOver: true, checkpoint: undefined } as const;
    expect(await missing(unbuilt)).to.have.length(1);
  });
});

describe('what a portal misses', () => {
  const { services } = portal({});
  const codesOf = async (probes: StoreProbes): Promise<string[]> =>
    (await missingParts({ ...services, probes }, 10_000n, 5)).map(({ code }) => code);

  it('is told by a code for each store that refuses or says nothing', async () => {
    expect(await codesOf(answering)).to.deep.equal([]);
    for (const store of ['events', 'readModels', 'keys'] as const)
      for (const answer of [refusing, silence])
        expect(await codesOf({ ...answering, [store]: answer })).to.deep.equal([store]);
  });

  it('is told with a title in French and nothing of what was thrown', async () => {
    const missing = await missingParts({
      ...services,
      probes: { events: refusing, readModels: refusing, keys: refusing },
    });
    expect(missing.map(({ title }) => title)).to.deep.equal([
      'Le journal des événements ne répond pas',
      'Le magasin des lectures ne répond pas',
      'Le magasin des clés ne répond pas',
    ]);
    expect(JSON.stringify(missing)).to.not.match(/secret|mongodb/);
  });

  it('asks all of them side by side', async () => {
    const asked: string[] = [];
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    const probe = (name: string) => async (): Promise<void> => {
      asked.push(name);
      if (asked.length === 3) open();
      await opened;
    };
    const probes = { events: probe('e'), readModels: probe('r'), keys: probe('k') };
    expect(await storesThatAnswer({ ...services, probes })).to.deep.equal({
      events: true,
      readModels: true,
      keys: true,
    });
  });

  it('is nothing where positions are far apart and few events are between them', async () => {
    const far = portal({ checkpoint: 1n, head: 1_000_000n });
    expect(await missingParts({ ...far.services, probes: answering })).to.deep.equal([]);
  });
});
