import { Icon } from './icon.tsx';

interface PeriodSwitcherProps {
  /** « novembre 2026 », « lundi 23 novembre » */
  readonly label: string;
  readonly previous?: { readonly href: string; readonly label: string };
  readonly next?: { readonly href: string; readonly label: string };
  /** « Choisir un mois » */
  readonly name: string;
}

/** One step back, where we are, one step forward. */
export function PeriodSwitcher({ label, previous, next, name }: PeriodSwitcherProps) {
  return (
    <nav class="period" aria-label={name}>
      {previous ? (
        <a class="icon-button" href={previous.href} rel="prev">
          <Icon name="chevron-left" />
          <span class="visually-hidden">{previous.label}</span>
        </a>
      ) : (
        <span class="icon-button icon-button--off" />
      )}
      <p class="period__label" aria-current="date">
        {label}
      </p>
      {next ? (
        <a class="icon-button" href={next.href} rel="next">
          <Icon name="chevron-right" />
          <span class="visually-hidden">{next.label}</span>
        </a>
      ) : (
        <span class="icon-button icon-button--off" />
      )}
    </nav>
  );
}
