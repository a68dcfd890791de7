import Database from 'better-sqlite3';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { DataKey, KeyAnswer, KeyVault } from '../../application/ports/keyVault.ts';
import type { SubjectId } from '../../domain/kernel/ids.ts';
import type { MasterKey } from '../crypto/masterKey.ts';

/** The data directory belongs to another master key: nothing in it could be read. */
export class WrongMasterKeyError extends Error {
  override readonly name = 'WrongMasterKeyError';
}

const probe = 'portail/probe';
/** Unwrapped keys kept in memory. */
const maxCached = 50_000;

interface Row {
  readonly wrapped: Buffer | null;
}

/** Key vault in `keys.db`: one row per subject; a forgotten subject keeps its row without a key. */
export class SqliteKeyVault implements KeyVault {
  private readonly database: Database.Database;
  private readonly cache = new Map<SubjectId, DataKey>();
  private readonly select: Database.Statement<[string], Row>;
  private readonly insert: Database.Statement<[string, Buffer]>;

  /** Throws WrongMasterKeyError when the vault was made with another master key. */
  constructor(
    directory: string,
    private readonly master: MasterKey,
  ) {
    this.database = new Database(join(directory, 'keys.db'));
    this.database.pragma('journal_mode = WAL');
    this.database.pragma('synchronous = FULL');
    // A forgotten key must leave no trace in free pages.
    this.database.pragma('secure_delete = ON');
    this.database.exec('CREATE TABLE IF NOT EXISTS keys (subject TEXT PRIMARY KEY, wrapped BLOB)');
    this.select = this.database.prepare('SELECT wrapped FROM keys WHERE subject = ?');
    this.insert = this.database.prepare(
      'INSERT INTO keys (subject, wrapped) VALUES (?, ?) ON CONFLICT (subject) DO NOTHING',
    );
    this.checkMaster();
  }

  peek(subject: SubjectId): KeyAnswer {
    return this.cache.get(subject);
  }

  async find(subject: SubjectId): Promise<KeyAnswer> {
    return this.read(subject);
  }

  async findOrCreate(subject: SubjectId): Promise<DataKey | 'forgotten'> {
    const known = this.read(subject);
    if (known) return known;
    this.insert.run(subject, this.master.wrap(subject, randomBytes(32)));
    const made = this.read(subject);
    if (!made) throw new Error('a key was not kept');
    return made;
  }

  async forget(subject: SubjectId): Promise<void> {
    this.cache.delete(subject);
    this.database
      .prepare(
        'INSERT INTO keys (subject, wrapped) VALUES (?, NULL) ON CONFLICT (subject) DO UPDATE SET wrapped = NULL',
      )
      .run(subject);
    // The key's old bytes also stand in the write-ahead log until it is emptied.
    this.database.pragma('wal_checkpoint(TRUNCATE)');
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
    if (!row.wrapped) return 'forgotten';
    const key = this.unwrap(subject, row.wrapped);
    if (!key) return undefined;
    if (this.cache.size >= maxCached) this.cache.clear();
    this.cache.set(subject, key);
    return key;
  }

  /** A key whose bytes were damaged is lost: its person reads as erased, and nothing else fails. */
  private unwrap(subject: SubjectId, wrapped: Buffer): DataKey | undefined {
    try {
      return this.master.unwrap(subject, wrapped);
    } catch {
      return undefined;
    }
  }

  private checkMaster(): void {
    this.insert.run(probe, this.master.wrap(probe, randomBytes(32)));
    const row = this.select.get(probe);
    try {
      if (row?.wrapped) this.master.unwrap(probe, row.wrapped);
    } catch {
      this.database.close();
      throw new WrongMasterKeyError(
        'La clé maîtresse n’est pas celle de ce dossier de données : rien ne pourrait y être lu.',
      );
    }
  }
}
