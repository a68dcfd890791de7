import type { Action } from '../../../application/principal.ts';
import { typeset } from '../../rejectionWords.ts';
import type { JsonSchema } from '../dto/rules.ts';
import { pathParameterNames, pathParameters } from '../pathParameters.ts';
import { tags, type Route, type SignedRoute } from '../route.ts';
import { answerSchemas } from '../views/schemas.ts';
import { ref } from '../views/schemaWords.ts';
import { dtoSchemas } from './dtoSchemas.ts';
import { exampleOf } from './examples.ts';
import { problemExamples, problemResponses, problemSchema } from './problems.ts';

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description: string;
  readonly schema: JsonSchema;
}

export interface MediaType {
  readonly schema?: JsonSchema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, object>>;
}

export interface ApiResponse {
  readonly description: string;
  readonly headers?: Readonly<Record<string, object>>;
  readonly content?: Readonly<Record<string, MediaType>>;
}

export interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly 'x-qui': string;
  readonly security: readonly object[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: {
    readonly required: true;
    readonly content: Readonly<Record<string, MediaType>>;
  };
  readonly responses: Readonly<Record<string, ApiResponse>>;
}

export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly object[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly examples: Readonly<Record<string, object>>;
    readonly securitySchemes: Readonly<Record<string, object>>;
  };
}

/** Who may, in words: the principal table read aloud. */
const who: Readonly<Record<Action | 'signedIn' | 'public', string>> = {
  public: 'Tout le monde',
  signedIn: 'Toute personne connectée',
  readAgenda: 'La famille elle-même, ou le personnel',
  book: 'La famille elle-même, ou le personnel',
  readReceipt: 'La famille elle-même, ou le personnel',
  registerFamily: 'Le personnel',
  registerChild: 'Le personnel',
  enrolChild: 'Le personnel',
  decideBooking: 'Le personnel',
  promoteWaiting: 'Le portail lui-même',
  readSessions: 'Le personnel',
  closeSession: 'Le personnel',
  defineActivity: 'Un superviseur',
  readProjections: 'Un superviseur',
  rebuildProjection: 'Un superviseur',
};

const description = [
  'Les montants sont des centimes d’euro (`…Cents`), les jours des dates ISO, les instants ISO 8601 en UTC.',
  'Un refus est un `application/problem+json` (RFC 9457) avec un `code` stable et une phrase en français ; les champs à corriger sont tous nommés dans `errors`.',
  'Toute écriture accepte `Idempotency-Key` : la même clé, renvoyée par la même personne à la même adresse, répond comme la première fois et ne change rien de plus.',
  'Chaque réponse porte `X-Request-Id` ; l’`instance` d’un problème est la référence à donner à l’accueil des familles.',
].join('\n\n');

/** The OpenAPI 3.1 document of the routes: their table and their DTO classes are its only source. */
export function openApiDocument(routes: readonly Route[]): OpenApiDocument {
  const signed = routes.filter((route): route is SignedRoute => route.access !== 'public');
  const bodies = signed.flatMap(({ body }) => body ?? []);
  const parameters = signed.flatMap(({ query }) => query ?? []);
  const schemas = { ...answerSchemas, ...dtoSchemas(bodies), Problem: problemSchema };
  const queries = dtoSchemas(parameters);
  const paths: Record<string, Record<string, Operation>> = {};
  for (const route of routes) {
    const operation = operationOf(route, schemas, queries);
    paths[route.path] = { ...paths[route.path], [route.method]: operation };
  }
  return inType({
    openapi: '3.1.0',
    info: { title: 'Portail famille', version: '1', description },
    servers: [{ url: '/' }],
    tags: Object.entries(tags).map(([name, told]) => ({ name, description: told })),
    paths,
    components: {
      schemas,
      examples: problemExamples(routes),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'session',
          description:
            '`__Host-session` en https. Une écriture doit alors venir d’une page du portail.',
        },
      },
    },
  });
}

/** Sets in type what people read: every description and summary. */
function inType<T>(value: T): T {
  if (Array.isArray(value)) return value.map(inType) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]: [string, unknown]) => [
      name,
      typeof inner === 'string' && (name === 'description' || name === 'summary')
        ? typeset(inner)
        : inType(inner),
    ]),
  ) as T;
}

type Schemas = Readonly<Record<string, JsonSchema>>;

function operationOf(route: Route, schemas: Schemas, queries: Schemas): Operation {
  const { operationId, tag, summary, description: told, access } = route;
  const body = access === 'public' ? undefined : route.body;
  return {
    operationId,
    tags: [tag],
    summary,
    ...(told !== undefined && { description: told }),
    'x-qui': who[access],
    security: access === 'public' ? [] : [{ bearer: [] }, { session: [] }],
    parameters: parametersOf(route, queries),
    ...(body && {
      requestBody: { required: true, content: jsonOf(ref(body.name), schemas) },
    }),
    responses: { ...successOf(route, schemas), ...problemResponses(route) },
  };
}

function parametersOf(route: Route, queries: Schemas): Parameter[] {
  const inPath = pathParameterNames(route.path).map((name): Parameter => {
    const { description: told, schema } = pathParameters[name];
    return { name, in: 'path', required: true, description: told, schema };
  });
  if (route.access === 'public') return inPath;
  return [...inPath, ...inQuery(route, queries), ...inHeaders(route)];
}

function inQuery({ query }: SignedRoute, queries: Schemas): Parameter[] {
  const { properties = {}, required = [] } = (query ? queries[query.name] : undefined) ?? {};
  return Object.entries(properties as Schemas).map(([name, { description: told, ...schema }]) => ({
    name,
    in: 'query',
    required: (required as readonly string[]).includes(name),
    description: String(told),
    schema,
  }));
}

function inHeaders({ method, ifMatch }: SignedRoute): Parameter[] {
  const header = (name: string, required: boolean, told: string, pattern?: string): Parameter => ({
    name,
    in: 'header',
    required,
    description: told,
    schema: { type: 'string', ...(pattern !== undefined && { pattern }) },
  });
  const revision = ifMatch && [
    header(
      'If-Match',
      ifMatch === 'required',
      'L’« ETag » lu : la demande est refusée (412) si quelqu’un a changé quelque chose depuis.',
      '^("(-1|\\d{1,18})"|\\*)$',
    ),
  ];
  const writing = method === 'post' && [
    header(
      'Idempotency-Key',
      false,
      'Une clé neuve par demande, la même quand on la renvoie : 1 à 255 caractères imprimables.',
      '^[\\x20-\\x7e]{1,300}$',
    ),
    header(
      'Prefer',
      false,
      '`wait=1` : attendre, deux secondes au plus, que les lectures montrent ce qui vient d’être fait.',
    ),
  ];
  return [...(revision ?? []), ...(writing || [])];
}

const headerOf = (told: string): object => ({ description: told, schema: { type: 'string' } });

function successOf(route: Route, schemas: Schemas): Readonly<Record<string, ApiResponse>> {
  const { answer } = route;
  const headers = {
    'X-Request-Id': headerOf('La référence de la demande.'),
    ...('etag' in answer && answer.etag && { ETag: headerOf('La révision lue ou écrite.') }),
    ...('location' in answer &&
      answer.location && { Location: headerOf('Où relire ce qui est fait.') }),
  };
  const content =
    answer.schema === undefined
      ? { [('type' in answer ? answer.type : undefined)?.split(';')[0] ?? 'text/plain']: {} }
      : jsonOf(ref(answer.schema), schemas);
  return {
    [answer.status]: { description: answer.description, headers, content },
  };
}

const jsonOf = (schema: JsonSchema, schemas: Schemas): Readonly<Record<string, MediaType>> => ({
  'application/json': { schema, example: exampleOf(schema, schemas) },
});
