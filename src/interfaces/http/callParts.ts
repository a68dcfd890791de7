import type { Request as HttpRequest } from 'express';
import type { CommandOptions } from '../../application/commandHandler.ts';
import type { Rejection } from '../../domain/kernel/rejection.ts';
import { isRejection } from '../../domain/kernel/rejection.ts';
import { noParameters, parseBody, parseQuery, type Parsed } from './dto/parse.ts';
import { readJson } from './jsonBody.ts';
import { pathFaults, type PathValues } from './pathParameters.ts';
import { refuse, refuseInvalid, type FieldFault } from './refusal.ts';
import { expectedRevisionOf, idempotencyKeyOf, type HeaderValue } from './requestHeaders.ts';
import type { SignedRoute } from './route.ts';

/** What a request brings, checked. */
export interface CallParts {
  /** The values in the address: those that the route's path names, and no others. */
  readonly path: Partial<PathValues>;
  readonly query: object | undefined;
  readonly body: object | undefined;
  readonly options: CommandOptions;
  readonly idempotencyKey: string | undefined;
}

interface Expected extends Pick<SignedRoute, 'body' | 'query' | 'ifMatch'> {
  readonly pathNames: readonly (keyof PathValues)[];
}

/**
 * Reads an address, its parameters, headers and body. Every fault is named at once; the body of who may not ask is
 * not even read.
 */
export async function readCall(
  { pathNames, body, query, ifMatch }: Expected,
  req: HttpRequest,
  deny: (path: Partial<PathValues>) => Rejection | undefined,
): Promise<CallParts | Rejection> {
  const faults: FieldFault[] = [...pathFaults(pathNames, req.params)];
  if (faults.length > 0) return refuseInvalid(faults);
  // Each value was checked under its name.
  const path = Object.fromEntries(
    pathNames.map((name) => [name, req.params[name]]),
  ) as Partial<PathValues>;
  const denied = deny(path);
  if (denied) return denied;

  const key = valueOf(idempotencyKeyOf(req.headers), faults);
  const revision = ifMatch && valueOf(expectedRevisionOf(req.headers), faults);
  const parameters = checked(readQuery(query, req.url), faults);
  let content: object | undefined;
  if (body) {
    const read = await readJson(req);
    if (isRejection(read)) {
      if (!read.errors) return read;
      faults.push(...read.errors);
    } else content = checked(parseBody(body, read.value), faults);
  }
  if (faults.length > 0) return refuseInvalid(faults);
  if (ifMatch === 'required' && revision === undefined && req.headers['if-match'] === undefined)
    return refuse('REVISION.REQUIRED');
  return {
    path,
    query: parameters,
    body: content,
    options: revision === undefined ? {} : { expectedRevision: revision },
    idempotencyKey: key,
  };
}

function valueOf<T>(header: HeaderValue<T>, faults: FieldFault[]): T | undefined {
  if (!('fault' in header)) return header.value;
  faults.push(header.fault);
  return undefined;
}

function checked<T>(parsed: Parsed<T>, faults: FieldFault[]): T | undefined {
  if (parsed.kind === 'valid') return parsed.value;
  faults.push(...parsed.faults);
  return undefined;
}

const nothing: Parsed<undefined> = { kind: 'valid', value: undefined };

function readQuery(dto: Expected['query'], url: string): Parsed<object | undefined> {
  const at = url.indexOf('?');
  if (!dto && at < 0) return nothing;
  const search = new URLSearchParams(at < 0 ? '' : url.slice(at + 1));
  if (dto) return parseQuery(dto, search);
  const faults = noParameters(search);
  return faults.length === 0 ? nothing : { kind: 'invalid', faults };
}
