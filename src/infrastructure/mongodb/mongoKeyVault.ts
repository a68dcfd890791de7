import { randomBytes } from 'node:crypto';
import type { Collection } from 'mongodb';
import { StoreUnavailableError } from '../../application/ports/eventStore.ts';
import type { DataKey, KeyAnswer, KeyVault } from '../../application/ports/keyVault.ts';
import type { SubjectId } from '../../domain/kernel/ids.ts';
import { checkMaster, PROBE, type MasterKey } from '../crypto/masterKey.ts';
import { isOtherKey, OtherKeyError, type KeyEntry, type KeyTransfer } from '../keyTransfer.ts';
import type { MongoConnection } from './mongoConnection.ts';
import { duplicatesIn, isDuplicateKey } from './mongoErrors.ts';

export interface MongoKeyVaultOptions {
  /**
   * A key met longer ago is asked for again before it is used: another process may have forgotten it. One minute
   * unless told.
   */
  readonly trustedMs?: number;
  /**
   * While the server does not answer, a key already met serves on for so long in all: bookings go on during an outage.
   * Ten minutes unless told. So a key forgotten elsewhere is never used longer than this.
   */
  readonly unansweredMs?: number;
  /** Milliseconds that only grow. */
  readonly monotonic?: () => number;
}

interface KeyRow {
  readonly _id: string;
  /** Wrapped by the master key; null once the person was forgotten. */
  readonly wrapped: Uint8Array | null;
}

interface Met {
  readonly key: DataKey;
  /** When the server was last asked for it, and gave it. */
  readonly at: number;
}

const MAX_MET = 50_000;
const TRIES = 5;
/** Rows read at once. */
const PAGE = 500;
/** After the server did not answer, keys already met serve so long before it is asked again. */
const PAUSE_MS = 5_000;

/**
 * Opens the key vault: one document per subject in `keys`; a forgotten subject keeps its document without a key.
 * Throws WrongMasterKeyError when the vault was made with another master key, StoreUnavailableError.
 */
export async function openMongoKeyVault(
  connection: MongoConnection,
  master: MasterKey,
  options: MongoKeyVaultOptions = {},
): Promise<KeyVault & KeyTransfer> {
  const vault = new MongoKeyVault(connection, master, options);
  await vault.checkMaster();
  return vault;
}

class MongoKeyVault implements KeyVault, KeyTransfer {
  private readonly rows: Collection<KeyRow>;
  private readonly met = new Map<SubjectId, Met>();
  private askAgainAt = -Infinity;
  private readonly trustedMs: number;
  private readonly unansweredMs: number;
  private readonly monotonic: () => number;

  constructor(
    private readonly connection: MongoConnection,
    private readonly master: MasterKey,
    { trustedMs = 60_000, unansweredMs = 600_000, monotonic }: MongoKeyVaultOptions,
  ) {
    // A key that only a primary knew could be lost with it, after something was sealed with it.
    this.rows = connection.db.collection<KeyRow>('keys', { readConcern: { level: 'majority' } });
    this.trustedMs = trustedMs;
    this.unansweredMs = unansweredMs;
    this.monotonic = monotonic ?? (() => performance.now());
  }

  async checkMaster(): Promise<void> {
    checkMaster(this.master, (await this.rowMade(PROBE)).wrapped);
  }

  peek(subject: SubjectId): KeyAnswer {
    const met = this.met.get(subject);
    if (!met) return undefined;
    const now = this.monotonic();
    const serves = now < this.askAgainAt ? this.unansweredMs : this.trustedMs;
    return now < met.at + serves ? met.key : undefined;
  }

  async find(subject: SubjectId): Promise<KeyAnswer> {
    return this.peek(subject) ?? this.ask(subject, async () => this.row(subject));
  }

  async findOrCreate(subject: SubjectId): Promise<DataKey | 'forgotten'> {
    const known = await this.find(subject);
    if (known) return known;
    const made = await this.ask(subject, async () => this.rowMade(subject));
    if (!made) throw new Error('a key was not kept');
    return made;
  }

  async forget(subject: SubjectId): Promise<void> {
    this.met.delete(subject);
    await this.untilNotFirst(async () =>
      this.rows.updateOne({ _id: subject }, { $set: { wrapped: null } }, { upsert: true }),
    );
    // Whoever asked meanwhile may have met it again.
    this.met.delete(subject);
  }

  async *entries(): AsyncGenerator<readonly KeyEntry[]> {
    for (let after = ''; ;) {
      const _id = { $gt: after };
      const rows = await this.connection.ask(async () =>
        this.rows.find({ _id }).sort({ _id: 1 }).limit(PAGE).toArray(),
      );
      const last = rows.at(-1);
      if (!last) return;
      const entries = rows.filter((row) => row._id !== PROBE);
      if (entries.length > 0)
        yield entries.map(({ _id: subject, wrapped }) => ({ subject, wrapped }));
      after = last._id;
    }
  }

  async import(entries: readonly KeyEntry[]): Promise<void> {
    if (entries.length === 0) return;
    this.met.clear();
    const rows = entries.map(({ subject, wrapped }) => ({
      _id: subject,
      wrapped: wrapped && Buffer.from(wrapped),
    }));
    const there = await this.connection.ask(async () => this.insertAbsent(rows));
    const forgotten = there.filter(({ wrapped }) => !wrapped).map(({ _id }) => _id);
    if (forgotten.length > 0)
      await this.connection.ask(async () =>
        this.rows.updateMany({ _id: { $in: forgotten } }, { $set: { wrapped: null } }),
      );
    const ids = there.map(({ _id }) => _id);
    const found = await this.connection.ask(async () =>
      this.rows.find({ _id: { $in: ids } }).toArray(),
    );
    const kept = new Map(found.map(({ _id, wrapped }) => [_id, wrapped]));
    for (const { _id, wrapped } of there)
      if (wrapped && isOtherKey(wrapped, kept.get(_id))) throw new OtherKeyError();
    this.met.clear();
  }

  async close(): Promise<void> {
    this.met.clear();
  }

  /** Answers the rows whose subject has a row already. */
  private async insertAbsent(rows: readonly KeyRow[]): Promise<readonly KeyRow[]> {
    try {
      await this.rows.insertMany(rows, { ordered: false });
      return [];
    } catch (error) {
      const taken = new Set(duplicatesIn(error));
      return rows.filter((_, index) => taken.has(index));
    }
  }

  private async ask(
    subject: SubjectId,
    question: () => Promise<KeyRow | undefined>,
  ): Promise<KeyAnswer> {
    const before = this.monotonic();
    let row: KeyRow | undefined;
    try {
      row = await question();
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      this.askAgainAt = this.monotonic() + PAUSE_MS;
      const meanwhile = this.peek(subject);
      if (meanwhile) return meanwhile;
      throw error;
    }
    this.askAgainAt = -Infinity;
    const key = row?.wrapped ? this.unwrap(subject, row.wrapped) : undefined;
    if (!key) {
      this.met.delete(subject);
      return row && !row.wrapped ? 'forgotten' : undefined;
    }
    if (this.met.size >= MAX_MET) this.met.clear();
    this.met.set(subject, { key, at: before });
    return key;
  }

  private async row(subject: string): Promise<KeyRow | undefined> {
    return this.connection.ask(
      async () => (await this.rows.findOne({ _id: subject })) ?? undefined,
    );
  }

  /**
   * The subject's row, made if there was none. One request, also when the row stands already: it is confirmed by a
   * majority either way, so a row that another process is just making can't be used before it is safe.
   */
  private async rowMade(subject: string): Promise<KeyRow> {
    const wrapped = this.master.wrap(subject, randomBytes(32));
    const row = await this.untilNotFirst(async () =>
      this.rows.findOneAndUpdate(
        { _id: subject },
        { $setOnInsert: { wrapped } },
        { upsert: true, returnDocument: 'after' },
      ),
    );
    if (!row) throw new Error('a key was not kept');
    return row;
  }

  /** Of two upserts of one new document, a server may refuse one: it then finds the other's. */
  private async untilNotFirst<T>(upsert: () => Promise<T>): Promise<T> {
    for (let left = TRIES; ; left -= 1)
      try {
        return await this.connection.ask(upsert);
      } catch (error) {
        if (left <= 1 || !isDuplicateKey(error)) throw error;
      }
  }

  /** A key whose bytes were damaged is lost: its person reads as erased, and nothing else fails. */
  private unwrap(subject: SubjectId, wrapped: Uint8Array): DataKey | undefined {
    try {
      return this.master.unwrap(subject, wrapped);
    } catch {
      return undefined;
    }
  }
}
