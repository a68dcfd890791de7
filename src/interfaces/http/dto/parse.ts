import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { pointerOf, unexpectedField, type FieldFault } from '../refusal.ts';

export type Dto<T extends object> = new () => T;

export type Parsed<T> =
  | { readonly kind: 'valid'; readonly value: T }
  | { readonly kind: 'invalid'; readonly faults: readonly FieldFault[] };

/** Enough to correct a form; a body of a thousand faults is answered shortly. */
const maxFaults = 50;

const options = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  stopAtFirstError: true,
  validationError: { target: false, value: false },
};

/** Turns JSON into an instance of its class, or names every fault at once. Unknown fields are faults. */
export const parseBody = <T extends object>(dto: Dto<T>, body: unknown): Parsed<T> =>
  parse(dto, body, (path) => ({ in: 'body', field: pointerOf(path) }));

const inQuery = (path: readonly string[]) =>
  ({ in: 'query', field: (path[0] ?? '').slice(0, 64) }) as const;

/** Turns the parameters of an address into an instance; the same parameter twice is a fault. */
export function parseQuery<T extends object>(dto: Dto<T>, search: URLSearchParams): Parsed<T> {
  const names = [...search.keys()];
  const faults = names.flatMap((name, index) => {
    if (name in Object.prototype) return { ...inQuery([name]), message: unexpectedField };
    if (names.indexOf(name) === index) return [];
    return { ...inQuery([name]), message: 'Ce paramètre est donné deux fois.' };
  });
  if (faults.length > 0) return { kind: 'invalid', faults: faults.slice(0, maxFaults) };
  return parse(dto, Object.fromEntries(search), inQuery);
}

/** Where an address takes no parameter at all. */
export const noParameters = (search: URLSearchParams): readonly FieldFault[] =>
  [...search.keys()]
    .slice(0, maxFaults)
    .map((name) => ({ ...inQuery([name]), message: unexpectedField }));

function parse<T extends object>(
  dto: Dto<T>,
  plain: unknown,
  placeOf: (path: readonly string[]) => Pick<FieldFault, 'in' | 'field'>,
): Parsed<T> {
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) {
    const message = 'Envoyez un objet JSON.';
    return { kind: 'invalid', faults: [{ ...placeOf([]), message }] };
  }
  const value = plainToInstance(dto, plain);
  const errors = validateSync(value, options);
  if (errors.length === 0) return { kind: 'valid', value };
  const faults = messagesOf(errors).slice(0, maxFaults);
  return {
    kind: 'invalid',
    faults: faults.map(({ path, message }) => ({ ...placeOf(path), message })),
  };
}

interface Message {
  readonly path: readonly string[];
  readonly message: string;
}

function* walk(errors: readonly ValidationError[], above: readonly string[]): Generator<Message> {
  for (const { property, constraints, children = [] } of errors) {
    const path = [...above, property];
    const [[name, text] = []] = Object.entries(constraints ?? {});
    if (name !== undefined && text !== undefined)
      yield { path, message: name === 'whitelistValidation' ? unexpectedField : text };
    yield* walk(children, path);
  }
}

const messagesOf = (errors: readonly ValidationError[]): Message[] => [...walk(errors, [])];
