import type Database from 'better-sqlite3';
import type {
  AppendResult,
  EventToAppend,
  ExpectedRevision,
} from '../../application/ports/eventStore.ts';
import { asStoreError, isSqliteError } from './dataFileErrors.ts';
import { EventAppender } from './eventAppender.ts';
import { GroupCommit, type Commit, type SharedTransaction } from './groupCommit.ts';
import { IdleWork } from './idleWork.ts';
import type { StreamIndex } from './streamIndex.ts';

/** Index entries moved (see StreamIndex): with a commit at least, and for each event in it; at once when idle. */
const MOVED_WITH_COMMIT = 512;
const MOVED_BY_EVENT = 2;
const MOVED_WHEN_IDLE = 4_096;
/** Milliseconds without an append before the index is completed and the WAL copied into the file. */
const QUIET = 200;

export interface EventWriterOptions {
  /** After each commit. */
  readonly onCommit: (commit: Commit) => void;
  /** What fails beside any append, in quiet moments. */
  readonly onTrouble: (error: unknown) => void;
}

/** The one writer of an events file: concurrent appends share transactions. */
export class EventWriter implements SharedTransaction {
  private readonly appender: EventAppender;
  private readonly commits: GroupCommit;
  private readonly idle: IdleWork;
  private readonly sql: Record<'begin' | 'commit' | 'rollback', Database.Statement<[]>>;

  /** Position of the last event before this transaction. */
  private lastBefore = 0;

  constructor(
    private readonly database: Database.Database,
    private readonly index: StreamIndex,
    private readonly options: EventWriterOptions,
  ) {
    this.appender = new EventAppender(database, index);
    this.sql = {
      begin: database.prepare('BEGIN IMMEDIATE'),
      commit: database.prepare('COMMIT'),
      rollback: database.prepare('ROLLBACK'),
    };
    this.idle = new IdleWork(() => this.tidy(), QUIET);
    this.commits = new GroupCommit(this, (commit) => {
      this.idle.touch();
      options.onCommit(commit);
    });
    if (index.size > 0) this.idle.touch();
  }

  append(
    stream: string,
    events: readonly EventToAppend[],
    expected: ExpectedRevision,
    size: number,
  ): Promise<AppendResult> {
    return this.commits.run(size, () => this.appender.append(stream, events, expected));
  }

  /** Commits what was accepted, and tidies up so that the next start is quick. */
  close(): void {
    this.commits.finish();
    this.idle.stop();
    while (this.index.size > 0 && this.tidy());
  }

  begin(): void {
    this.sql.begin.run();
    if (!this.index.isValid) this.index.refresh();
    this.lastBefore = this.index.last;
  }

  commit(): void {
    const added = this.index.last - this.lastBefore;
    this.index.moveSome(Math.max(MOVED_WITH_COMMIT, MOVED_BY_EVENT * added));
    this.sql.commit.run();
  }

  rollback(): void {
    this.index.invalidate();
    try {
      if (this.database.inTransaction) this.sql.rollback.run();
    } catch {
      // SQLite then rolls back by itself, or `begin` fails: either way nothing is half written.
    }
  }

  isSpoiledBy(error: unknown): boolean {
    if (!this.database.inTransaction) return true;
    // These are about the row; a full disk or a failed write are about the transaction.
    return isSqliteError(error) && !isSqliteError(error, 'SQLITE_CONSTRAINT', 'SQLITE_TOOBIG');
  }

  explain(error: unknown): unknown {
    return asStoreError(this.database.name, error);
  }

  /** A piece of work for a quiet moment; answers whether there is more. */
  private tidy(): boolean {
    try {
      if (this.index.size === 0) {
        this.database.pragma('wal_checkpoint(PASSIVE)');
        return false;
      }
      this.begin();
      this.index.moveSome(MOVED_WHEN_IDLE, true);
      this.sql.commit.run();
      return true;
    } catch (error) {
      this.rollback();
      this.options.onTrouble(error);
      return false;
    }
  }
}
