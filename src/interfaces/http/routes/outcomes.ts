import { isDeepStrictEqual } from 'node:util';
import type { CommandResult, Done } from '../../../application/commandHandler.ts';
import type { DomainEvent } from '../../../domain/kernel/decider.ts';
import { isErased } from '../../../domain/kernel/personal.ts';
import { refuse, type Refusal } from '../refusal.ts';

/**
 * An `Idempotency-Key` met again answers as the first time; with another content it would hide that nothing was done.
 * `asked` is what this request would have written, field by field, of the event that the first one wrote.
 */
export function reusedKey<S, E extends DomainEvent>(
  { repeated, events }: Done<S, E>,
  asked: object,
): Refusal | undefined {
  const [first] = events;
  if (!repeated || !first) return undefined;
  const written = first as Readonly<Record<string, unknown>>;
  const same = Object.entries(asked).every(
    ([field, value]: [string, unknown]) =>
      isErased(written[field]) || isDeepStrictEqual(written[field], value),
  );
  return same ? undefined : refuse('REQUEST.KEY_REUSED');
}

export const isDone = <S, E>(result: CommandResult<S, E>): result is Done<S, E> =>
  result.kind === 'done';
