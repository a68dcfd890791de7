import { plainToInstance, Transform, Type } from 'class-transformer';
import {
  IsArray,
  IsEmail,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  ValidateBy,
  ValidateNested,
  validateSync,
  type ValidationArguments,
  type ValidationError,
} from 'class-validator';
import { asLocalDate, isLocalDate } from '../../domain/kernel/localDate.ts';
import type { NamedPeriod } from '../../domain/kernel/townCalendar.ts';

const said = { message: 'indiquez un texte' };
const colour = { message: 'indiquez une couleur comme #0d5845' };

const isDay = (value: unknown): value is string => typeof value === 'string' && isLocalDate(value);

/** A day that exists. */
const Day = (): PropertyDecorator =>
  ValidateBy(
    { name: 'day', validator: { validate: isDay } },
    { message: 'indiquez un jour qui existe, par exemple 2027-05-07' },
  );

/** Not before `from`, where both are days. */
const NotBeforeFrom = (): PropertyDecorator =>
  ValidateBy({
    name: 'notBeforeFrom',
    validator: {
      validate: (to: unknown, given?: ValidationArguments) => {
        const { from } = (given?.object ?? {}) as Partial<ClosureFile>;
        return !isDay(from) || !isDay(to) || from <= to;
      },
      defaultMessage: (given?: ValidationArguments) => {
        const { name } = (given?.object ?? {}) as Partial<ClosureFile>;
        return `«\u00a0${name}\u00a0» finit avant de commencer`;
      },
    },
  });

class ClosureFile {
  @IsString(said)
  @IsNotEmpty(said)
  name!: string;

  @Day()
  from!: string;

  @Day()
  @NotBeforeFrom()
  to!: string;
}

/** `null` and lists would pass for objects that need no check. */
const objectOrText = (one: unknown): unknown =>
  typeof one === 'object' && one !== null && !Array.isArray(one) ? one : '';

/** The town's file (JSON): who it is, its two colours, its calendar. */
class TownFile {
  @IsString(said)
  @IsNotEmpty(said)
  name!: string;

  @IsOptional()
  @IsString(said)
  portalName?: string;

  /** Path of an SVG or PNG file. */
  @IsOptional()
  @IsString(said)
  logo?: string;

  @Matches(/^#[0-9a-f]{6}$/i, colour)
  brandColour!: `#${string}`;

  @Matches(/^#[0-9a-f]{6}$/i, colour)
  accentColour!: `#${string}`;

  @IsString(said)
  @IsNotEmpty(said)
  deskName!: string;

  @IsString(said)
  @IsNotEmpty(said)
  phone!: string;

  @IsEmail({}, { message: 'indiquez une adresse électronique' })
  email!: string;

  @IsArray({ message: 'indiquez les lignes de l’adresse postale' })
  @IsString({ each: true, message: 'indiquez les lignes de l’adresse postale' })
  address!: string[];

  @IsOptional()
  @IsString(said)
  openingHours?: string;

  @IsIn(['A', 'B', 'C'], { message: 'indiquez la zone scolaire\u00a0: A, B ou C' })
  schoolZone!: 'A' | 'B' | 'C';

  /** Where public holidays differ: Alsace, Moselle, overseas. */
  @IsOptional()
  @Matches(/^FR(-[0-9A-Z]{2,3})?$/, { message: 'indiquez FR, FR-57, FR-67, FR-68, FR-GP…' })
  publicHolidays?: string;

  @IsOptional()
  @IsArray({ message: 'indiquez les fermetures de la commune' })
  @ValidateNested({ each: true, message: 'indiquez une fermeture\u00a0: name, from et to' })
  @Type(() => ClosureFile)
  @Transform(({ value }: { value: unknown }) =>
    Array.isArray(value) ? value.map(objectOrText) : value,
  )
  closures?: ClosureFile[];
}

export type Town = Omit<TownFile, 'closures'> & { readonly closures: readonly NamedPeriod[] };

const faultsOf = (errors: readonly ValidationError[], path = ''): string[] =>
  errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const whys = Object.entries(constraints).map(([rule, why]) =>
      rule === 'whitelistValidation' ? 'ce réglage n’existe pas' : why,
    );
    // Two rules may ask for the same in the same words.
    const own = [...new Set(whys)].map((why) => `${path}${property}\u00a0: ${why}`);
    return [...own, ...faultsOf(children, `${path}${property}.`)];
  });

/** Reads a town's file. Throws a RangeError that names every fault, in French. */
export function parseTown(json: string): Town {
  let plain: unknown;
  try {
    plain = JSON.parse(json);
  } catch {
    throw new RangeError('le fichier de la commune n’est pas du JSON');
  }
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain))
    throw new RangeError('le fichier de la commune doit être un objet JSON');
  const file = plainToInstance(TownFile, plain);
  const faults = faultsOf(validateSync(file, { whitelist: true, forbidNonWhitelisted: true }));
  if (faults.length > 0) throw new RangeError(faults.join('\u00a0; '));
  const closures = (file.closures ?? []).map(({ name, from, to }) => ({
    name,
    from: asLocalDate(from),
    to: asLocalDate(to),
  }));
  return Object.assign(file, { closures });
}
