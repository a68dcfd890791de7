/**
 * Runs pieces of work side by side, a bounded number at a time; those that share a key run one after the other, in
 * the order given. After a failure nothing new starts, and whoever waits hears of it.
 */
export class OrderedWork {
  private readonly last = new Map<string, Promise<void>>();
  private running = 0;
  private wake: () => void = () => undefined;
  private failure: { readonly error: unknown } | undefined;

  constructor(private readonly concurrency: number) {}

  /** Resolves once there is room for more; rejects with the first error of any work. One caller at a time. */
  async add(keys: readonly string[], work: () => Promise<void>): Promise<void> {
    const before = keys.flatMap((key) => this.last.get(key) ?? []);
    this.running += 1;
    const run = this.run(before, work).then(() => {
      this.running -= 1;
      for (const key of keys) if (this.last.get(key) === run) this.last.delete(key);
      this.wake();
    });
    for (const key of keys) this.last.set(key, run);
    await this.untilFewerThan(this.concurrency);
    this.throwFailure();
  }

  /** Resolves when all is done; rejects with the first error. */
  async finish(): Promise<void> {
    await this.untilFewerThan(1);
    this.throwFailure();
  }

  private async untilFewerThan(count: number): Promise<void> {
    while (this.running >= count) await new Promise<void>((resolve) => (this.wake = resolve));
  }

  private async run(before: readonly Promise<void>[], work: () => Promise<void>): Promise<void> {
    if (before.length > 0) await Promise.all(before);
    if (this.failure) return;
    try {
      await work();
    } catch (error) {
      this.failure ??= { error };
    }
  }

  private throwFailure(): void {
    if (this.failure) throw this.failure.error;
  }
}
