import { SubjectErasedError } from '../../application/ports/eventCodec.ts';
import {
  AppendTooLargeError,
  EventTooLargeError,
  StoreUnavailableError,
} from '../../application/ports/eventStore.ts';
import { refuse, refuseInvalid, type Refusal } from './refusal.ts';

/** Seconds after which a client may ask again. */
const retryAfterSeconds = 2;

/** What to answer for an error thrown: never its message. The web portal tells its pages the same way. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof StoreUnavailableError)
    return refuse('STORE.UNAVAILABLE', {}, { headers: { 'Retry-After': `${retryAfterSeconds}` } });
  if (error instanceof SubjectErasedError) return refuse('SUBJECT.ERASED');
  if (error instanceof EventTooLargeError || error instanceof AppendTooLargeError)
    return refuse('EVENT.TOO_LARGE');
  // Express throws it for an address that is no UTF-8 once decoded (`/api/%ff`).
  if (error instanceof URIError)
    return refuseInvalid([
      { in: 'path', field: '', message: 'L’adresse contient des caractères illisibles.' },
    ]);
  return refuse('INTERNAL');
}

/** What the log may say of an error: its kind and the places of the code, without its message. */
export function traceOf(error: unknown): { readonly error: string; readonly at?: string } {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  // The stack begins with the message, which may quote what was sent.
  const { stack = '', message } = error;
  const frames = stack
    .slice(stack.indexOf(message) + message.length)
    .split('\n')
    .slice(1, 7);
  const at = frames.map((line) => line.trim().replace(/^at /, '')).join(' < ');
  return {
    error: code === undefined ? error.name : `${error.name} ${code}`,
    ...(at === '' ? {} : { at }),
  };
}
