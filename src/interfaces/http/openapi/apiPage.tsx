import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { rejections, describeRejection } from '../../rejections.ts';
import type { JsonSchema } from '../dto/rules.ts';
import { problemSlug } from '../problem.ts';
import type { MediaType, OpenApiDocument, Operation, Parameter } from './document.ts';

/** Surrounds a page: the portal's own shell, with its styles. */
export type PageShell = (page: { readonly title: string; readonly content: VNode }) => string;

const title = 'API du portail famille';

const bare: PageShell = ({ title: told, content }) =>
  '<!doctype html>' +
  renderToString(
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <title>{told}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
      </head>
      <body>
        <main>{content}</main>
      </body>
    </html>,
  );

/** The page that shows the document: nothing inline, no script, everything escaped. */
export const apiPage = (document: OpenApiDocument, shell: PageShell = bare): string =>
  shell({ title, content: <ApiDocumentation document={document} /> });

function ApiDocumentation({ document }: { readonly document: OpenApiDocument }) {
  const { info, tags, paths, components } = document;
  const operations = Object.entries(paths).flatMap(([path, byMethod]) =>
    Object.entries(byMethod).map(([method, operation]) => ({ path, method, operation })),
  );
  return (
    <article class="api">
      <div class="api__intro">
        <h1>{title}</h1>
        {info.description.split('\n\n').map((paragraph) => (
          <p key={paragraph}>
            <Coded text={paragraph} />
          </p>
        ))}
        <p>
          <a href="/api/openapi.json">{'Document OpenAPI\u00a03.1 (JSON)'}</a>
        </p>
      </div>
      <nav class="api__index" aria-label="Adresses de l’API">
        {tags.map(({ name }) => (
          <section key={name}>
            <h2>{name}</h2>
            <ul>
              {operations
                .filter(({ operation }) => operation.tags.includes(name))
                .map(({ path, method, operation }) => (
                  <li key={operation.operationId}>
                    <a href={`#${operation.operationId}`}>
                      <code>{`${method.toUpperCase()} ${path}`}</code>
                    </a>
                    <span>{operation.summary}</span>
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </nav>
      {tags.map(({ name, description }) => (
        <section key={name} class="api__tag" aria-labelledby={`tag-${name}`}>
          <h2 id={`tag-${name}`}>{name}</h2>
          <p>{description}</p>
          {operations
            .filter(({ operation }) => operation.tags.includes(name))
            .map((one) => (
              <OperationSection key={one.operation.operationId} {...one} />
            ))}
        </section>
      ))}
      <Schemas schemas={components.schemas} />
      <Problems />
    </article>
  );
}

interface OperationProps {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
}

function OperationSection({ path, method, operation }: OperationProps) {
  const { operationId, summary, description, parameters, requestBody, responses } = operation;
  return (
    <section class="card api__operation" id={operationId} aria-labelledby={`${operationId}-titre`}>
      <h3 id={`${operationId}-titre`}>{summary}</h3>
      <p>
        <code>{`${method.toUpperCase()} ${path}`}</code>
      </p>
      {description && (
        <p>
          <Coded text={description} />
        </p>
      )}
      <p>{`Qui\u00a0: ${operation['x-qui']}.`}</p>
      {parameters.length > 0 && <Parameters parameters={parameters} />}
      {requestBody && (
        <div class="api__part">
          <h4>Corps de la demande</h4>
          <Content content={requestBody.content} />
        </div>
      )}
      <Responses responses={responses} />
    </section>
  );
}

function Responses({ responses }: Pick<Operation, 'responses'>) {
  const [done, refused] = [true, false].map((good) =>
    Object.entries(responses).filter(([status]) => Number(status) < 400 === good),
  );
  return (
    <>
      {done?.map(([status, { description, content }]) => (
        <div key={status} class="api__part">
          <h4>{`Réponse ${status}`}</h4>
          <p>{description}</p>
          {content && <Content content={content} />}
        </div>
      ))}
      <details class="api__part">
        <summary>Refus possibles</summary>
        <ul>
          {refused?.map(([status, { content }]) => (
            <li key={status}>
              {`${status}\u00a0: `}
              {Object.keys(content?.['application/problem+json']?.examples ?? {}).map(
                (code, index) => (
                  <>
                    {index > 0 && ', '}
                    <a href={`#${problemSlug(code)}`}>
                      <code>{code}</code>
                    </a>
                  </>
                ),
              )}
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}

function Parameters({ parameters }: { readonly parameters: readonly Parameter[] }) {
  return (
    <div class="table-frame">
      <table class="table">
        <caption>Paramètres</caption>
        <thead>
          <tr>
            <th scope="col">Nom</th>
            <th scope="col">Où</th>
            <th scope="col">Quoi</th>
          </tr>
        </thead>
        <tbody>
          {parameters.map(({ name, in: where, required, description }) => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
                {required ? '' : ' (facultatif)'}
              </th>
              <td>{places[where]}</td>
              <td>
                <Coded text={description} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const places = { path: 'adresse', query: 'après «\u00a0?\u00a0»', header: 'en-tête' };

function Content({ content }: { readonly content: Readonly<Record<string, MediaType>> }) {
  return (
    <>
      {Object.entries(content).map(([type, { schema, example }]) => (
        <div key={type}>
          <p>
            <code>{type}</code> <SchemaLink schema={schema} />
          </p>
          {example !== undefined && (
            <details>
              <summary>Exemple</summary>
              <pre tabindex={0}>
                <code>{JSON.stringify(example, null, 2)}</code>
              </pre>
            </details>
          )}
        </div>
      ))}
    </>
  );
}

function SchemaLink({ schema }: { readonly schema: JsonSchema | undefined }) {
  const { $ref } = schema ?? {};
  const name = typeof $ref === 'string' ? $ref.split('/').at(-1) : undefined;
  return name ? <a href={`#schema-${name}`}>{name}</a> : null;
}

function Schemas({ schemas }: { readonly schemas: Readonly<Record<string, JsonSchema>> }) {
  return (
    <section class="api__tag" aria-labelledby="schemas">
      <h2 id="schemas">Schémas</h2>
      {Object.entries(schemas).map(([name, schema]) => (
        <details key={name} id={`schema-${name}`}>
          <summary>
            <code>{name}</code>
          </summary>
          <pre tabindex={0}>
            <code>{JSON.stringify(schema, null, 2)}</code>
          </pre>
        </details>
      ))}
    </section>
  );
}

function Problems() {
  return (
    <section class="api__tag" aria-labelledby="problemes">
      <h2 id="problemes">Refus</h2>
      <dl>
        {Object.entries(rejections).map(([code, { sample }]) => {
          const { status, title: named, detail } = describeRejection({ code, values: sample });
          return (
            <div key={code} id={problemSlug(code)}>
              <dt>
                <code>{code}</code>
                {` (${status})\u00a0: ${named}`}
              </dt>
              <dd>{detail}</dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

/** Words between backticks are code. */
const Coded = ({ text }: { readonly text: string }) => (
  <>
    {text
      .split('`')
      .map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}
  </>
);
