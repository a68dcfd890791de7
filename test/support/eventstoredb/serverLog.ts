import { randomUUID } from 'node:crypto';

/** What a server stores of an event. */
export interface LogRecord {
  readonly stream: string;
  readonly revision: number;
  /** Offset in the log; the next record starts at `end`. */
  readonly position: number;
  readonly end: number;
  readonly id: string;
  readonly type: string;
  readonly isJson: boolean;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
  /** Ticks of 100 ns since 1970. */
  readonly created: string;
}

export type Proposed = Pick<LogRecord, 'id' | 'type' | 'isJson' | 'data' | 'metadata'>;
export type Expected = number | 'no-stream' | 'stream-exists' | 'any';

/** `position` is absent where the server doesn't remember it; `current` is -1 when there is no stream. */
export type Outcome =
  | { readonly kind: 'written'; readonly revision: number; readonly position: number | undefined }
  | { readonly kind: 'wrong version'; readonly current: number }
  | { readonly kind: 'deleted' };

/** What a log record takes beside its contents. */
const HEADER = 64;

export interface ServerLogOptions {
  /** A system event after so many appends; 0 for none. */
  readonly systemEventEvery: number;
}

/** The log of a cluster, and what its leader decides about appends (IndexWriter.CheckCommit). */
export class ServerLog {
  readonly records: LogRecord[] = [];
  private readonly streams = new Map<string, LogRecord[]>();
  private readonly deleted = new Set<string>();
  /** Ids that the server keeps in memory: how `any` and `stream-exists` recognise a repetition. */
  private readonly committed = new Map<string, LogRecord>();
  private readonly listeners = new Set<() => void>();
  private appends = 0;
  private idempotentPositions = true;

  constructor(private readonly options: ServerLogOptions) {
    this.writeSystemEvent('$users', '$UserCreated', { loginName: 'admin' });
  }

  /** Where the next record will stand. */
  get end(): number {
    return this.records.at(-1)?.end ?? 0;
  }

  stream(name: string): readonly LogRecord[] | undefined {
    return this.streams.get(name);
  }

  isDeleted(stream: string): boolean {
    return this.deleted.has(stream);
  }

  /** Nobody can read or write the stream any more. */
  tombstone(stream: string): void {
    this.deleted.add(stream);
  }

  /** As after a restart: the ids that were in memory only are unknown. */
  forgetIds(): void {
    this.committed.clear();
  }

  /** Makes answers to repetitions come without a position, as a server gives them in some states. */
  withoutIdempotentPositions(): void {
    this.idempotentPositions = false;
  }

  onAppend(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Index of the first record that stands at this offset or after it. */
  indexFrom(position: number): number {
    let low = 0;
    let high = this.records.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.records[middle]?.position ?? 0) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** A server refuses to read from the middle of a record. */
  isBoundary(position: number): boolean {
    const record = this.records[this.indexFrom(position)];
    return record ? record.position === position : position === this.end;
  }

  append(stream: string, events: readonly Proposed[], expected: Expected): Outcome {
    if (this.deleted.has(stream)) return { kind: 'deleted' };
    const current = (this.streams.get(stream)?.length ?? 0) - 1;
    if (expected === 'any' || expected === 'stream-exists') {
      if (expected === 'stream-exists' && current < 0) return { kind: 'wrong version', current };
      const known = events.map(({ id }) => this.known(stream, id));
      if (!known[0]) return this.write(stream, events);
      const last = known.at(-1);
      return last && !known.includes(undefined)
        ? this.repeated(last)
        : { kind: 'wrong version', current };
    }
    const before = expected === 'no-stream' ? -1 : expected;
    if (before === current) return this.write(stream, events);
    if (before > current) return { kind: 'wrong version', current };
    const there = this.streams.get(stream)?.slice(before + 1, before + 1 + events.length) ?? [];
    const last = there.at(-1);
    return last && events.every(({ id }, index) => id === there[index]?.id)
      ? this.repeated(last)
      : { kind: 'wrong version', current };
  }

  /** An event of the server's own, in $all like any other. */
  writeSystemEvent(stream: string, type: string, content: unknown): void {
    const data = Buffer.from(JSON.stringify(content));
    this.store(stream, { id: randomUUID(), type, isJson: true, data, metadata: new Uint8Array() });
    for (const listener of this.listeners) listener();
  }

  private known(stream: string, id: string): LogRecord | undefined {
    const record = this.committed.get(id);
    return record?.stream === stream ? record : undefined;
  }

  private repeated({ revision, position }: LogRecord): Outcome {
    return {
      kind: 'written',
      revision,
      position: this.idempotentPositions ? position : undefined,
    };
  }

  private write(stream: string, events: readonly Proposed[]): Outcome {
    let last: LogRecord | undefined;
    for (const event of events) {
      last = this.store(stream, event);
      this.committed.set(event.id, last);
    }
    this.appends += 1;
    const every = this.options.systemEventEvery;
    if (every > 0 && this.appends % every === 0) this.writeNoise(stream);
    for (const listener of this.listeners) listener();
    return { kind: 'written', revision: last?.revision ?? -1, position: last?.position };
  }

  private writeNoise(stream: string): void {
    if ((this.appends / this.options.systemEventEvery) % 2 === 0)
      this.writeSystemEvent(`$$${stream}`, '$metadata', { $maxAge: 1e9 });
    else
      this.writeSystemEvent('$stats-127.0.0.1:2113', '$statsCollected', { appends: this.appends });
  }

  private store(stream: string, event: Proposed): LogRecord {
    let records = this.streams.get(stream);
    if (!records) this.streams.set(stream, (records = []));
    const position = this.end;
    const size =
      HEADER + stream.length + event.type.length + event.data.length + event.metadata.length;
    const record = {
      ...event,
      stream,
      revision: records.length,
      position,
      end: position + size,
      created: `${Date.now()}0000`,
    };
    records.push(record);
    this.records.push(record);
    return record;
  }
}
