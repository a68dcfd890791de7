import type { IncomingMessage } from 'node:http';
import { maxBodyBytes, readBytes } from './bodyBytes.ts';
import { pointerOf, refuse, refuseInvalid, unexpectedField, type Refusal } from './refusal.ts';

/** Objects and lists inside one another. */
const maxDepth = 16;

export type JsonBody = { readonly kind: 'json'; readonly value: unknown } | Refusal;

const jsonType = /^application\/(json|[a-z0-9.+-]+\+json)\s*(;\s*charset="?utf-8"?\s*)?$/i;
const decoder = new TextDecoder('utf-8', { fatal: true });
const tooLarge = (): Refusal => refuse('REQUEST.TOO_LARGE', { maxBytes: maxBodyBytes });

/**
 * Reads a body as JSON: UTF-8, 256 kB, not compressed. Rejects when the client leaves before the end.
 * `REQUEST.UNSUPPORTED_TYPE`, `.TOO_LARGE`, `.MALFORMED_JSON`, `.INVALID`.
 */
export async function readJson(req: IncomingMessage): Promise<JsonBody> {
  const { headers } = req;
  if (!jsonType.test(headers['content-type'] ?? '')) return refuse('REQUEST.UNSUPPORTED_TYPE');
  if ((headers['content-encoding'] ?? 'identity') !== 'identity')
    return refuse('REQUEST.UNSUPPORTED_TYPE');
  const bytes = await readBytes(req, maxBodyBytes);
  return bytes ? parse(bytes) : tooLarge();
}

function parse(bytes: Buffer): JsonBody {
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(bytes));
  } catch {
    return refuse('REQUEST.MALFORMED_JSON');
  }
  const fault = findHostile(value, maxDepth);
  if (!fault) return { kind: 'json', value };
  return refuseInvalid([{ in: 'body', field: pointerOf(fault.path), message: fault.message }]);
}

interface Hostile {
  readonly path: readonly string[];
  readonly message: string;
}

/** What no honest client sends: values too deep, and names that every object has already (`__proto__`). */
function findHostile(value: unknown, depth: number): Hostile | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth === 0) return { path: [], message: 'Il y a trop de niveaux imbriqués.' };
  for (const [name, inner] of Object.entries(value)) {
    if (name in Object.prototype) return { path: [name], message: unexpectedField };
    const fault = findHostile(inner, depth - 1);
    if (fault) return { ...fault, path: [name, ...fault.path] };
  }
  return undefined;
}
