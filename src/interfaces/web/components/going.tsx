import type { ComponentChildren } from 'preact';

interface GoingProps {
  readonly href: string;
  /** Id of a form whose fields go along. */
  readonly form?: string | undefined;
  readonly class: string;
  readonly rel?: 'prev' | 'next';
  readonly 'aria-current'?: 'page' | undefined;
  readonly children: ComponentChildren;
}

/** Leads to another page: a link, or a button that takes along what a form of this page holds, with no script. */
export const Going = ({ href, form, rel, children, ...look }: GoingProps) =>
  form === undefined ? (
    <a href={href} rel={rel} {...look}>
      {children}
    </a>
  ) : (
    <button type="submit" form={form} formaction={href} {...look}>
      {children}
    </button>
  );
