import type { MarkName } from '../icons.ts';
import { Mark } from './icon.tsx';
import { legendWords } from './slotWords.ts';

interface LegendProps {
  readonly marks: ReadonlySet<MarkName>;
  /** Each day has a line for each child. */
  readonly lines?: boolean;
}

/** What the marks mean: only those that this month shows. */
export function Legend({ marks, lines }: LegendProps) {
  const shown = legendWords.filter(([mark]) => marks.has(mark));
  if (shown.length === 0) return null;
  return (
    <div class="legend">
      <h2 class="visually-hidden">Légende</h2>
      <ul class="legend__list">
        {shown.map(([mark, words]) => (
          <li key={mark}>
            <Mark name={mark} />
            {words}
          </li>
        ))}
        {lines && <li>une ligne par enfant</li>}
      </ul>
    </div>
  );
}
