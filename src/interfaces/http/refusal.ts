import { reject, type Rejection, type RejectionValues } from '../../domain/kernel/rejection.ts';
import type { RejectionCode } from '../rejections.ts';

/** One thing to correct in a request. */
export interface FieldFault {
  /** Where it stands. */
  readonly in: 'body' | 'path' | 'query' | 'header';
  /** In the body: a JSON pointer (RFC 6901), `''` for the whole. Elsewhere: the name of the parameter. */
  readonly field: string;
  /** What to correct, in French. */
  readonly message: string;
}

/** A part of the portal that doesn't answer or doesn't follow. */
export interface MissingPart {
  /** Stable: a program reads it. */
  readonly code: 'events' | 'readModels' | 'keys' | 'projections';
  /** In French, for the person who is called. */
  readonly title: string;
  /** Names of the projections concerned. */
  readonly projections?: readonly string[];
}

/** A rejection, with what an HTTP answer may add to it. */
export interface Refusal extends Rejection {
  readonly errors?: readonly FieldFault[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Parts of the portal that don't answer. */
  readonly missing?: readonly MissingPart[];
}

/** Refuses with a code that has words. */
export const refuse = (
  code: RejectionCode,
  values: RejectionValues = {},
  more: Pick<Refusal, 'errors' | 'headers' | 'missing'> = {},
): Refusal => ({ ...reject(code, values), ...more });

/** All faults of a request at once. */
export const refuseInvalid = (errors: readonly FieldFault[]): Refusal =>
  refuse('REQUEST.INVALID', {}, { errors });

export const unexpectedField = 'Ce champ n’est pas attendu.';

/** A JSON pointer (RFC 6901); names that clients invent are cut. */
export const pointerOf = (path: readonly string[]): string =>
  path.map((name) => `/${name.slice(0, 64).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
