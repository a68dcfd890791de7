import { plainToInstance, Transform, Type } from 'class-transformer';
import {
  isEmail,
  registerDecorator,
  ValidateIf,
  ValidateNested,
  type ValidationArguments,
} from 'class-validator';
import { isId } from '../../../domain/kernel/ids.ts';
import { isLocalDate, isYearMonth } from '../../../domain/kernel/localDate.ts';
import { isLocalTime } from '../../../domain/kernel/parisTime.ts';
import { typeset } from '../../rejectionWords.ts';

/** A JSON Schema (2020-12), as plain JSON. */
export type JsonSchema = Readonly<Record<string, unknown>>;

interface Rule {
  readonly schema: JsonSchema;
  /** What to correct, in French. */
  readonly message: string;
  readonly holds: (value: unknown) => boolean;
}

/** Name under which every rule is registered; the schema of each is its one constraint. */
export const ruleName = 'rule';

/** A property decorator that checks, explains and documents: three things that can't drift apart. */
const rule =
  ({ schema, message, holds }: Rule): PropertyDecorator =>
  (target, propertyName) =>
    registerDecorator({
      name: ruleName,
      target: target.constructor,
      propertyName: String(propertyName),
      constraints: [schema],
      validator: {
        validate: holds,
        defaultMessage: (seen?: ValidationArguments) =>
          seen?.value === undefined ? 'Ce champ est obligatoire.' : typeset(message),
      },
    });

/** May be left out; `null` is no way to leave it out. */
export const Optional = (): PropertyDecorator =>
  ValidateIf((_object, value) => value !== undefined);

const isText = (value: unknown): value is string => typeof value === 'string';
export const idPattern = '^[a-z0-9][a-z0-9-]{0,63}$';
export const dayPattern = '^(19|20|21)\\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$';
export const monthPattern = '^(19|20|21)\\d{2}-(0[1-9]|1[0-2])$';

/** Reference of a family, child, activity… */
export const Id = (
  description: string,
  example = '019aa1c2-7d3e-7b1a-9c55-2f61c0de4a10',
): PropertyDecorator =>
  rule({
    schema: { type: 'string', pattern: idPattern, description, examples: [example] },
    message:
      'Indiquez une référence : lettres minuscules, chiffres et tirets, 64 caractères au plus.',
    holds: (value) => isText(value) && isId(value),
  });

/** A day that exists. */
export const Day = (description: string): PropertyDecorator =>
  rule({
    schema: {
      type: 'string',
      format: 'date',
      pattern: dayPattern,
      description,
      examples: ['2026-11-23'],
    },
    message: 'Indiquez un jour qui existe, par exemple 2026-11-23.',
    holds: (value) => isText(value) && isLocalDate(value),
  });

export const Month = (description: string): PropertyDecorator =>
  rule({
    schema: { type: 'string', pattern: monthPattern, description, examples: ['2026-11'] },
    message: 'Indiquez un mois, par exemple 2026-11.',
    holds: (value) => isText(value) && isYearMonth(value),
  });

/** Wall-clock time in France; `24:00` is the end of the day. */
export const TimeOfDay = (description: string): PropertyDecorator =>
  rule({
    schema: {
      type: 'string',
      pattern: '^(([01]\\d|2[0-3]):[0-5]\\d|24:00)$',
      description,
      examples: ['09:00'],
    },
    message: 'Indiquez une heure, par exemple 09:00.',
    holds: (value) => isText(value) && isLocalTime(value),
  });

/** Control characters (a new line where `lines` allows it) have no place in what people read. */
const printable = (value: string, lines: boolean): boolean =>
  !(lines ? /[^\P{Cc}\n]|\p{Cs}/u : /[\p{Cc}\p{Cs}]/u).test(value);

export const Text = (
  description: string,
  { max, lines = false, example }: { max: number; lines?: boolean; example: string },
): PropertyDecorator =>
  rule({
    schema: {
      type: 'string',
      minLength: 1,
      maxLength: max,
      pattern: '\\S',
      description,
      examples: [example],
    },
    message: `Écrivez un texte de ${max} caractères au plus.`,
    holds: (value) =>
      isText(value) && value.length <= max && value.trim() !== '' && printable(value, lines),
  });

export const Email = (description: string): PropertyDecorator =>
  rule({
    schema: {
      type: 'string',
      format: 'email',
      maxLength: 254,
      description,
      examples: ['camille.martin@example.org'],
    },
    message: 'Indiquez une adresse électronique, par exemple nom@example.org.',
    holds: (value) => isText(value) && isEmail(value),
  });

export const Flag = (description: string): PropertyDecorator =>
  rule({
    schema: { type: 'boolean', description },
    message: 'Indiquez true ou false.',
    holds: (value) => typeof value === 'boolean',
  });

export const WholeNumber = (
  description: string,
  { min, max, example = min }: { min: number; max: number; example?: number },
): PropertyDecorator =>
  rule({
    schema: { type: 'integer', minimum: min, maximum: max, description, examples: [example] },
    message: `Indiquez un nombre entier, de ${min} à ${max}.`,
    holds: (value) =>
      typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max,
  });

export const OneOf = (description: string, values: readonly string[]): PropertyDecorator =>
  rule({
    schema: { type: 'string', enum: values, description },
    message: `Indiquez une de ces valeurs : ${values.join(', ')}.`,
    holds: (value) => isText(value) && values.includes(value),
  });

/** A list of distinct words. */
export const SetOf = (description: string, values: readonly string[]): PropertyDecorator =>
  rule({
    schema: {
      type: 'array',
      items: { type: 'string', enum: values },
      minItems: 1,
      uniqueItems: true,
      description,
    },
    message: `Indiquez une liste sans doublon, parmi : ${values.join(', ')}.`,
    holds: (value) =>
      Array.isArray(value) &&
      value.length > 0 &&
      new Set(value).size === value.length &&
      value.every((item) => isText(item) && values.includes(item)),
  });

type DtoClass = new () => object;

const isPlainObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const refTo = ({ name }: DtoClass): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

/** An object of a class, checked in depth. */
export const Nested =
  (description: string, of: () => DtoClass): PropertyDecorator =>
  (target, propertyName) => {
    Type(of)(target, propertyName);
    ValidateNested()(target, String(propertyName));
    const message = 'Indiquez un objet JSON.';
    rule({ schema: { ...refTo(of()), description }, message, holds: isPlainObject })(
      target,
      propertyName,
    );
  };

/** An object of one of several classes, told apart by its `type`. */
export const NestedUnion =
  (
    description: string,
    byType: Readonly<Record<string, DtoClass>>,
    otherwise: DtoClass,
  ): PropertyDecorator =>
  (target, propertyName) => {
    const classOf = (type: unknown): DtoClass =>
      (isText(type) && Object.hasOwn(byType, type) ? byType[type] : undefined) ?? otherwise;
    Transform(({ value }: { value: unknown }) =>
      isPlainObject(value) ? plainToInstance(classOf(value['type']), value) : value,
    )(target, propertyName);
    ValidateNested()(target, String(propertyName));
    const schema = { oneOf: Object.values(byType).map(refTo), description };
    const message = 'Indiquez un objet JSON, avec son « type ».';
    rule({ schema, message, holds: isPlainObject })(target, propertyName);
  };

/** A bounded list of objects of a class, each checked in depth. */
export const ListOf =
  (
    description: string,
    of: () => DtoClass,
    { min = 0, max }: { min?: number; max: number },
  ): PropertyDecorator =>
  (target, propertyName) => {
    Type(of)(target, propertyName);
    ValidateNested({ each: true })(target, String(propertyName));
    rule({
      schema: { type: 'array', items: refTo(of()), minItems: min, maxItems: max, description },
      message: `Indiquez une liste de ${min} à ${max} objets JSON.`,
      holds: (value) =>
        Array.isArray(value) &&
        value.length >= min &&
        value.length <= max &&
        value.every(isPlainObject),
    })(target, propertyName);
  };
