/** A cell: text, a number, or nothing. */
export type CsvCell = string | number | undefined;

/** What a spreadsheet would run as a formula (OWASP, CSV injection), were it not told to be text. */
const formula = /^[\s\u00a0\u202f]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

function cellOf(value: CsvCell): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = formula.test(value) ? `'${value}` : value;
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A table as the spreadsheets of French offices open it by a double click: UTF-8 that says so, semicolons, CRLF. No
 * cell is ever a formula, whatever families have for names.
 */
export const csvOf = (heads: readonly string[], rows: readonly (readonly CsvCell[])[]): string =>
  `\ufeff${[heads, ...rows].map((cells) => `${cells.map(cellOf).join(';')}\r\n`).join('')}`;
