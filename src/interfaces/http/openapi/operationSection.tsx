import type { JsonSchema } from '../dto/rules.ts';
import { problemSlug } from '../problem.ts';
import { Coded } from './coded.tsx';
import type { MediaType, Operation, Parameter } from './document.ts';

interface OperationProps {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
}

/** One route: who may, what it reads, what it answers. */
export function OperationSection({ path, method, operation }: OperationProps) {
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
