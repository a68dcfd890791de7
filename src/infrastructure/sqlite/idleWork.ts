/** Work for quiet moments: runs once nothing has happened for a while, a piece at a time. Keeps no process alive. */
export class IdleWork {
  private timer: NodeJS.Timeout | undefined;
  private busy = false;
  private stopped = false;

  /** `work` does one piece, and answers whether there is more to do. */
  constructor(
    private readonly work: () => boolean,
    private readonly quiet: number,
  ) {}

  /** Something happened: not now. */
  touch(): void {
    this.busy = true;
    if (this.timer === undefined && !this.stopped) this.wait(this.quiet);
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private wait(delay: number): void {
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.busy) {
        this.busy = false;
        this.wait(this.quiet);
      } else if (this.work()) this.wait(1);
    }, delay).unref();
  }
}
