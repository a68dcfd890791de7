import type { IncomingHttpHeaders } from 'node:http';
import type { Revision } from '../../application/ports/eventStore.ts';
import type { FieldFault } from './refusal.ts';

/** A header read: its value, undefined when absent, or what is wrong with it. */
export type HeaderValue<T> = { readonly value: T | undefined } | { readonly fault: FieldFault };

const absent = { value: undefined };
const fault = (field: string, message: string) => ({
  fault: { in: 'header', field, message } as const,
});
const oneText = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header.join(', ') : header;

const quotedKey = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/;
const bareKey = /^[\x21\x23-\x7e]+$/;

/** `Idempotency-Key` (IETF draft): 1 to 255 printable ASCII characters, quoted or not. */
export function idempotencyKeyOf(headers: IncomingHttpHeaders): HeaderValue<string> {
  const text = oneText(headers['idempotency-key']);
  if (text === undefined) return absent;
  const key =
    quotedKey.exec(text)?.[1]?.replaceAll(/\\(["\\])/g, '$1') ??
    (bareKey.test(text) ? text : undefined);
  if (key !== undefined && key.length >= 1 && key.length <= 255) return { value: key };
  return fault('Idempotency-Key', 'Écrivez une clé de 1 à 255 caractères imprimables.');
}

/** `If-Match: "12"`, the ETag that a GET answered; `*` asks for nothing. `"-1"`: no event yet. */
export function expectedRevisionOf(headers: IncomingHttpHeaders): HeaderValue<Revision> {
  const text = oneText(headers['if-match']);
  if (text === undefined || text.trim() === '*') return absent;
  const digits = /^\s*"(-1|\d{1,18})"\s*$/.exec(text)?.[1];
  if (digits !== undefined) return { value: BigInt(digits) };
  return fault('If-Match', 'Recopiez l’en-tête « ETag » de la réponse lue, par exemple "12".');
}

export const etagOf = (revision: Revision): string => `"${revision}"`;

/** A client may ask to wait longer: it gets this much. */
const maxWaitMs = 2_000;

/** `Prefer: wait=1` (RFC 7240), in seconds: milliseconds to wait, bounded; 0 when not asked. Never refused. */
export function waitMsOf(headers: IncomingHttpHeaders): number {
  const seconds = /(?:^|[,;])\s*wait\s*=\s*"?(\d{1,6})"?\s*(?:$|[,;])/i.exec(
    oneText(headers['prefer']) ?? '',
  )?.[1];
  return seconds === undefined ? 0 : Math.min(Number(seconds) * 1_000, maxWaitMs);
}
