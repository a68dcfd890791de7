import { openEventsFile } from './eventsFile.ts';

/** Each query finds one kind of fault; `fault` says what, in English, for the log. */
const FAULTS = [
  {
    fault: 'positions are missing from the global order',
    sql: 'SELECT max(position) <> count(*) AS found FROM events',
  },
  {
    fault: 'a stream has a gap or a double in its revisions',
    sql: `SELECT EXISTS (SELECT 1 FROM events GROUP BY stream
            HAVING count(*) <> max(revision) + 1 OR count(DISTINCT revision) <> count(*)) AS found`,
  },
  {
    fault: 'an event is not where the index of streams says',
    sql: `SELECT EXISTS (SELECT 1 FROM stream_index i LEFT JOIN events e ON e.position = i.position
            WHERE e.stream IS NOT i.stream OR e.revision IS NOT i.revision) AS found`,
  },
  {
    fault: 'the index of streams misses events',
    sql: `SELECT (SELECT count(*) FROM stream_index i WHERE i.position <= p.through)
            <> (SELECT count(*) FROM events e WHERE e.position <= p.through) AS found
          FROM stream_index_progress p`,
  },
] as const;

/**
 * Reads a whole events file, also while a portal writes it, and answers what is wrong in it; nothing when it is
 * sound. That no content was altered is what the hash chain of each stream proves. Throws DataFileRefusedError.
 */
export function verifyIntegrity(directory: string): readonly string[] {
  const database = openEventsFile(directory, 'read');
  try {
    return database.transaction(() => {
      const pages = database
        .prepare<[], { integrity_check: string }>('PRAGMA integrity_check')
        .all();
      const damage = pages.map((row) => row.integrity_check).filter((line) => line !== 'ok');
      if (damage.length > 0) return damage;
      return FAULTS.filter(
        ({ sql }) => database.prepare<[], { found: number }>(sql).get()?.found,
      ).map(({ fault }) => fault);
    })();
  } finally {
    database.close();
  }
}
