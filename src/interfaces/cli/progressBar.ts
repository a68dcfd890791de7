import type { DemoProgress } from './demo/fillDemoTown.ts';

/** Where progress is written: `process.stderr`, or a test's own. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const NBSP = '\u00a0';
const NNBSP = '\u202f';
const width = 24;
const eraseLine = '\r\u001b[2K';

/** « 12 345 », with narrow spaces that don't break. */
const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, NNBSP);

/**
 * Draws progress on a stream: one line drawn again on a terminal, a line every ten per cent elsewhere. A line ends
 * when all is done.
 */
export function progressBar(stream: ProgressStream): (progress: DemoProgress) => void {
  let toldTenth = 0;
  return ({ done, total, label }) => {
    const share = total === 0 ? 1 : Math.min(1, done / total);
    const percent = `${Math.floor(share * 100)}${NBSP}%`;
    const counts = `${grouped(done)} sur ${grouped(total)}`;
    if (stream.isTTY === true) {
      const full = Math.round(share * width);
      const bar = '█'.repeat(full) + '░'.repeat(width - full);
      const line = `${bar} ${percent.padStart(5)}  ${label}${NBSP}: ${counts}`;
      stream.write(eraseLine + line.slice(0, (stream.columns ?? 80) - 1));
      if (done >= total) stream.write('\n');
      return;
    }
    const tenth = Math.floor(share * 10);
    if (tenth === toldTenth) return;
    toldTenth = tenth;
    stream.write(`${percent}  ${label}${NBSP}: ${counts}\n`);
  };
}
