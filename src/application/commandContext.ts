import type { Actor } from '../domain/kernel/actor.ts';
import type { Instant } from '../domain/kernel/parisTime.ts';

/** Who asks what, when, and because of what: the metadata of every event that follows. */
export interface CommandContext {
  /** The same id again is the same command: no second effect, the same answer. */
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly actor: Actor;
  readonly now: Instant;
  /** Of the whole request, when its id comes from a key that the client chose: a key says nothing of what is asked. */
  readonly requestDigest?: string | undefined;
}
