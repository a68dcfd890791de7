import type { ConnectionOptions } from '../eventstoredb/connection.ts';

/** The servers that several processes of one portal share. Never shown: connection strings may hold passwords. */
export interface SharedServers {
  readonly eventStore: ConnectionOptions;
  /** With the name of the database. */
  readonly mongoUrl: string;
}
