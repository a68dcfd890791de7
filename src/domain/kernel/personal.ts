/**
 * Personal data of an event stand together under its `personal` key, and are stored sealed under the key of one
 * family or child (RGPD art. 32). When that key is gone they read as `ERASED`: no fold may depend on them.
 */
export const ERASED = '[effacé]';
export type Erased = typeof ERASED;
export type Personal<T> = T | Erased;

export const isErased = (value: unknown): value is Erased => value === ERASED;
