import type { RecordedEvent } from '../ports/eventStore.ts';

/** A projection (or the decoding of an event for it) threw. Its message names the event, and holds no personal data. */
export class ProjectionFailure extends Error {
  override readonly name = 'ProjectionFailure';
  constructor(projection: string, event: RecordedEvent, cause: unknown) {
    const { type, position } = event;
    super(`${projection} failed at ${type}, position ${position.toString()}: ${shortly(cause)}`, {
      cause,
    });
  }
}

/** A projection's checkpoint lies beyond the last event: its documents come from another log. */
export class AheadOfLogError extends Error {
  override readonly name = 'AheadOfLogError';
}

/** What was thrown, as one line for the log and the status page. Events are sealed: nothing personal is quoted. */
export function shortly(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}
