import type Database from 'better-sqlite3';
import * as file from './readModelFile.ts';

/** A read-model file that could not be used: where it is now, and why. Nothing is lost: the log has it all. */
export interface SetAside {
  readonly path: string;
  readonly movedTo: string;
  readonly reason: string;
}

/** One opened file and its prepared statements. */
export interface Connection {
  readonly db: Database.Database;
  statement<Row>(sql: string): Database.Statement<unknown[], Row>;
  /** The same, with integers read as bigint. */
  positions<Row>(sql: string): Database.Statement<unknown[], Row>;
  /** Before a table goes: statements of dropped tables are never asked for again. */
  forgetStatements(): void;
}

/** The file behind a store, reopened when it was replaced, replaced when it is damaged. */
export interface ReadModelConnection {
  /** Runs `work` in one snapshot; answers `none` while there is no file to read. */
  read<T>(none: T, work: (at: Connection) => T): T;
  /** Runs `work` in one transaction. */
  write<T>(work: (at: Connection) => T): T;
  /** Throws when `at` is not the file in use any more. */
  insist(at: Connection): void;
  close(): void;
}

export interface ConnectionOptions {
  readonly mode: 'read' | 'write';
  readonly onSetAside?: (event: SetAside) => void;
}

const STATEMENTS_KEPT = 300;

export function openReadModelConnection(
  path: string,
  { mode, onSetAside = warn }: ConnectionOptions,
): ReadModelConnection {
  let current: (Connection & { readonly identity: number | undefined }) | undefined;
  let closed = false;

  const use = (db: Database.Database, identity = file.fileIdentity(path)) =>
    (current = { ...connectionTo(db), identity });
  const drop = (): void => {
    const db = current?.db;
    current = undefined;
    try {
      db?.close();
    } catch {
      // A damaged file may refuse even that.
    }
  };
  const startAfresh = (reason: string) => {
    drop();
    const movedTo = file.setAside(path);
    const opened = use(file.openForWriting(path));
    onSetAside({ path, movedTo, reason });
    return opened;
  };
  const openWriter = () => {
    try {
      return use(file.openForWriting(path));
    } catch (error) {
      if (error instanceof file.UnusableFileError) return startAfresh(error.message);
      throw error;
    }
  };
  const reader = () => {
    const identity = file.fileIdentity(path);
    if (current && current.identity === identity) return current;
    drop();
    const db = file.openForReading(path);
    return db && use(db, identity);
  };
  const connection = (): Connection | undefined => {
    if (closed) throw new Error('the read-model store is closed');
    return mode === 'write' ? (current ?? openWriter()) : reader();
  };
  const attempt = <T>(begin: string, at: Connection, work: (at: Connection) => T): T => {
    try {
      at.statement(begin).run();
      const result = work(at);
      at.statement('COMMIT').run();
      return result;
    } catch (error) {
      if (file.isDamage(error)) {
        if (mode === 'write') startAfresh('damaged');
        else {
          drop();
          file.markDamaged(path);
        }
      } else if (at.db.inTransaction) at.statement('ROLLBACK').run();
      throw error;
    }
  };

  if (mode === 'write') openWriter();
  return {
    read(none, work) {
      const at = connection();
      return at ? attempt('BEGIN', at, work) : none;
    },
    write(work) {
      const at = connection();
      if (mode === 'read' || !at) throw new Error('this read-model store was opened for reading');
      return attempt('BEGIN IMMEDIATE', at, work);
    },
    insist(at) {
      if (at !== current) throw new Error('the read models were started afresh');
    },
    close() {
      closed = true;
      drop();
    },
  };
}

function connectionTo(db: Database.Database): Connection {
  const plain = new Map<string, Database.Statement>();
  const exact = new Map<string, Database.Statement>();
  const prepared = (kept: Map<string, Database.Statement>, sql: string): Database.Statement => {
    let statement = kept.get(sql);
    if (!statement) {
      if (kept.size >= STATEMENTS_KEPT) kept.clear();
      statement = db.prepare(sql).safeIntegers(kept === exact);
      kept.set(sql, statement);
    }
    return statement;
  };
  return {
    db,
    statement: <Row>(sql: string) => prepared(plain, sql) as Database.Statement<unknown[], Row>,
    positions: <Row>(sql: string) => prepared(exact, sql) as Database.Statement<unknown[], Row>,
    forgetStatements() {
      plain.clear();
      exact.clear();
    },
  };
}

const warn = ({ path, movedTo, reason }: SetAside): void =>
  process.emitWarning(`${path} could not be used (${reason}): set aside as ${movedTo}`);
