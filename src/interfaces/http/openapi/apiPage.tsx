import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { rejections, describeRejection } from '../../rejections.ts';
import type { JsonSchema } from '../dto/rules.ts';
import { problemSlug } from '../problem.ts';
import { Coded } from './coded.tsx';
import type { OpenApiDocument } from './document.ts';
import { OperationSection } from './operationSection.tsx';

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
