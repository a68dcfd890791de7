import { problemOf } from '../problem.ts';
import type { JsonSchema } from '../dto/rules.ts';
import type { Route } from '../route.ts';
import { rejections, type RejectionCode } from '../../rejections.ts';
import { list, object, text, whole, words, described, ref } from '../views/schemaWords.ts';
import type { ApiResponse } from './document.ts';

export const problemSchema: JsonSchema = object(
  {
    type: described({ type: 'string', format: 'uri-reference' }, 'Stable, une par code.'),
    title: text,
    status: whole,
    detail: described(text, 'Ce qui s’est passé, ce que cela veut dire, que faire.'),
    code: described(text, 'Stable : c’est lui qu’un programme lit.'),
  },
  {
    instance: described(text, 'La référence de la demande.'),
    errors: list(
      object({
        in: words('body', 'path', 'query', 'header'),
        field: described(text, 'Pointeur JSON dans le corps, nom du paramètre ailleurs.'),
        message: text,
      }),
    ),
    missing: described(
      list(
        object(
          { code: words('events', 'readModels', 'keys', 'projections'), title: text },
          { projections: list(text) },
        ),
      ),
      'Les parties du portail qui ne répondent pas.',
    ),
  },
);

/** What any request may meet. */
const always: readonly RejectionCode[] = ['INTERNAL'];
const ofSigned: readonly RejectionCode[] = [
  'REQUEST.INVALID',
  'ACCESS.SIGN_IN',
  'STORE.UNAVAILABLE',
];
const ofBody: readonly RejectionCode[] = [
  'REQUEST.MALFORMED_JSON',
  'REQUEST.TOO_LARGE',
  'REQUEST.UNSUPPORTED_TYPE',
  'SUBJECT.ERASED',
  'EVENT.TOO_LARGE',
];

/** The codes that a route may refuse with: its own, and those that its shape implies. */
export function codesOf(route: Route): readonly RejectionCode[] {
  const { access, refusals } = route;
  if (access === 'public') return [...refusals, ...always];
  const { method, body, ifMatch } = route;
  return [
    ...refusals,
    ...ofSigned,
    ...(access === 'signedIn' ? [] : (['ACCESS.DENIED'] as const)),
    ...(method === 'post' ? (['ACCESS.CROSS_SITE'] as const) : []),
    ...(body ? ofBody : []),
    ...(ifMatch ? (['REVISION.STALE'] as const) : []),
    ...(ifMatch === 'required' ? (['REVISION.REQUIRED'] as const) : []),
    ...always,
  ];
}

/** The refusals of a route by status, each code with its example. */
export function problemResponses(route: Route): Readonly<Record<string, ApiResponse>> {
  const byStatus = new Map<number, RejectionCode[]>();
  for (const code of codesOf(route)) {
    const status = rejections[code]?.status ?? 500;
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries([...byStatus].map(([status, codes]) => [status, responseOf(codes)]));
}

const responseOf = (codes: readonly RejectionCode[]): ApiResponse => ({
  description: codes.map((code) => `\`${code}\``).join(', '),
  content: {
    'application/problem+json': {
      schema: ref('Problem'),
      examples: Object.fromEntries(
        codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]),
      ),
    },
  },
});

const exampleId = '019aa1c2-7d3e-7b1a-9c55-2f61c0de4a10';

/** Each refusal that a route may answer with, as it is told. */
export function problemExamples(routes: readonly Route[]): Readonly<Record<string, object>> {
  const codes = [...new Set(routes.flatMap(codesOf))].sort();
  return Object.fromEntries(
    codes.map((code) => {
      const values = rejections[code]?.sample ?? {};
      const problem = problemOf({ kind: 'rejection', code, values }, exampleId);
      return [code, { summary: problem.title, value: problem }];
    }),
  );
}
