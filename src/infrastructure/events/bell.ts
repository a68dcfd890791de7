/** Rung when something was stored: wakes all who wait for more. */
export class Bell {
  private readonly waiting = new Set<() => void>();

  ring(): void {
    for (const wake of this.waiting) wake();
  }

  /** Resolves at the next ring, when `signal` aborts, or after `timeout` ms (which keeps no process alive). */
  next(signal: AbortSignal, timeout?: number): Promise<void> {
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      const wake = (): void => {
        this.waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        clearTimeout(timer);
        resolve();
      };
      if (signal.aborted) {
        resolve();
        return;
      }
      this.waiting.add(wake);
      signal.addEventListener('abort', wake);
      if (timeout !== undefined) timer = setTimeout(wake, timeout).unref();
    });
  }
}
