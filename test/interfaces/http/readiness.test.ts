import { expect } from 'chai';
import type { ProjectionLag } from '../../../src/application/ports/readSide.ts';
import { MemoryEventStore } from '../../../src/infrastructure/memory/memoryEventStore.ts';
import { becomesReady, missingParts } from '../../../src/interfaces/http/readiness.ts';

/** A portal whose one read model goes through these states, one at each question. */
function portal(...states: ProjectionLag['state'][]) {
  let asked = 0;
  const status = async (): Promise<ProjectionLag[]> => {
    const state = states[Math.min(asked, states.length - 1)] ?? 'stopped';
    asked += 1;
    return [{ projection: 'agenda', state, checkpoint: 1n, head: 1n, since: '' }];
  };
  const readSide = { status, waitFor: async () => true, rebuild: async () => undefined };
  return { services: { events: new MemoryEventStore(), readSide }, asked: () => asked };
}

describe('a portal that starts', () => {
  it('is ready once its read models run, and not before', async () => {
    const { services, asked } = portal('stopped', 'stopped', 'running');
    expect(await becomesReady(services, 5_000)).to.equal(true);
    expect(asked()).to.equal(3);
  });

  it('is not waited for without end', async () => {
    const { services } = portal('failed');
    expect(await becomesReady(services, 0)).to.equal(false);
    expect(await missingParts(services)).to.deep.equal(['projection agenda']);
  });
});
