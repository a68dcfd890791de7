import Database from 'better-sqlite3';
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { setImmediate as breath, setTimeout as pause } from 'node:timers/promises';
import { StoreUnavailableError } from '../../application/ports/eventStore.ts';
import type { DataKey, KeyAnswer, KeyVault } from '../../application/ports/keyVault.ts';
import type { SubjectId } from '../../domain/kernel/ids.ts';
import { checkMaster, PROBE, type MasterKey } from '../crypto/masterKey.ts';
import { isOtherKey, OtherKeyError, type KeyEntry, type KeyTransfer } from '../keyTransfer.ts';
import { asStoreError, DataFileRefusedError, refusingBadFile } from './dataFileErrors.ts';
import { ANCHOR_TABLE, KEYS_TABLE, keysFileOf, readKeysFile, type AnchorRow } from './keysFile.ts';
import type { LogAnchor } from './logAnchor.ts';
import { makeForOwnerAlone } from './ownerFiles.ts';

/** Unwrapped keys kept in memory. */
const maxCached = 50_000;
/** Rows read at once. */
const PAGE = 500;
/** Milliseconds that a lock of the file is waited for; the thread stands still meanwhile. */
const LOCK_WAIT = 5_000;
/** Milliseconds that an erasure waits for others to end their reading of the file, and between two looks. */
const ERASED_WITHIN = 10_000;
const LOOK_AGAIN = 50;

interface Row {
  readonly wrapped: Buffer | null;
}

/**
 * Key vault in `keys.db`: one row per subject; a forgotten subject keeps its row without a key. It also remembers where
 * the log ended, under a code that the master key alone can make.
 */
export class SqliteKeyVault implements KeyVault, KeyTransfer {
  private readonly file: string;
  private readonly database: Database.Database;
  private readonly cache = new Map<SubjectId, DataKey>();
  private readonly select: Database.Statement<[string], Row>;
  private readonly insert: Database.Statement<[string, Buffer]>;
  private rows: number;

  /** Throws WrongMasterKeyError when the vault was made with another master key, DataFileRefusedError. */
  constructor(
    directory: string,
    private readonly master: MasterKey,
    private readonly erasedWithin = ERASED_WITHIN,
  ) {
    // A damaged file is refused before anything is written.
    readKeysFile(directory);
    this.file = keysFileOf(directory);
    this.database = refusingBadFile(this.file, () => openFile(this.file));
    this.select = this.database.prepare('SELECT wrapped FROM keys WHERE subject = ?');
    this.insert = this.database.prepare(
      'INSERT INTO keys (subject, wrapped) VALUES (?, ?) ON CONFLICT (subject) DO NOTHING',
    );
    this.checkMaster();
    this.database.exec(ANCHOR_TABLE);
    this.rows = this.countRows();
  }

  /** Rows of the file: none is ever taken out. */
  get count(): number {
    return this.rows;
  }

  /** What was noted of the log; undefined before the first time. Throws DataFileRefusedError when it was forged. */
  anchor(): LogAnchor | undefined {
    const row = this.database.prepare<[], AnchorRow>('SELECT * FROM log_anchor').get();
    if (!row) return undefined;
    const { directory, digest, mac } = row;
    const anchor = { directory, position: BigInt(row.position), digest };
    const expected = this.codeOf(anchor);
    if (mac.length !== expected.length || !timingSafeEqual(mac, expected))
      throw new DataFileRefusedError(this.file, 'tampered');
    return anchor;
  }

  /** Notes where the log ends. Writes nothing when that is known. */
  keepAnchor(anchor: LogAnchor): void {
    const { directory, position, digest } = anchor;
    const known = this.anchor();
    if (known?.position === position && known.digest === digest) return;
    this.database
      .prepare('INSERT OR REPLACE INTO log_anchor VALUES (1, ?, ?, ?, ?)')
      .run(directory, position, digest, this.codeOf(anchor));
  }

  /**
   * Moves what was written into the file itself, and empties the write-ahead log. Answers at once, and false while
   * another process reads the file: SQLite would wait for its end, and every request with it.
   */
  empty(): boolean {
    this.database.pragma('busy_timeout = 0');
    try {
      return this.database.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) === 0;
    } finally {
      this.database.pragma(`busy_timeout = ${LOCK_WAIT}`);
    }
  }

  /** Keys that can't be unwrapped: their bytes have changed, and their people read as erased. Takes its time. */
  async damaged(signal: AbortSignal): Promise<number> {
    let damaged = 0;
    for await (const entries of this.entries()) {
      if (signal.aborted) return damaged;
      for (const { subject, wrapped } of entries)
        if (wrapped !== null && !this.unwrap(subject, wrapped)) damaged += 1;
      await breath();
    }
    return damaged;
  }

  peek(subject: SubjectId): KeyAnswer {
    return this.cache.get(subject);
  }

  async find(subject: SubjectId): Promise<KeyAnswer> {
    return this.answering(() => this.read(subject));
  }

  async findOrCreate(subject: SubjectId): Promise<DataKey | 'forgotten'> {
    return this.answering(() => {
      const known = this.read(subject);
      if (known) return known;
      this.rows += this.insert.run(subject, this.master.wrap(subject, randomBytes(32))).changes;
      // A row whose key is damaged stays: a second key would read as the first one altered.
      return this.read(subject) ?? 'forgotten';
    });
  }

  /** Throws StoreUnavailableError when somebody has read the file for so long that the key still stands beside it. */
  async forget(subject: SubjectId): Promise<void> {
    this.cache.delete(subject);
    this.answering(() => {
      this.database
        .prepare(
          'INSERT INTO keys (subject, wrapped) VALUES (?, NULL) ON CONFLICT (subject) DO UPDATE SET wrapped = NULL',
        )
        .run(subject);
      this.rows = this.countRows();
    });
    await this.eraseTraces();
  }

  async *entries(): AsyncGenerator<readonly KeyEntry[]> {
    const page = this.database.prepare<[string, string, number], KeyEntry>(
      'SELECT subject, wrapped FROM keys WHERE subject > ? AND subject <> ? ORDER BY subject LIMIT ?',
    );
    for (let after = ''; ;) {
      const entries = page.all(after, PROBE, PAGE);
      const last = entries.at(-1);
      if (!last) return;
      yield entries;
      after = last.subject;
    }
  }

  async import(entries: readonly KeyEntry[]): Promise<void> {
    let forgotten = 0;
    const forget = this.database.prepare<[string]>(
      `INSERT INTO keys (subject, wrapped) VALUES (?, NULL)
       ON CONFLICT (subject) DO UPDATE SET wrapped = NULL WHERE wrapped IS NOT NULL`,
    );
    this.database
      .transaction(() => {
        for (const { subject, wrapped } of entries) {
          if (!wrapped) forgotten += forget.run(subject).changes;
          else {
            this.insert.run(subject, Buffer.from(wrapped));
            if (isOtherKey(wrapped, this.select.get(subject)?.wrapped)) throw new OtherKeyError();
          }
        }
      })
      .immediate();
    this.cache.clear();
    this.rows = this.countRows();
    if (forgotten > 0) await this.eraseTraces();
  }

  async close(): Promise<void> {
    this.cache.clear();
    this.database.close();
  }

  private read(subject: SubjectId): KeyAnswer {
    const cached = this.cache.get(subject);
    if (cached) return cached;
    const row = this.select.get(subject);
    if (!row) return undefined;
    // Anything else than null is a key, or what damage has made of one.
    if (row.wrapped === null) return 'forgotten';
    const key = this.unwrap(subject, row.wrapped);
    if (!key) return undefined;
    if (this.cache.size >= maxCached) this.cache.clear();
    this.cache.set(subject, key);
    return key;
  }

  /** A key whose bytes were damaged is lost: its person reads as erased, and nothing else fails. */
  private unwrap(subject: string, wrapped: Uint8Array): DataKey | undefined {
    try {
      return this.master.unwrap(subject, wrapped);
    } catch {
      return undefined;
    }
  }

  /** The old bytes of a forgotten key also stand in the write-ahead log until it is emptied: not erased before. */
  private async eraseTraces(): Promise<void> {
    const end = performance.now() + this.erasedWithin;
    while (!this.database.open || !this.answering(() => this.empty())) {
      if (!this.database.open || performance.now() > end)
        throw new StoreUnavailableError(
          'keys.db is being read: what was erased still stands in its WAL',
        );
      await pause(LOOK_AGAIN);
    }
  }

  private countRows(): number {
    return this.database.prepare<[], number>('SELECT count(*) FROM keys').pluck().get() ?? 0;
  }

  /** What SQLite throws becomes what callers of a port are told: a full disk may have room again soon. */
  private answering<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw asStoreError(this.file, error);
    }
  }

  private codeOf({ directory, position, digest }: LogAnchor): Buffer {
    const code = createHmac('sha256', this.master.derive('log-anchor'));
    return code.update(`${directory}\n${position}\n${digest}`).digest();
  }

  private checkMaster(): void {
    this.insert.run(PROBE, this.master.wrap(PROBE, randomBytes(32)));
    try {
      checkMaster(this.master, this.select.get(PROBE)?.wrapped);
    } catch (error) {
      const isOurs = this.opensAny();
      this.database.close();
      throw isOurs ? new DataFileRefusedError(this.file, 'damaged', { cause: error }) : error;
    }
  }

  /** Whether this master key wrapped some other key: then it is the probe that is damaged, not the key that is wrong. */
  private opensAny(): boolean {
    const others = this.database.prepare<[string], { subject: string; wrapped: Buffer }>(
      'SELECT subject, wrapped FROM keys WHERE subject <> ? AND wrapped IS NOT NULL LIMIT 3',
    );
    return others.all(PROBE).some(({ subject, wrapped }) => this.unwrap(subject, wrapped));
  }
}

function openFile(file: string): Database.Database {
  makeForOwnerAlone(file);
  const database = new Database(file, { timeout: LOCK_WAIT });
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    // A forgotten key must leave no trace in free pages.
    database.pragma('secure_delete = ON');
    database.exec(KEYS_TABLE);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
