/** Where EventStoreDB answers, and as whom. */
export interface EventStoreAddress {
  readonly connectionString: string;
  readonly username?: string;
  readonly password?: string;
}

/** The servers that several processes of one portal share. Never shown: connection strings may hold passwords. */
export interface SharedServers {
  readonly eventStore: EventStoreAddress;
  /** With the name of the database. */
  readonly mongoUrl: string;
}
