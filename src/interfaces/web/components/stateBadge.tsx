import type { IconName } from '../icons.ts';
import { Icon } from './icon.tsx';

/** `off`: nothing to do. `open`: can be asked for. */
export type StateTone = 'open' | 'ticked' | 'held' | 'wait' | 'list' | 'stop' | 'off';

interface StateBadgeProps {
  readonly tone: StateTone;
  readonly icon: IconName;
  /** The state in words: never told by colour or icon alone. */
  readonly words: string;
}

export function StateBadge({ tone, icon, words }: StateBadgeProps) {
  return (
    <span class={`state state--${tone}`}>
      <Icon name={icon} size={16} />
      <span>{words}</span>
    </span>
  );
}
