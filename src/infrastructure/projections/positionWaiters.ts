import type { Position } from '../../application/ports/eventStore.ts';

interface Waiter {
  readonly projections: readonly string[];
  readonly position: Position;
  readonly settle: (seen: boolean) => void;
}

/** How far readers of each projection see, and who waits for them to see further. */
export class PositionWaiters {
  private readonly positions = new Map<string, Position>();
  private readonly waiting = new Set<Waiter>();

  position(projection: string): Position | undefined {
    return this.positions.get(projection);
  }

  moved(projection: string, position: Position): void {
    this.positions.set(projection, position);
    for (const waiter of this.waiting) if (this.sees(waiter)) waiter.settle(true);
  }

  /** Nothing is known any more. */
  forget(): void {
    this.positions.clear();
  }

  /** The projection stands still: nobody waits for it any more. */
  stopped(projection: string): void {
    for (const { projections, position, settle } of this.waiting)
      if (projections.includes(projection) && !this.sees({ projections: [projection], position }))
        settle(false);
  }

  /** Resolves true as soon as all have seen the position, false after `timeoutMs`. */
  async wait(
    projections: readonly string[],
    position: Position,
    timeoutMs: number,
  ): Promise<boolean> {
    if (this.sees({ projections, position })) return true;
    return new Promise((resolve) => {
      const settle = (seen: boolean): void => {
        clearTimeout(timer);
        this.waiting.delete(waiter);
        resolve(seen);
      };
      const timer = setTimeout(() => settle(false), timeoutMs);
      const waiter = { projections, position, settle };
      this.waiting.add(waiter);
    });
  }

  /** Ends every wait. */
  close(): void {
    for (const { settle } of this.waiting) settle(false);
  }

  private sees({ projections, position }: Omit<Waiter, 'settle'>): boolean {
    return projections.every((name) => (this.positions.get(name) ?? -1n) >= position);
  }
}
