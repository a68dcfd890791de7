import { expect } from 'chai';
import { children as childAggregate } from '../../../src/application/aggregates.ts';
import { asId } from '../../../src/domain/kernel/ids.ts';
import type { History } from '../../../src/infrastructure/sqlite/history.ts';
import { commandSide } from '../commandSide.ts';
import type { FaultFamily, FaultTown } from './faultTown.ts';

/** Families who sign up one after the other until the portal is gone; all that were told to be registered. */
export async function newcomersUntilGone(town: FaultTown): Promise<FaultFamily[]> {
  const told: FaultFamily[] = [];
  for (;;) {
    try {
      told.push(await town.register('Arrivant'));
    } catch (error) {
      // What fetch throws when the process is gone.
      if (error instanceof TypeError) return told;
      throw error;
    }
  }
}

/** Each of these families is there with its children, who are enrolled in both activities, and with all their keys. */
export async function expectKnown(
  { events, vault }: Pick<History, 'events' | 'vault'>,
  families: readonly FaultFamily[],
): Promise<void> {
  const { handler } = commandSide({ store: events, vault });
  for (const { familyId, children } of families) {
    expect(await vault.find(asId('family', familyId))).to.be.instanceOf(Uint8Array);
    for (const child of children) {
      const childId = asId('child', child);
      const { state } = await handler.load(childAggregate, childId);
      if (state.status !== 'registered') return expect.fail(`the child ${child} is lost`);
      expect(state.enrolments).to.have.length(2);
      expect(await vault.find(childId)).to.be.instanceOf(Uint8Array);
    }
  }
}
