import { refusingBadFile } from './dataFileErrors.ts';
import { eventsFileOf, openEventsFile } from './eventsFile.ts';

/** Each query finds one kind of fault; `fault` says what, in French, for the operator. */
const FAULTS = [
  {
    fault: 'Il manque des événements dans l’ordre général du journal.',
    sql: 'SELECT max(position) <> count(*) AS found FROM events',
  },
  {
    fault: 'Un flux a un événement de moins, ou deux pour un.',
    sql: `SELECT EXISTS (SELECT 1 FROM events GROUP BY stream
            HAVING count(*) <> max(revision) + 1 OR count(DISTINCT revision) <> count(*)) AS found`,
  },
  {
    fault: 'Un événement n’est pas là où l’index des flux le dit.',
    sql: `SELECT EXISTS (SELECT 1 FROM stream_index i LEFT JOIN events e ON e.position = i.position
            WHERE e.stream IS NOT i.stream OR e.revision IS NOT i.revision) AS found`,
  },
  {
    fault: 'L’index des flux ne connaît pas tous les événements.',
    sql: `SELECT (SELECT count(*) FROM stream_index i WHERE i.position <= p.through)
            <> (SELECT count(*) FROM events e WHERE e.position <= p.through) AS found
          FROM stream_index_progress p`,
  },
] as const;

/**
 * Reads a whole events file, also while a portal writes it, and answers in French what is wrong; nothing when it is
 * sound. That no content was altered is what the hash chain of each stream proves. Throws DataFileRefusedError.
 */
export function verifyIntegrity(directory: string): readonly string[] {
  const database = openEventsFile(directory, 'read');
  try {
    const checked = database.transaction(() => {
      const pages = database
        .prepare<[], { integrity_check: string }>('PRAGMA integrity_check')
        .all();
      const damage = pages.map((row) => row.integrity_check).filter((line) => line !== 'ok');
      if (damage.length > 0) return damage.map((line) => `Le fichier est abîmé (${line}).`);
      return FAULTS.filter(
        ({ sql }) => database.prepare<[], { found: number }>(sql).get()?.found,
      ).map(({ fault }) => fault);
    });
    // Some damage keeps even the check from reading.
    return refusingBadFile(eventsFileOf(directory), checked);
  } finally {
    database.close();
  }
}
