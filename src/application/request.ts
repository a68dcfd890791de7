import type { Instant } from '../domain/kernel/parisTime.ts';
import type { CommandContext } from './commandContext.ts';
import type { Principal } from './principal.ts';

/** One request of a signed-in person: a form sent, a call of the API. */
export interface Request {
  readonly principal: Principal;
  /** The same id again is the same request: it has no second effect. */
  readonly requestId: string;
  readonly correlationId: string;
  /** Of all that is asked, where the client chose the id: another request under the same id is refused. */
  readonly digest?: string | undefined;
  readonly now: Instant;
}

/**
 * The id of one act of a request: the same when the request is repeated. Another person's request of the same id is
 * another request, and so is another act of the same one.
 */
export const commandIdOf = ({ principal, requestId }: Request, act: string): string =>
  `${principal.actor.id}/${requestId}/${act}`;

/** The context of one command of a request; `commandId` must come out the same when the request is repeated. */
export const contextOf = (
  { principal, requestId, correlationId, digest, now }: Request,
  commandId: string,
): CommandContext => ({
  commandId,
  correlationId,
  causationId: requestId,
  actor: principal.actor,
  now,
  requestDigest: digest,
});
