interface ProgressProps {
  readonly id: string;
  readonly label: string;
  readonly value: number;
  readonly max: number;
  /** « 12 sur 40 » */
  readonly words: string;
}

/** How far a work has come. */
export function Progress({ id, label, value, max, words }: ProgressProps) {
  return (
    <div class="progress">
      <span id={id}>{label}</span>
      <span class="progress__words">{words}</span>
      <progress class="progress__bar" aria-labelledby={id} value={value} max={max}>
        {words}
      </progress>
    </div>
  );
}

/** Places held out of places offered: numbers first, a bar for the eye. */
export function Places({ held, total }: { readonly held: number; readonly total: number }) {
  const full = held >= total;
  return (
    <span class={`places${full ? ' places--full' : ''}`}>
      <span class="places__words">
        <b>{held}</b>
        <span class="visually-hidden"> places prises sur </span>
        <span aria-hidden="true"> / </span>
        {total}
        {full && <span class="places__full"> complet</span>}
      </span>
      <progress class="places__bar" aria-hidden="true" value={Math.min(held, total)} max={total} />
    </span>
  );
}
