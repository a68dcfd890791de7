import type { Db } from 'mongodb';
import type { MongoConnection } from '../../src/infrastructure/mongodb/mongoConnection.ts';

const WRITES = new Set([
  'insertOne',
  'insertMany',
  'updateOne',
  'findOneAndUpdate',
  'bulkWrite',
  'deleteOne',
  'deleteMany',
]);

export interface WriteRequest {
  readonly operation: string;
  readonly collection: string;
  /** Sends it. */
  readonly send: () => Promise<unknown>;
}

/** A connection whose every write passes through `around`, which sends it, or does not. */
export function interceptedMongo(
  { db, ...others }: MongoConnection,
  around: (request: WriteRequest) => Promise<unknown>,
): MongoConnection {
  const methodOf = (target: object, key: PropertyKey): unknown => {
    const found: unknown = Reflect.get(target, key);
    return typeof found === 'function' ? found.bind(target) : found;
  };
  const collectionOf = (name: string): object =>
    new Proxy(db.collection(name), {
      get(target, key) {
        const method = methodOf(target, key);
        if (typeof method !== 'function' || !WRITES.has(String(key))) return method;
        return async (...values: unknown[]) =>
          around({
            operation: String(key),
            collection: name,
            send: async () => Reflect.apply(method, target, values) as unknown,
          });
      },
    });
  const intercepted: Db = new Proxy(db, {
    get: (target, key) => (key === 'collection' ? collectionOf : methodOf(target, key)),
  });
  return { db: intercepted, ...others };
}
