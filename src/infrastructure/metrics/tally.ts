/** Counts by a few words; an increment costs two look-ups and no text is made. */
export class Tally {
  private readonly counts = new Map<string, Map<string, number>>();

  add(first: string, second: string): void {
    const inner = this.counts.get(first) ?? new Map<string, number>();
    if (inner.size === 0) this.counts.set(first, inner);
    inner.set(second, (inner.get(second) ?? 0) + 1);
  }

  *[Symbol.iterator](): Generator<readonly [first: string, second: string, count: number]> {
    for (const [first, inner] of this.counts)
      for (const [second, count] of inner) yield [first, second, count];
  }
}
