import { expect } from 'chai';
import { rejections } from '../../../src/interfaces/rejections.ts';
import { apiPage } from '../../../src/interfaces/http/openapi/apiPage.tsx';
import { parseBody } from '../../../src/interfaces/http/dto/parse.ts';
import { routes } from '../../../src/interfaces/http/routes/all.ts';
import { document, validatorOf } from '../../support/apiClient.ts';
import { textOf } from '../../support/htmlFacts.ts';

interface Node {
  readonly [name: string]: unknown;
}

/** Every object in the document, with its JSON pointer. */
function* nodes(value: unknown, at = '#'): Generator<readonly [string, Node]> {
  if (typeof value !== 'object' || value === null) return;
  yield [at, value as Node];
  for (const [name, inner] of Object.entries(value)) yield* nodes(inner, `${at}/${name}`);
}

const resolve = (ref: string): unknown =>
  ref
    .slice(2)
    .split('/')
    .reduce<unknown>((node, name) => (node as Node | undefined)?.[name], document);

const operations = Object.entries(document.paths).flatMap(([path, byMethod]) =>
  Object.entries(byMethod).map(([method, operation]) => ({ path, method, operation })),
);
const bodies = routes.flatMap((route) =>
  route.access === 'public' || !route.body ? [] : [{ id: route.operationId, dto: route.body }],
);

describe('the OpenAPI document', () => {
  it('is OpenAPI 3.1, told in French', () => {
    expect(document.openapi).to.equal('3.1.0');
    expect(document.info).to.include.keys('title', 'version', 'description');
  });

  it('is shown with the spaces of French typography', () => {
    const html = apiPage(document).replace(/<(code|pre)\b[\s\S]*?<\/\1>/g, '');
    const spaced = textOf(html).match(/.{0,30}(?: [:;?!€%»]|« ).{0,10}/gu) ?? [];
    expect(spaced).to.deep.equal([]);
  });

  it('tells every route of the table, and no other', () => {
    const told = operations.map(({ method, path }) => `${method} ${path}`).sort();
    const served = routes.map(({ method, path }) => `${method} ${path}`).sort();
    expect(told).to.deep.equal(served);
  });

  it('resolves every reference', () => {
    const refs = [...nodes(document)].flatMap(([at, { $ref }]) =>
      typeof $ref === 'string' ? [{ at, $ref }] : [],
    );
    expect(refs).to.have.length.greaterThan(100);
    for (const { at, $ref } of refs) expect(resolve($ref), `${at} ${$ref}`).to.be.an('object');
  });

  it('names each operation once, with its tag, its callers and its answers', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).to.equal(ids.length);
    const tags = document.tags.map(({ name }) => name);
    for (const { operation } of operations) {
      const { operationId, summary, responses } = operation;
      expect(summary, operationId).to.match(/^\p{Lu}/u);
      expect(operation['x-qui'], operationId).to.be.a('string');
      expect(tags, operationId).to.include.members([...operation.tags]);
      expect(Object.keys(responses).some((status) => status.startsWith('2'))).to.equal(true);
      for (const [status, { description }] of Object.entries(responses)) {
        expect(status).to.match(/^[2-5]\d\d$/);
        expect(description, `${operationId} ${status}`).to.not.equal('');
      }
    }
  });

  it('tells each parameter of each path, and no other', () => {
    for (const { path, operation } of operations) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const told = operation.parameters.filter((one) => one.in === 'path').map(({ name }) => name);
      expect(told, path).to.deep.equal(inPath);
    }
  });

  it('closes every object: unknown fields are refused, and answers have none', () => {
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      for (const [at, node] of nodes(schema, name))
        if (node['type'] === 'object' && at !== 'Outcome/oneOf/3/properties/values')
          expect(node, at).to.have.property('additionalProperties', false);
    }
  });

  it('says nothing that OpenAPI 3.1 no longer says', () => {
    for (const [at, node] of nodes(document.components.schemas))
      expect(node, at).to.not.have.any.keys('nullable', 'example', 'discriminator');
  });

  it('shows an example of every body, true of its schema and accepted by its class', () => {
    for (const { id, dto } of bodies) {
      const operation = operations.find((one) => one.operation.operationId === id)?.operation;
      const { example } = operation?.requestBody?.content['application/json'] ?? {};
      const validate = validatorOf(`#/components/schemas/${dto.name}`);
      expect(validate(example), JSON.stringify(validate.errors)).to.equal(true);
      expect(parseBody(dto, example), id).to.have.property('kind', 'valid');
    }
  });

  it('shows an example of every answer, true of its schema', () => {
    for (const { operation } of operations)
      for (const { content = {} } of Object.values(operation.responses))
        for (const { schema, example } of Object.values(content)) {
          if (example === undefined || typeof schema?.['$ref'] !== 'string') continue;
          const validate = validatorOf(schema['$ref']);
          expect(validate(example), JSON.stringify(validate.errors)).to.equal(true);
        }
  });

  it('shows each refusal as it is told', () => {
    const validate = validatorOf('#/components/schemas/Problem');
    for (const [code, example] of Object.entries(document.components.examples)) {
      const { value } = example as { readonly value: Node };
      expect(validate(value), JSON.stringify(validate.errors)).to.equal(true);
      expect(value).to.include({ code, status: rejections[code]?.status });
    }
  });
});

describe('the page that shows the API', () => {
  const html = apiPage(document);

  it('shows every route, schema and refusal', () => {
    for (const { method, path } of operations)
      expect(html).to.include(`<code>${method.toUpperCase()} ${path}</code>`);
    for (const name of Object.keys(document.components.schemas))
      expect(html).to.include(`id="schema-${name}"`);
    for (const code of Object.keys(rejections)) expect(html).to.include(`<code>${code}</code>`);
  });

  it('leads nowhere that does not exist', () => {
    const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const targets = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(targets).to.have.length.greaterThan(20);
    expect(targets.filter((id) => !ids.has(id))).to.deep.equal([]);
  });

  it('gives each of its parts an id of its own', () => {
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).to.deep.equal([]);
  });

  it('needs no script, no style of its own and no other host', () => {
    expect(html).to.not.match(/<script|<style| style="| on\w+="|https?:\/\//);
  });

  it('stands in the shell that it is given', () => {
    const shown = apiPage(document, ({ title }) => `shell of ${title}`);
    expect(shown).to.equal('shell of API du portail famille');
  });
});
