import type { ComponentChildren } from 'preact';

interface CardProps {
  readonly title?: string;
  /** Small words under the title. */
  readonly detail?: string;
  /** Id of the heading, for links and labels. */
  readonly id?: string;
  readonly level?: 2 | 3;
  /** Small words or a link beside the title. */
  readonly aside?: ComponentChildren;
  readonly flush?: boolean;
  readonly children: ComponentChildren;
}

export function Card({ title, detail, id, level = 2, aside, flush, children }: CardProps) {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section class={`card${flush ? ' card--flush' : ''}`} aria-labelledby={title && id}>
      {title && (
        <div class="card__head">
          <div>
            <Heading id={id}>{title}</Heading>
            {detail && <p class="card__detail">{detail}</p>}
          </div>
          {aside && <div class="card__aside">{aside}</div>}
        </div>
      )}
      {children}
    </section>
  );
}
