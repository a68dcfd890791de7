/** The middle value; the mean of both middle ones when their number is even. Throws a RangeError for no value. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) throw new RangeError('no value to take from');
  return (lower + upper) / 2;
}

/** The smallest value that at least this share of the values (0 to 1) doesn't exceed (nearest rank). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.min(sorted.length, Math.max(1, Math.ceil(share * sorted.length)));
  const value = sorted[rank - 1];
  if (value === undefined) throw new RangeError('no value to take from');
  return value;
}

/**
 * Lets each contestant measure itself in turn, round after round: what disturbs the machine for a while disturbs all
 * of them. Answers what each measured, a value a round.
 */
export async function inTurns<Name extends string>(
  rounds: number,
  contestants: Readonly<Record<Name, (round: number) => number | Promise<number>>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(contestants) as Name[];
  const measured = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<
    Name,
    number[]
  >;
  for (let round = 0; round < rounds; round += 1)
    for (const name of names) measured[name].push(await contestants[name](round));
  return measured;
}

/** How many a second, when `count` of them take as long as `work`. */
export async function perSecond(count: number, work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return count / ((performance.now() - start) / 1_000);
}

/** Acts `count` times, by so many callers at once, each of which waits for the answer before it acts again. */
export async function byCallers(
  callers: number,
  count: number,
  act: (n: number, caller: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const call = async (caller: number): Promise<void> => {
    for (let n = next++; n < count; n = next++) await act(n, caller);
  };
  await Promise.all(Array.from({ length: callers }, (_, caller) => call(caller)));
}
