import type { Actor } from '../domain/kernel/actor.ts';
import type { Instant } from '../domain/kernel/parisTime.ts';

/** Stored with every event, never encrypted, never personal: ids are opaque. */
export interface EventMetadata {
  readonly schemaVersion: number;
  /** The command that made the event; a command met again has no second effect. */
  readonly commandId: string;
  /** What started it all: one submission of a form, one request of a client. */
  readonly correlationId: string;
  /** The event or command that led to this command. */
  readonly causationId: string;
  readonly actor: Actor;
  readonly occurredAt: Instant;
  /** Of the request, under the portal's secret: the same key with another request is told apart. Older events have none. */
  readonly requestDigest?: string | undefined;
  /** Hash chain of the stream: over the previous hash and everything stored of this event. */
  readonly hash: string;
}
