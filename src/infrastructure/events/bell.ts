/** Rung when something was stored: wakes all who wait for more. */
export class Bell {
  private readonly waiting = new Set<() => void>();
  private rung = 0;

  /** How often it has rung: tells `next` what was heard already. */
  get rings(): number {
    return this.rung;
  }

  ring(): void {
    this.rung += 1;
    for (const wake of this.waiting) wake();
  }

  /**
   * Resolves at the first ring after the `heard` ones, which may be past, when `signal` aborts, or after `timeout` ms
   * (which keeps no process alive).
   */
  next(heard: number, signal: AbortSignal, timeout?: number): Promise<void> {
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      const wake = (): void => {
        this.waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        clearTimeout(timer);
        resolve();
      };
      if (signal.aborted || this.rung !== heard) {
        resolve();
        return;
      }
      this.waiting.add(wake);
      signal.addEventListener('abort', wake);
      if (timeout !== undefined) timer = setTimeout(wake, timeout).unref();
    });
  }
}
