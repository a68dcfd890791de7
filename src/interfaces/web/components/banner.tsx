import type { ComponentChildren } from 'preact';
import type { IconName } from '../icons.ts';
import { Icon } from './icon.tsx';

export type BannerTone = 'done' | 'wait' | 'stop' | 'info';

const icons: Readonly<Record<BannerTone, IconName>> = {
  done: 'circle-check',
  wait: 'hourglass',
  stop: 'triangle-alert',
  info: 'info',
};

interface BannerProps {
  readonly tone: BannerTone;
  readonly title: string;
  readonly children?: ComponentChildren;
  /** Says it aloud when the page opens (RGAA 7.5): for the answer to something just done. */
  readonly announced?: boolean;
}

export function Banner({ tone, title, children, announced }: BannerProps) {
  return (
    <div
      class={`banner banner--${tone}`}
      role={announced ? (tone === 'stop' ? 'alert' : 'status') : undefined}
    >
      <Icon name={icons[tone]} size={24} />
      <div>
        <p class="banner__title">{title}</p>
        {children && <div>{children}</div>}
      </div>
    </div>
  );
}
