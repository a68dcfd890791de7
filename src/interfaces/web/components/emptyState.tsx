import type { ComponentChildren } from 'preact';
import type { IconName } from '../icons.ts';
import { Icon } from './icon.tsx';

interface EmptyStateProps {
  readonly icon: IconName;
  readonly title: string;
  readonly children?: ComponentChildren;
  /** A link or a button: what to do next. */
  readonly action?: ComponentChildren;
}

/** Nothing to show, said kindly, with what to do next. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div class="empty">
      <span class="empty__icon">
        <Icon name={icon} size={28} />
      </span>
      <p class="empty__title">{title}</p>
      {children && <div class="empty__text">{children}</div>}
      {action && <div class="empty__action">{action}</div>}
    </div>
  );
}
