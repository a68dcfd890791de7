import {
  isId,
  type ActivityId,
  type ChildId,
  type FamilyId,
  type ReceiptId,
  type ReservationId,
} from '../../domain/kernel/ids.ts';
import { isLocalDate, type LocalDate } from '../../domain/kernel/localDate.ts';
import { typeset } from '../rejectionWords.ts';
import { dayPattern, idPattern, type JsonSchema } from './dto/rules.ts';
import type { FieldFault } from './refusal.ts';

/** What may stand in an address, by name. */
export interface PathValues {
  readonly familyId: FamilyId;
  readonly childId: ChildId;
  readonly activityId: ActivityId;
  readonly reservationId: ReservationId;
  readonly receiptId: ReceiptId;
  readonly date: LocalDate;
  readonly projection: string;
}

type NamesIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

/** The values that a path holds: `/api/families/{familyId}` -> `{ familyId }`. */
export type PathOf<Path extends string> = Pick<PathValues, NamesIn<Path> & keyof PathValues>;

interface PathParameter {
  readonly description: string;
  readonly schema: JsonSchema;
  readonly holds: (text: string) => boolean;
  readonly message: string;
}

const id = (description: string): PathParameter => ({
  description,
  schema: { type: 'string', pattern: idPattern },
  holds: isId,
  message: 'Cette référence n’en est pas une : lettres minuscules, chiffres et tirets.',
});

export const pathParameters: Readonly<Record<keyof PathValues, PathParameter>> = {
  familyId: id('La famille.'),
  childId: id('L’enfant.'),
  activityId: id('L’activité.'),
  reservationId: id('La réservation.'),
  receiptId: id('L’accusé de réception.'),
  date: {
    description: 'Le jour de la séance.',
    schema: { type: 'string', format: 'date', pattern: dayPattern },
    holds: isLocalDate,
    message: 'Indiquez un jour qui existe, par exemple 2026-11-23.',
  },
  projection: {
    description: 'Nom de la lecture, tel que la liste des lectures le donne.',
    schema: { type: 'string', pattern: '^[a-z][a-z_]{0,63}$' },
    holds: (text) => /^[a-z][a-z_]{0,63}$/.test(text),
    message: 'Ce nom de lecture n’en est pas un.',
  },
};

export const pathParameterNames = (path: string): readonly (keyof PathValues)[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => {
    if (name === undefined || !(name in pathParameters))
      throw new TypeError(`no such path parameter in ${path}`);
    return name as keyof PathValues;
  });

/** What is wrong with the values in an address; a value that no id may be is never looked up. */
export const pathFaults = (
  names: readonly (keyof PathValues)[],
  values: Readonly<Record<string, string | string[] | undefined>>,
): readonly FieldFault[] =>
  names.flatMap((name) => {
    const { holds, message } = pathParameters[name];
    const value = values[name];
    return typeof value === 'string' && holds(value)
      ? []
      : { in: 'path' as const, field: name, message: typeset(message) };
  });
