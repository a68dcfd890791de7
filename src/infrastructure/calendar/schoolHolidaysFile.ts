import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isLocalDate, type LocalDate } from '../../domain/kernel/localDate.ts';
import type { NamedPeriod } from '../../domain/kernel/townCalendar.ts';

export const schoolZones = ['A', 'B', 'C'] as const;
export type SchoolZone = (typeof schoolZones)[number];

/** School holidays by zone, oldest first; both ends included. */
export type SchoolHolidays = Readonly<Record<SchoolZone, readonly NamedPeriod[]>>;

/** One line of the file that can't be read; lines count from 1, with the heading. */
export interface FileFault {
  readonly line: number;
  readonly message: string;
}

/** The file of school holidays is refused whole; every fault is named with its line. */
export class SchoolHolidaysFileError extends Error {
  override readonly name = 'SchoolHolidaysFileError';
  constructor(readonly faults: readonly FileFault[]) {
    const lines = faults.map(({ line, message }) => `  - ligne ${line}\u00a0: ${message}`);
    super(`Le fichier des vacances scolaires est à revoir\u00a0:\n${lines.join('\n')}`);
  }
}

const heading = 'zone,name,first_day,last_day';

interface Row {
  readonly line: number;
  readonly zone: SchoolZone;
  readonly period: NamedPeriod;
}

const isZone = (text: string): text is SchoolZone => schoolZones.some((zone) => zone === text);

/** The row of one line, or what is wrong with it. */
function rowOf(text: string, line: number): Row | FileFault {
  const fault = (message: string): FileFault => ({ line, message });
  const [zone = '', name = '', from = '', to = '', ...more] = text.split(',');
  if (more.length > 0 || text.split(',').length < 4)
    return fault(`il faut quatre valeurs (${heading})`);
  if (!isZone(zone)) return fault(`« ${zone} » n’est pas une zone (A, B ou C)`);
  if (name.trim() === '' || name.includes('"')) return fault('il manque le nom des vacances');
  if (!isLocalDate(from)) return fault(`« ${from} » n’est pas un jour (par exemple 2027-02-06)`);
  if (!isLocalDate(to)) return fault(`« ${to} » n’est pas un jour (par exemple 2027-02-21)`);
  if (to < from) return fault('les vacances finissent avant de commencer');
  return { line, zone, period: { name: name.trim().replaceAll("'", '’'), from, to } };
}

const summerOf = ({ from, to }: NamedPeriod): boolean => {
  const august: string = `${to.slice(0, 4)}-08-01`;
  return from <= august && august <= to;
};

/** Rows of one zone must not overlap, and must end with a summer: a school year is known whole or not at all. */
function faultsOfZone(rows: readonly Row[], zone: SchoolZone, lastLine: number): FileFault[] {
  const last = rows.at(-1);
  if (!last) return [{ line: lastLine, message: `la zone ${zone} n’a aucune ligne` }];
  const overlaps = rows.flatMap(({ line, period }, i) => {
    const before = rows[i - 1];
    return before && period.from <= before.period.to
      ? [
          {
            line,
            message: `ces vacances commencent avant la fin de celles de la ligne ${before.line}`,
          },
        ]
      : [];
  });
  return summerOf(last.period)
    ? overlaps
    : [
        ...overlaps,
        { line: last.line, message: `la zone ${zone} s’arrête avant des vacances d’été` },
      ];
}

/**
 * Reads the whole file (`data/school-holidays.csv`, its README tells the format).
 * Throws SchoolHolidaysFileError with every fault.
 */
export function parseSchoolHolidays(csv: string): SchoolHolidays {
  const lines = csv.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  if (lines[0] !== heading)
    throw new SchoolHolidaysFileError([
      { line: 1, message: `la première ligne doit être « ${heading} »` },
    ]);
  const faults: FileFault[] = [];
  const rows: Row[] = [];
  for (const [index, text] of lines.entries()) {
    if (index === 0) continue;
    const row = rowOf(text, index + 1);
    if ('message' in row) faults.push(row);
    else rows.push(row);
  }
  rows.sort((a, b) => (a.period.from < b.period.from ? -1 : 1));
  const ofZone = (zone: SchoolZone): Row[] => rows.filter((row) => row.zone === zone);
  if (faults.length === 0)
    faults.push(...schoolZones.flatMap((zone) => faultsOfZone(ofZone(zone), zone, lines.length)));
  if (faults.length > 0) throw new SchoolHolidaysFileError(faults.sort((a, b) => a.line - b.line));
  const periods = (zone: SchoolZone): NamedPeriod[] => ofZone(zone).map(({ period }) => period);
  return { A: periods('A'), B: periods('B'), C: periods('C') };
}

/** The nearest folder upwards that holds a package.json: the same from `src/` and from the bundle in `dist/`. */
function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('no package.json above this file');
    folder = parent;
  }
  return folder;
}

/** The text of the file that comes with the portal: zones A, B and C, September 2022 to August 2028. */
export const bundledSchoolHolidays = (): string =>
  readFileSync(join(packageRoot(), 'data', 'school-holidays.csv'), 'utf8');

/** 1 September of the school year that holds this day. */
export const schoolYearStart = (date: LocalDate): LocalDate => {
  const year = Number(date.slice(0, 4)) - (date.slice(5) < '09-01' ? 1 : 0);
  return `${year}-09-01` as LocalDate;
};
