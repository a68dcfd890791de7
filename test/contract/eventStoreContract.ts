import type { EventStore } from '../../src/application/ports/eventStore.ts';
import { appendContract } from './eventStoreAppend.ts';
import { readContract } from './eventStoreRead.ts';
import { retryContract } from './eventStoreRetry.ts';
import { subscribeContract } from './eventStoreSubscribe.ts';

export interface StoreUnderTest {
  readonly store: EventStore;
  /** Closes the store and opens the same data again. Absent when nothing outlives the process. */
  readonly reopen?: () => Promise<EventStore>;
  /** Closes what is open and removes what was stored. */
  readonly dispose: () => Promise<void>;
}

export type StoreFactory = () => Promise<StoreUnderTest>;

/**
 * What every event store keeps (see the port). The store may hold events of others, as a shared server does: tests use
 * names of their own and start from the present end of the log. They assume no more of positions than that they grow.
 */
export function eventStoreContract(name: string, factory: StoreFactory): void {
  describe(`${name} keeps the contract of event stores`, () => {
    let current: StoreUnderTest | undefined;
    const subject = (): StoreUnderTest => {
      if (!current) throw new Error('no store is open');
      return current;
    };
    beforeEach(async () => {
      current = await factory();
    });
    afterEach(async () => {
      await current?.dispose();
      current = undefined;
    });

    appendContract(subject);
    retryContract(subject);
    readContract(subject);
    subscribeContract(subject);
  });
}
