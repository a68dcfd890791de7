import type { IconName, MarkName } from '../icons.ts';
import type { PageContext } from './pageContext.ts';

/** Where the sprite is for a component drawn outside of a page. */
const anySprite = '/assets/icons.svg';

interface IconProps {
  readonly name: IconName;
  readonly size?: number;
}

/** A decoration: what it means always stands beside it in words. */
export function Icon({ name, size = 20 }: IconProps, { sprite = anySprite }: PageContext) {
  return (
    <svg class="icon" width={size} height={size} aria-hidden="true">
      <use href={`${sprite}#${name}`} />
    </svg>
  );
}

interface MarkProps {
  readonly name: MarkName;
  /** The mark when its box isn't ticked, for the script: told only where the page comes with the box ticked. */
  readonly unticked?: MarkName | undefined;
}

/** A mark of the month: one shape for each state. */
export function Mark({ name, unticked }: MarkProps, { sprite = anySprite }: PageContext) {
  return (
    <svg
      class={`mark mark--${name}`}
      width="12"
      height="12"
      aria-hidden="true"
      data-unticked={unticked}
    >
      <use href={`${sprite}#mark-${name}`} />
    </svg>
  );
}
