/** Fails when the answer takes longer than `ms` milliseconds: a question that hangs is an answer too. */
export async function within<T>(answer: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), ms);
  });
  return Promise.race([answer, timeout]).finally(() => clearTimeout(timer));
}
