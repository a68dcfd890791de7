import { BookedYear } from './bookedYear.ts';
import type { BenchTown } from './benchTown.ts';
import { openTown } from './openTown.ts';
import { schoolTown, TownSessions } from './schoolYear.ts';

/** Makes a data directory whose log holds a town of so many children, and so many events of their bookings. */
export async function writeHistory(
  directory: string,
  { children, events }: { readonly children: number; readonly events: number },
): Promise<BenchTown> {
  const town = schoolTown(children);
  const { writer, calendar, close } = openTown(directory);
  try {
    await writer.openTown(town);
    await new BookedYear(town, new TownSessions(town, calendar), writer).write(events);
  } finally {
    await close();
  }
  return town;
}
