import { expect } from 'chai';
import type Database from 'better-sqlite3';
import fc from 'fast-check';
import { EventAppender } from '../../../src/infrastructure/sqlite/eventAppender.ts';
import {
  makeDataDirectory,
  makeEventsFile,
  openEventsFile,
} from '../../../src/infrastructure/sqlite/eventsFile.ts';
import { StreamIndex } from '../../../src/infrastructure/sqlite/streamIndex.ts';
import { verifyIntegrity } from '../../../src/infrastructure/sqlite/verifyIntegrity.ts';
import { idsOf, someEvents } from '../../contract/eventStoreTools.ts';
import { temporaryDirectory } from './temporaryDirectory.ts';

/** A writer's life: what it stored, as ids by stream, and its index. */
class Life {
  readonly stored = new Map<string, readonly string[]>();
  private index: StreamIndex;

  constructor(private readonly database: Database.Database) {
    this.index = new StreamIndex(database);
  }

  get current(): StreamIndex {
    if (!this.index.isValid) this.index.refresh();
    return this.index;
  }

  append(stream: string, count: number): void {
    const ids = this.write(stream, count);
    this.stored.set(stream, [...(this.stored.get(stream) ?? []), ...ids]);
  }

  move(budget: number): void {
    this.database.transaction(() => this.current.moveSome(budget, true))();
  }

  /** A transaction that appended and moved, then was rolled back. */
  fail(stream: string, budget: number): void {
    this.database.exec('BEGIN');
    this.write(stream, 1);
    this.current.moveSome(budget, true);
    this.database.exec('ROLLBACK');
    this.index.invalidate();
  }

  restart(): void {
    this.index = new StreamIndex(this.database);
  }

  private write(stream: string, count: number): string[] {
    const events = someEvents(count);
    new EventAppender(this.database, this.current).append(stream, events, 'any');
    return idsOf(events);
  }
}

const stream = fc.constantFrom('a', 'b', 'c', 'd');
const few = fc.integer({ min: 1, max: 6 });
const append = fc
  .record({ stream, few })
  .map((at) => (life: Life) => life.append(at.stream, at.few));
const move = few.map((budget) => (life: Life) => life.move(budget));
const fail = fc.record({ stream, few }).map((at) => (life: Life) => life.fail(at.stream, at.few));
const restart = fc.constant((life: Life) => life.restart());
const steps = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: append },
    { weight: 3, arbitrary: move },
    { weight: 1, arbitrary: fail },
    { weight: 1, arbitrary: restart },
  ),
  { maxLength: 40 },
);

describe('the index of streams', () => {
  let directory: string;
  let remove: () => void;
  let database: Database.Database;
  let other: Database.Database;
  beforeEach(() => {
    ({ directory, remove } = temporaryDirectory());
    makeDataDirectory(directory);
    makeEventsFile(directory);
    database = openEventsFile(directory, 'write');
    database.pragma('synchronous = OFF');
    other = openEventsFile(directory, 'read');
  });
  afterEach(() => {
    other.close();
    database.close();
    remove();
  });

  const forgetAll = (): void =>
    void database.exec(`DELETE FROM events; DELETE FROM stream_index;
                        UPDATE stream_index_progress SET through = 0`);

  /** Events that a reader has to remember. */
  const notMoved = (): unknown =>
    other
      .prepare('SELECT count(*) FROM events, stream_index_progress WHERE position > through')
      .pluck()
      .get();

  const expectFound = (
    index: StreamIndex,
    { stored }: Life,
    { from, count }: { readonly from: number; readonly count: number },
  ): void => {
    for (const [name, ids] of stored) {
      expect(index.head(name)?.revision).to.equal(ids.length - 1);
      const at = Math.min(from, ids.length - 1);
      expect(index.idAt(index.positionAt(name, at) ?? 0)).to.equal(ids[at]);
      expect(index.positionAt(name, ids.length)).to.equal(undefined);
      expect(index.revisionOf(name, ids[at] ?? '')).to.equal(at);
      expect(index.revisionOf(name, 'absent')).to.equal(undefined);
      expect(idsOf(index.slice(name, from, count, false))).to.deep.equal(
        ids.slice(from, from + count),
      );
      expect(idsOf(index.slice(name, from, count, true))).to.deep.equal(
        ids
          .slice(0, from + 1)
          .reverse()
          .slice(0, count),
      );
    }
  };

  it('finds every event, however far moved, after failures and restarts, also for a reader', () => {
    const window = fc.record({ from: fc.nat(12), count: few });
    fc.assert(
      fc.property(steps, window, (acts, range) => {
        forgetAll();
        const life = new Life(database);
        const reader = new StreamIndex(other);
        for (const act of acts) {
          act(life);
          reader.refresh();
          expect(reader.size).to.equal(notMoved());
          for (const index of [life.current, reader]) expectFound(index, life, range);
        }
        expect(verifyIntegrity(directory)).to.deep.equal([]);
      }),
      { numRuns: 60 },
    );
  });
});
