import type { CommandResult, Done } from '../../../application/commandHandler.ts';

export const isDone = <S, E>(result: CommandResult<S, E>): result is Done<S, E> =>
  result.kind === 'done';
