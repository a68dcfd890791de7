import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';

interface DialogProps {
  readonly id: string;
  readonly title: string;
  readonly children: ComponentChildren;
}

/** A modal window, opened by a `Button opens={id}` once the script runs; never the only way to do something. */
export function Dialog({ id, title, children }: DialogProps) {
  return (
    <dialog class="dialog" id={id} aria-labelledby={`${id}-titre`}>
      <div class="dialog__head">
        <h2 id={`${id}-titre`}>{title}</h2>
        <form method="dialog">
          <button type="submit" class="icon-button" aria-label="Fermer">
            <Icon name="x" />
          </button>
        </form>
      </div>
      {children}
    </dialog>
  );
}
