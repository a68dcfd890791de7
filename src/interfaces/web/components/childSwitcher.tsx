import { Going } from './going.tsx';
import { Icon } from './icon.tsx';

export interface ChildTab {
  /** « Léa », « Toute la famille » */
  readonly label: string;
  /** « CE1 » */
  readonly detail?: string;
  readonly href: string;
  readonly current: boolean;
  readonly family?: boolean;
}

interface ChildSwitcherProps {
  readonly tabs: readonly ChildTab[];
  /** Id of a form whose fields go along: the links are then buttons of that form. */
  readonly form?: string | undefined;
}

/** Each child of the family one tap away. */
export function ChildSwitcher({ tabs, form }: ChildSwitcherProps) {
  return (
    <nav class="pills" aria-label="Choisir un enfant">
      <ul class="pills__list">
        {tabs.map(({ label, detail, href, current, family }) => (
          <li key={href}>
            <Going class="pill" href={href} form={form} aria-current={current ? 'page' : undefined}>
              {family && <Icon name="users" size={18} />}
              <span>{label}</span>
              {detail && <small>{detail}</small>}
            </Going>
          </li>
        ))}
      </ul>
    </nav>
  );
}
