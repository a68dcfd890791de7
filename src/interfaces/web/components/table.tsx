import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';

export interface Column<Row> {
  readonly key: string;
  readonly head: string;
  /** For screen readers only. */
  readonly headHidden?: boolean;
  readonly cell: (row: Row) => ComponentChildren;
  /** This cell names its row. */
  readonly rowHead?: boolean;
  /** Numbers: aligned to the right, tabular figures. */
  readonly numeric?: boolean;
  /** Left out below 720 px: the row says it elsewhere. */
  readonly wideOnly?: boolean;
  /** Address of the page sorted by this column. */
  readonly sortHref?: string;
  readonly sorted?: 'ascending' | 'descending';
}

interface TableProps<Row> {
  readonly caption: string;
  readonly captionHidden?: boolean;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Stands in place of the rows when there is none. */
  readonly empty?: ComponentChildren;
}

const classes = <Row,>({ numeric, wideOnly }: Column<Row>): string | undefined =>
  [numeric && 'numeric', wideOnly && 'wide-only'].filter(Boolean).join(' ') || undefined;

function Head<Row>({ column }: { readonly column: Column<Row> }) {
  const { head, headHidden, sortHref, sorted } = column;
  return (
    <th scope="col" class={classes(column)} aria-sort={sorted}>
      {sortHref ? (
        <a class="table__sort" href={sortHref}>
          {head}
          <span class="visually-hidden">, trier</span>
          <Icon
            name={
              sorted === 'ascending'
                ? 'arrow-up'
                : sorted === 'descending'
                  ? 'arrow-down'
                  : 'chevrons-up-down'
            }
            size={16}
          />
        </a>
      ) : (
        <span class={headHidden ? 'visually-hidden' : undefined}>{head}</span>
      )}
    </th>
  );
}

/** A data table: caption, heads that stay in sight, sorting by link. */
export function Table<Row>(props: TableProps<Row>) {
  const { caption, captionHidden, columns, rows, rowKey, empty } = props;
  if (rows.length === 0 && empty) return <>{empty}</>;
  return (
    <table class="table">
      <caption class={captionHidden ? 'visually-hidden' : undefined}>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <Head key={column.key} column={column} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)}>
            {columns.map((column) =>
              column.rowHead ? (
                <th key={column.key} scope="row" class={classes(column)}>
                  {column.cell(row)}
                </th>
              ) : (
                <td key={column.key} class={classes(column)}>
                  {column.cell(row)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
