import type { ComponentChildren } from 'preact';
import type { IconName } from '../icons.ts';
import { Icon } from './icon.tsx';

export type ButtonTone = 'primary' | 'secondary' | 'quiet' | 'danger';

interface Look {
  /** One primary button on a page. */
  readonly tone?: ButtonTone;
  readonly icon?: IconName;
  readonly iconAfter?: IconName;
  readonly wide?: boolean;
  readonly children: ComponentChildren;
}

const classOf = ({ tone = 'secondary', wide }: Pick<Look, 'tone' | 'wide'>): string =>
  `button button--${tone}${wide ? ' button--wide' : ''}`;

function Inside({ icon, iconAfter, children }: Pick<Look, 'icon' | 'iconAfter' | 'children'>) {
  return (
    <>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
      {iconAfter && <Icon name={iconAfter} />}
    </>
  );
}

interface ButtonProps extends Look {
  readonly type?: 'submit' | 'button';
  readonly name?: string;
  readonly value?: string;
  readonly disabled?: boolean;
  /** Id of the form that it sends, when it stands outside of it. */
  readonly form?: string;
  /** Id of a dialog that the script opens. */
  readonly opens?: string;
}

export function Button({
  type = 'submit',
  name,
  value,
  disabled,
  form,
  opens,
  ...look
}: ButtonProps) {
  return (
    <button
      type={type}
      class={classOf(look)}
      name={name}
      value={value}
      disabled={disabled}
      form={form}
      data-opens={opens}
    >
      <Inside {...look} />
    </button>
  );
}

interface LinkButtonProps extends Look {
  readonly href: string;
  readonly download?: boolean;
}

/** A link that looks like a button: it leads somewhere, it sends nothing. */
export function LinkButton({ href, download, ...look }: LinkButtonProps) {
  return (
    <a href={href} class={classOf(look)} download={download}>
      <Inside {...look} />
    </a>
  );
}
