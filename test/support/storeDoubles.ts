import type {
  AppendResult,
  EventStore,
  EventToAppend,
  ExpectedRevision,
} from '../../src/application/ports/eventStore.ts';

type Append = (
  stream: string,
  events: readonly EventToAppend[],
  expected: ExpectedRevision,
) => Promise<AppendResult>;

/** A store that does what another does, except where a test steps in. */
export const storeLike = (
  store: EventStore,
  { append, beforeRead }: { readonly append?: Append; readonly beforeRead?: () => void },
): EventStore => ({
  append: append ?? ((stream, events, expected) => store.append(stream, events, expected)),
  readStream: (stream, options) => {
    beforeRead?.();
    return store.readStream(stream, options);
  },
  readAll: (options) => store.readAll(options),
  subscribe: (options) => store.subscribe(options),
  head: () => store.head(),
  close: () => store.close(),
});

/** Counts appends, and how many events they carried. */
export function counted(store: EventStore): { store: EventStore; appends: number[] } {
  const appends: number[] = [];
  return {
    appends,
    store: storeLike(store, {
      append: (stream, events, expected) => {
        appends.push(events.length);
        return store.append(stream, events, expected);
      },
    }),
  };
}

/** Lets appends through only when told, and says when one has come. */
export function gated(store: EventStore): {
  store: EventStore;
  arrived: Promise<void>;
  open(): void;
} {
  let arrive: () => void = () => undefined;
  let open: () => void = () => undefined;
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  const opened = new Promise<void>((resolve) => (open = resolve));
  return {
    arrived,
    open: () => open(),
    store: storeLike(store, {
      append: async (stream, events, expected) => {
        arrive();
        await opened;
        return store.append(stream, events, expected);
      },
    }),
  };
}

/** Everything stored in a stream. */
export async function storedIn(store: EventStore, stream: string) {
  const stored = [];
  for await (const records of store.readStream(stream)) stored.push(...records);
  return stored;
}

/** Everything stored. */
export async function everythingIn(store: EventStore) {
  const stored = [];
  for await (const records of store.readAll()) stored.push(...records);
  return stored;
}
