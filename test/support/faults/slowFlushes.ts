import Database from 'better-sqlite3';

/**
 * A disk that takes its time, seen where the portal meets it: in this process, whatever SQLite must flush to the disk
 * before it answers (the COMMIT of events.db, a key made in keys.db) takes so many milliseconds longer. The thread
 * stands still meanwhile, as it does in fsync. Databases that were opened before are slow as well, once they prepare
 * their statements anew; so call it before the portal opens.
 */
export function slowFlushes(milliseconds: () => number): {
  readonly count: () => number;
  end(): void;
} {
  const still = new Int32Array(new SharedArrayBuffer(4));
  const original = Reflect.get(Database.prototype, 'prepare') as Prepare;
  let count = 0;
  const prepare: Prepare = function (this: Database.Database, sql) {
    const statement = original.call(this, sql);
    if (!waitsForTheDisk(this.name, sql)) return statement;
    const run = statement.run.bind(statement);
    statement.run = (...parameters: unknown[]) => {
      count += 1;
      Atomics.wait(still, 0, 0, milliseconds());
      return run(...parameters);
    };
    return statement;
  };
  Reflect.set(Database.prototype, 'prepare', prepare);
  return {
    count: () => count,
    end: () => void Reflect.set(Database.prototype, 'prepare', original),
  };
}

type Prepare = (this: Database.Database, sql: string) => Database.Statement;

const waitsForTheDisk = (file: string, sql: string): boolean =>
  (file.endsWith('/events.db') && sql === 'COMMIT') ||
  (file.endsWith('/keys.db') && sql.startsWith('INSERT'));
