import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'chai';
import {
  openApiDocument,
  type MediaType,
  type OpenApiDocument,
  type Operation,
} from '../../src/interfaces/http/openapi/document.ts';
import type { Problem } from '../../src/interfaces/http/problem.ts';
import { routes } from '../../src/interfaces/http/routes/all.ts';

export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

type Sent = Readonly<Record<string, string>>;

/** A client of the API. Each answer is held against what the OpenAPI document promises. */
export interface ApiClient {
  get<T = unknown>(path: string, headers?: Sent): Promise<Answer<T>>;
  post<T = unknown>(path: string, body?: unknown, headers?: Sent): Promise<Answer<T>>;
  /** A request that must be refused. */
  refused(method: 'GET' | 'POST', path: string, body?: unknown, headers?: Sent): Promise<Problem>;
}

export function apiClient(url: string, signedIn: Sent): ApiClient {
  const call = async <T>(method: string, path: string, init: RequestInit): Promise<Answer<T>> => {
    const response = await fetch(`${url}${path}`, { method, redirect: 'manual', ...init });
    const text = await response.text();
    const { status, headers } = response;
    const type = headers.get('content-type') ?? '';
    const body = (/json/.test(type) ? JSON.parse(text) : text) as T;
    holdAgainstDocument(method, path, { status, headers, body });
    return { status, headers, body };
  };
  const client: ApiClient = {
    get: (path, headers = {}) => call('GET', path, { headers: { ...signedIn, ...headers } }),
    post(path, body, headers = {}) {
      if (body === undefined) return call('POST', path, { headers: { ...signedIn, ...headers } });
      const type = { 'content-type': 'application/json' };
      const sent = typeof body === 'string' ? body : JSON.stringify(body);
      return call('POST', path, { body: sent, headers: { ...type, ...signedIn, ...headers } });
    },
    async refused(method, path, body, headers) {
      const { status, body: problem } =
        method === 'GET'
          ? await client.get<Problem>(path, headers)
          : await client.post<Problem>(path, body, headers);
      expect(status, JSON.stringify(problem)).to.be.at.least(400);
      expect(problem.status).to.equal(status);
      return problem;
    },
  };
  return client;
}

export const document: OpenApiDocument = openApiDocument(routes);

const ajv = new Ajv2020({
  allErrors: true,
  strict: true,
  strictRequired: false,
  allowUnionTypes: true,
});
addFormats(ajv);
ajv.addVocabulary(['components']);
ajv.addSchema({ $id: 'api', components: { schemas: document.components.schemas } });

const validators = new Map<string, ValidateFunction>();

/** Checks a value against a schema of the document. */
export function validatorOf(ref: string): ValidateFunction {
  const found = validators.get(ref) ?? ajv.compile({ $ref: `api${ref}` });
  validators.set(ref, found);
  return found;
}

function operationAt(method: string, path: string): Operation | undefined {
  const [address = ''] = path.split('?');
  for (const [template, operations] of Object.entries(document.paths)) {
    const pattern = new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
    if (pattern.test(address)) return operations[method.toLowerCase()];
  }
  return undefined;
}

/** What the document says of this answer must be true: its status, type, code, shape and headers. */
function holdAgainstDocument(method: string, path: string, answer: Answer<unknown>): void {
  const { status, headers, body } = answer;
  expect(headers.get('cache-control')).to.equal('no-store');
  expect(headers.get('x-request-id')).to.match(/^[\w.~-]{8,64}$/);
  const operation = operationAt(method, path);
  if (!operation) return;
  const told = operation.responses[String(status)];
  if (!told) expect.fail(`${method} ${path} answered ${status}: ${JSON.stringify(body)}`);
  const type = (headers.get('content-type') ?? '').split(';')[0] ?? '';
  const content: MediaType | undefined = told.content?.[type];
  if (!content) expect.fail(`${method} ${path} answered ${type}`);
  if (status >= 400)
    expect(content.examples, `${method} ${path}`).to.have.property((body as Problem).code);
  for (const name of Object.keys(told.headers ?? {}))
    expect(headers.get(name), `${method} ${path} ${name}`).to.not.equal(null);
  const ref = content.schema?.['$ref'];
  if (typeof ref !== 'string') return;
  const validate = validatorOf(ref);
  if (!validate(body))
    expect.fail(`${method} ${path}: ${JSON.stringify(validate.errors)} ${JSON.stringify(body)}`);
}
