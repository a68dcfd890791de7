type Closing = () => Promise<void>;
const closings: Closing[] = [];

/** Has this closed once all tests of the run are done, the last opened first. */
export const atTheEnd = (close: Closing): void => void closings.push(close);

export async function closeAll(): Promise<void> {
  for (const close of closings.splice(0).reverse()) await close();
}
