type Iteration<T> = IteratorResult<T, undefined>;

/**
 * What a generator yields, until `signal` aborts or the consumer leaves: both abort the signal that the generator is
 * given, so that it ends even while it waits. It ends without an error then.
 */
export function leavable<T>(
  generate: (over: AbortSignal) => AsyncGenerator<T, undefined>,
  signal: AbortSignal,
): AsyncIterableIterator<T> {
  const over = new AbortController();
  const end = (): void => over.abort();
  if (signal.aborted) end();
  else signal.addEventListener('abort', end);

  const items = generate(over.signal);
  const settled = async (step: Promise<Iteration<T>>): Promise<Iteration<T>> => {
    try {
      const result = await step;
      if (result.done) signal.removeEventListener('abort', end);
      return result;
    } catch (error) {
      signal.removeEventListener('abort', end);
      throw error;
    }
  };
  return {
    next: () => settled(items.next()),
    return() {
      end();
      return settled(items.return(undefined));
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
