import type Database from 'better-sqlite3';
import { setImmediate as breath } from 'node:timers/promises';
import {
  StoreUnavailableError,
  type AppendResult,
  type EventStore,
  type EventToAppend,
  type ExpectedRevision,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  type RecordedEvent,
  type SubscribeOptions,
  type SubscriptionBatch,
} from '../../application/ports/eventStore.ts';
import { Bell } from '../events/bell.ts';
import { followLog } from '../events/followLog.ts';
import { refuseUnstorable } from '../events/storableEvents.ts';
import { lockDataDirectory, type DataDirectoryLock } from './dataDirectoryLock.ts';
import { asStoreError, DataFileRefusedError } from './dataFileErrors.ts';
import { BATCH, EventLog } from './eventLog.ts';
import { eventsFileOf, makeDataDirectory, makeEventsFile, openEventsFile } from './eventsFile.ts';
import { EventWriter } from './eventWriter.ts';
import type { Commit } from './groupCommit.ts';
import { StreamIndex } from './streamIndex.ts';
import { verifyIntegrity } from './verifyIntegrity.ts';
import { walEndsWhole } from './walFile.ts';

/** Milliseconds. */
const PATIENCE = 100;

export interface SqliteEventStoreOptions {
  readonly directory: string;
  /** `write`: the one writer, which makes the directory if need be. `read`: any number, beside it or without it. */
  readonly mode: 'write' | 'read';
  /** What fails in quiet moments, beside any call; a process warning by default. */
  readonly onTrouble?: (error: unknown) => void;
  /** Told of each transaction, once it is durable. */
  readonly onCommit?: (commit: Commit) => void;
  /** Milliseconds after which a reader looks again without having been poked; 100 by default. */
  readonly patience?: number;
}

/**
 * Opens the event store of a data directory: `events.db`, in WAL mode with synchronous=FULL.
 * Throws DataDirectoryInUseError, DataFileRefusedError.
 */
export function openSqliteEventStore(options: SqliteEventStoreOptions): SqliteEventStore {
  const { directory, mode, onTrouble = warn, onCommit, patience = PATIENCE } = options;
  if (mode === 'read') return new SqliteEventStore(openEventsFile(directory, mode), { patience });
  makeDataDirectory(directory);
  const lock = lockDataDirectory(directory);
  try {
    makeEventsFile(directory);
    refuseBrokenEnd(directory);
    return new SqliteEventStore(openEventsFile(directory, mode), { lock, onTrouble, onCommit });
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * What SQLite no longer reads of a WAL may have been copied into the file already: older pages would then stand beside
 * newer ones. Looked at once, after the rare crash that leaves such an end. Needs the directory's lock.
 */
function refuseBrokenEnd(directory: string): void {
  const file = eventsFileOf(directory);
  if (!walEndsWhole(file) && verifyIntegrity(directory).length > 0)
    throw new DataFileRefusedError(file, 'damaged');
}

interface Reading {
  readonly patience: number;
}

interface Writing {
  readonly lock: DataDirectoryLock;
  readonly onTrouble: (error: unknown) => void;
  readonly onCommit?: ((commit: Commit) => void) | undefined;
}

export class SqliteEventStore implements EventStore {
  private readonly bell = new Bell();
  private readonly log: EventLog;
  private readonly streams: StreamIndex;
  private readonly writer: EventWriter | undefined;
  private readonly snapshot: <T>(read: () => T) => T;
  private closed = false;

  /** Use openSqliteEventStore. */
  constructor(
    private readonly database: Database.Database,
    private readonly role: Reading | Writing,
  ) {
    try {
      this.log = new EventLog(database);
      this.streams = new StreamIndex(database);
      this.snapshot = (read) => database.transaction(read)();
      this.snapshot(() => this.streams.refresh());
    } catch (error) {
      database.close();
      throw asStoreError(database.name, error);
    }
    if ('patience' in role) return;
    const { onTrouble, onCommit } = role;
    this.writer = new EventWriter(database, this.streams, {
      onTrouble,
      onCommit: (commit) => {
        this.bell.ring();
        onCommit?.(commit);
      },
    });
  }

  async append(
    stream: string,
    events: readonly EventToAppend[],
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    this.refuseWhenClosed();
    if (!this.writer) throw new Error('this event store was opened for reading');
    return this.writer.append(stream, events, expected, refuseUnstorable(events));
  }

  async *readStream(
    stream: string,
    { direction, from, limit = Infinity }: ReadStreamOptions = {},
  ): AsyncGenerator<readonly RecordedEvent[]> {
    const backwards = direction === 'backwards';
    let next = Number(from ?? (backwards ? Number.MAX_SAFE_INTEGER : 0));
    for (let left = limit; left > 0;) {
      const count = Math.min(left, BATCH);
      const events = this.reading(() => this.sliceOf(stream, next, count, backwards));
      const last = events.at(-1);
      if (last) yield events;
      if (!last || events.length < count) return;
      next = Number(last.revision) + (backwards ? -1 : 1);
      left -= count;
      await breath();
    }
  }

  async *readAll(options: ReadAllOptions = {}): AsyncGenerator<readonly RecordedEvent[]> {
    const walk = this.log.walk(options);
    for (;;) {
      const step = this.reading(() => walk.next());
      if (step.done) return;
      if (step.value.length > 0) yield step.value;
      await breath();
    }
  }

  subscribe(options: SubscribeOptions): AsyncIterable<SubscriptionBatch> {
    const { after, signal } = options;
    const start = (): AsyncIterator<SubscriptionBatch> => {
      const look = this.reading(() => this.log.looker(options));
      const log = { look: (from?: Position) => this.reading(() => look(from)), bell: this.bell };
      return followLog('patience' in this.role ? { ...this.role, ...log } : log, after, signal);
    };
    return { [Symbol.asyncIterator]: start };
  }

  /** Position of the last event stored; 0 when there is none. Costs nothing after a commit. */
  get last(): Position {
    return BigInt(this.streams.isValid ? this.streams.last : this.log.head());
  }

  async head(): Promise<Position | undefined> {
    const head = this.reading(() => this.log.head());
    return head === 0 ? undefined : BigInt(head);
  }

  /** Wakes the subscriptions of a reader at once, when the writer is known to have stored something. */
  poke(): void {
    this.bell.ring();
  }

  /** Caps the file at this many pages of 4 KiB: a full disk, for tests. Not below its present size. */
  limitPages(pages: number): void {
    this.database.pragma(`max_page_count = ${pages}`);
  }

  /** Finishes the appends accepted, ends subscriptions with StoreUnavailableError, gives the directory back. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    try {
      this.writer?.close();
    } finally {
      this.database.close();
      if ('lock' in this.role) this.role.lock.release();
      this.bell.ring();
    }
  }

  /** The writer knows what it has stored; a reader first takes in what is new. */
  private sliceOf(
    stream: string,
    from: number,
    count: number,
    backwards: boolean,
  ): RecordedEvent[] {
    if (this.writer && this.streams.isValid)
      return this.streams.slice(stream, from, count, backwards);
    return this.snapshot(() => {
      this.streams.refresh();
      return this.streams.slice(stream, from, count, backwards);
    });
  }

  private reading<T>(read: () => T): T {
    this.refuseWhenClosed();
    try {
      return read();
    } catch (error) {
      throw asStoreError(this.database.name, error);
    }
  }

  private refuseWhenClosed(): void {
    if (this.closed) throw new StoreUnavailableError('the event store is closed');
  }
}

const warn = (error: unknown): void =>
  process.emitWarning(error instanceof Error ? error : String(error));
