/**
 * How a command ended. `repeated`: it had taken effect before. `unchanged`: nothing to do. `stale`: its `If-Match` was
 * no longer true. `unavailable`: a store didn't answer. `failed`: anything else that was thrown.
 */
export type CommandOutcome =
  'done' | 'repeated' | 'unchanged' | 'rejected' | 'stale' | 'unavailable' | 'failed';

export type AppendOutcome = 'appended' | 'conflict' | 'failed';

/**
 * What the portal counts of itself. Words are of few kinds, known beforehand: categories, codes and route patterns,
 * never an id, a name or an address. Every call is cheap and throws nothing.
 */
export interface Metrics {
  /** A command came; it stands in its stream's queue until it ends. */
  commandStarted(): void;
  /** `category` is the aggregate's, `code` the rejection's, or empty. */
  commandEnded(category: string, outcome: CommandOutcome, code: string, seconds: number): void;
  /** An append was answered; durable when `appended`. */
  appendEnded(outcome: AppendOutcome, seconds: number): void;
  /** So many appends became durable in one transaction of the embedded store. */
  committed(appends: number, seconds: number): void;
  /** `route` is the pattern, or `other`; `status` is 0 when the client left before the answer. */
  requestEnded(method: string, route: string, status: number, seconds: number): void;
}

/** Counts nothing. */
export const noMetrics: Metrics = {
  commandStarted: () => undefined,
  commandEnded: () => undefined,
  appendEnded: () => undefined,
  committed: () => undefined,
  requestEnded: () => undefined,
};

/** What a monitoring server reads. */
export interface MetricsReport {
  /** Media type and text, as of now. */
  read(): Promise<{ readonly type: string; readonly text: string }>;
}
