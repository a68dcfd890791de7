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

/** Each child of the family one tap away. */
export function ChildSwitcher({ tabs }: { readonly tabs: readonly ChildTab[] }) {
  return (
    <nav class="pills" aria-label="Choisir un enfant">
      <ul class="pills__list">
        {tabs.map(({ label, detail, href, current, family }) => (
          <li key={href}>
            <a class="pill" href={href} aria-current={current ? 'page' : undefined}>
              {family && <Icon name="users" size={18} />}
              <span>{label}</span>
              {detail && <small>{detail}</small>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
