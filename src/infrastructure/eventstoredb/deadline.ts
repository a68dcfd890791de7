/** Some milliseconds from now, on the monotonic clock: a clock that is set neither shortens nor lengthens a wait. */
export class Deadline {
  private readonly at: number;

  constructor(milliseconds: number) {
    this.at = performance.now() + milliseconds;
  }

  /** Milliseconds; 1 at least, so that what begins at the last moment still has a time limit. */
  get left(): number {
    return Math.max(1, this.at - performance.now());
  }

  /** Whether something is left after waiting for so many milliseconds. */
  allows(wait: number): boolean {
    return performance.now() + wait < this.at;
  }
}
