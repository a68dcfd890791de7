/** Milliseconds. */
const FIRST = 20;
const LONGEST = 1_000;

/** How long to wait before trying again: at once, then longer and longer. */
export class BackOff {
  private tries = 0;

  get next(): number {
    this.tries += 1;
    return this.tries === 1 ? 0 : Math.min(LONGEST, FIRST * 2 ** (this.tries - 2));
  }

  /** It went well: the next failure is a first one. */
  reset(): void {
    this.tries = 0;
  }
}

/** Waits, or stops waiting when `signal` aborts. A wait of 0 lets the client change channels first. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, milliseconds);
    if (signal.aborted) wake();
    else signal.addEventListener('abort', wake);
  });
}
