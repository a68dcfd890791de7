import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { IconName, MarkName } from '../icons.ts';

/** Address of the icon sprite; the page's layout provides it. */
export const SpriteUrl = createContext('/assets/icons.svg');

/** A decoration: what it means always stands beside it in words. */
export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  const sprite = useContext(SpriteUrl);
  return (
    <svg class="icon" width={size} height={size} aria-hidden="true" focusable="false">
      <use href={`${sprite}#${name}`} />
    </svg>
  );
}

interface MarkProps {
  readonly name: MarkName;
  /** Ties the mark to the checkbox of this value: the script redraws it as the box is ticked. */
  readonly of?: string | undefined;
  /** The mark when that box isn't ticked. */
  readonly unticked?: MarkName | undefined;
}

/** A mark of the month: one shape for each state. */
export function Mark({ name, of, unticked }: MarkProps) {
  const sprite = useContext(SpriteUrl);
  return (
    <svg
      class={`mark mark--${name}`}
      width="12"
      height="12"
      aria-hidden="true"
      focusable="false"
      data-mark-of={of}
      data-unticked={unticked}
    >
      <use href={`${sprite}#mark-${name}`} />
    </svg>
  );
}
