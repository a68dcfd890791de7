import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Rejection } from '../../domain/kernel/rejection.ts';
import { describeRejection } from '../rejections.ts';
import type { FieldFault, MissingPart, Refusal } from './refusal.ts';
import { send } from './replies.ts';

/** A refusal over HTTP (RFC 9457). */
export interface Problem {
  /** Stable: `/problemes/` and the code in lower case; opened in a browser, it leads to the documentation. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** What happened, what it means, what to do: plain French. */
  readonly detail: string;
  /** `urn:uuid:` and the correlation id of the request: the reference to give on the phone. */
  readonly instance?: string;
  readonly code: string;
  readonly errors?: readonly FieldFault[];
  readonly missing?: readonly MissingPart[];
}

export const problemTypePath = '/problemes';

/** `RESERVATION.TOO_LATE` -> `reservation-too-late` */
export const problemSlug = (code: string): string => code.toLowerCase().replace(/[._]/g, '-');

export function problemOf(
  { code, values, errors, missing }: Rejection & Pick<Refusal, 'errors' | 'missing'>,
  correlationId?: string,
): Problem {
  const { status, title, detail } = describeRejection({ code, values });
  return {
    type: `${problemTypePath}/${problemSlug(code)}`,
    title,
    status,
    detail,
    ...(correlationId !== undefined && { instance: `urn:uuid:${correlationId}` }),
    code,
    ...(errors && { errors }),
    ...(missing && { missing }),
  };
}

export const problemType = 'application/problem+json; charset=utf-8';

/** Answers with a refusal; returns its status. */
export function sendProblem(
  req: IncomingMessage,
  res: ServerResponse,
  refusal: Rejection & Partial<Refusal>,
  correlationId: string,
): number {
  const problem = problemOf(refusal, correlationId);
  send(req, res, problem.status, problemType, JSON.stringify(problem), refusal.headers);
  return problem.status;
}
