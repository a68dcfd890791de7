import { StoreUnavailableError } from '../../application/ports/eventStore.ts';

/** The transaction that the jobs of one batch share. */
export interface SharedTransaction {
  begin(): void;
  /** Makes the batch durable. */
  commit(): void;
  /** After `begin`, a job or `commit` failed: nothing of the batch may be left. Doesn't throw. */
  rollback(): void;
  /** Whether what a job threw spoils the transaction; if not, that job has left nothing behind. */
  isSpoiledBy(error: unknown): boolean;
  /** What callers are told of an error. */
  explain(error: unknown): unknown;
}

/** A transaction that became durable. */
export interface Commit {
  /** Jobs that shared it. */
  readonly jobs: number;
  readonly seconds: number;
}

/** Bounds of one transaction: jobs, and UTF-16 units that they write. */
const MAX_JOBS = 512;
const MAX_SIZE = 8_000_000;

/** Turns of the event loop that a crowd is waited for, once no more of it came. */
const PATIENT_TURNS = 2;
/** Milliseconds that the first of them waits at most: turns that draw pages are long. */
const PATIENCE = 50;
/** So many jobs in the last transaction are a crowd: more are on their way, and each transaction waits for the disk. */
const CROWD = 4;

/**
 * Runs the jobs that concurrent callers ask for within one turn of the event loop in one transaction, hence with one
 * wait for the disk; within a few turns while callers keep coming. A caller alone never waits for others. A job that
 * fails fails alone; when the commit fails, all of them do, and nothing is stored.
 */
export class GroupCommit {
  private queue: Job[] = [];
  private scheduled = false;
  private lastJobs = 0;

  constructor(
    private readonly transaction: SharedTransaction,
    private readonly committed: (commit: Commit) => void,
  ) {}

  /** Runs `work` in the next transaction and resolves with its answer once that is durable. */
  run<T>(size: number, work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.queue.push(new WaitingJob(size, work, resolve, reject));
      this.schedule();
    });
  }

  /** Commits everything that was asked for, now. */
  finish(): void {
    while (this.queue.length > 0) this.flush();
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    this.gather(this.lastJobs < CROWD ? 0 : PATIENT_TURNS, performance.now() + PATIENCE);
  }

  /** Commits after this turn of the event loop, or when as many more turns brought nobody; in any case at that time. */
  private gather(turns: number, until: number): void {
    const waiting = this.queue.length;
    setImmediate(() => {
      const came = this.queue.length > waiting;
      const hasRoom = this.queue.length < MAX_JOBS && performance.now() < until;
      if (turns > 0 && hasRoom) this.gather(came ? turns : turns - 1, until);
      else {
        this.scheduled = false;
        if (this.queue.length > 0) this.flush();
      }
    });
  }

  private flush(): void {
    const batch = this.takeBatch();
    this.lastJobs = batch.length;
    if (this.queue.length > 0) this.schedule();
    const start = performance.now();
    try {
      this.transaction.begin();
      for (const job of batch) job.work(this.transaction);
      this.transaction.commit();
    } catch (error) {
      this.transaction.rollback();
      const told = this.transaction.explain(error);
      for (const job of batch) job.fail(told);
      return;
    }
    const seconds = (performance.now() - start) / 1_000;
    for (const job of batch) job.settle();
    this.committed({ jobs: batch.length, seconds });
  }

  private takeBatch(): Job[] {
    let count = 0;
    for (let size = 0; count < Math.min(this.queue.length, MAX_JOBS); count += 1) {
      size += this.queue[count]?.size ?? 0;
      if (count > 0 && size > MAX_SIZE) break;
    }
    if (count === this.queue.length) {
      const batch = this.queue;
      this.queue = [];
      return batch;
    }
    return this.queue.splice(0, count);
  }
}

interface Job {
  readonly size: number;
  /** Does the work within the transaction; throws only what spoils it. */
  work(transaction: SharedTransaction): void;
  settle(): void;
  fail(error: unknown): void;
}

class WaitingJob<T> implements Job {
  private settling: (() => void) | undefined;

  constructor(
    readonly size: number,
    private readonly task: () => T,
    private readonly resolve: (answer: T) => void,
    private readonly reject: (error: unknown) => void,
  ) {}

  work(transaction: SharedTransaction): void {
    try {
      const answer = this.task();
      this.settling = () => this.resolve(answer);
    } catch (error) {
      if (transaction.isSpoiledBy(error)) throw error;
      const told = transaction.explain(error);
      this.settling = () => this.fail(told);
    }
  }

  settle(): void {
    this.settling?.();
  }

  fail(error: unknown): void {
    this.reject(error ?? new StoreUnavailableError('the event store failed'));
  }
}
