import type { ComponentChildren } from 'preact';

interface StickyBarProps {
  /** What stands there while nothing is ticked, and when the script doesn't run. */
  readonly children: ComponentChildren;
  /** What goes with it from other pages. */
  readonly also?: string | undefined;
  readonly action: ComponentChildren;
}

/** Stays at the foot of the window: how many, how much, until when, and the one button. */
export function StickyBar({ children, also, action }: StickyBarProps) {
  return (
    <div class="bar">
      <div class="bar__inner">
        <div class="bar__words">
          <p class="bar__neutral" data-tally-neutral>
            {children}
          </p>
          <div class="bar__tally" role="status" data-tally>
            <p class="bar__count" data-tally-count />
            <p class="bar__limit" data-tally-limit />
          </div>
          {also && <p class="bar__also">{also}</p>}
        </div>
        {action}
      </div>
    </div>
  );
}
