import { Going } from './going.tsx';
import { Icon } from './icon.tsx';

interface PeriodSwitcherProps {
  /** « novembre 2026 », « lundi 23 novembre » */
  readonly label: string;
  readonly previous?: { readonly href: string; readonly label: string };
  readonly next?: { readonly href: string; readonly label: string };
  /** « Choisir un mois » */
  readonly name: string;
  /** Id of a form whose fields go along: the links are then buttons of that form. */
  readonly form?: string | undefined;
}

/** One step back, where we are, one step forward. */
export function PeriodSwitcher({ label, previous, next, name, form }: PeriodSwitcherProps) {
  return (
    <nav class="period" aria-label={name}>
      {previous ? (
        <Going class="icon-button" href={previous.href} form={form} rel="prev">
          <Icon name="chevron-left" />
          <span class="visually-hidden">{previous.label}</span>
        </Going>
      ) : (
        <span class="icon-button icon-button--off" />
      )}
      <p class="period__label" aria-current="date">
        {label}
      </p>
      {next ? (
        <Going class="icon-button" href={next.href} form={form} rel="next">
          <Icon name="chevron-right" />
          <span class="visually-hidden">{next.label}</span>
        </Going>
      ) : (
        <span class="icon-button icon-button--off" />
      )}
    </nav>
  );
}
