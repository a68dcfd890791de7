import { plainToInstance, Type } from 'class-transformer';
import {
  IsArray,
  IsEmail,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  ValidateNested,
  validateSync,
  type ValidationError,
} from 'class-validator';
import { asLocalDate } from '../../domain/kernel/localDate.ts';
import type { NamedPeriod } from '../../domain/kernel/townCalendar.ts';

const said = { message: 'indiquez un texte' };
const day = { message: 'indiquez un jour, par exemple 2027-05-07' };
const colour = { message: 'indiquez une couleur comme #0d5845' };

class ClosureFile {
  @IsString(said)
  @IsNotEmpty(said)
  name!: string;

  @Matches(/^\d{4}-\d{2}-\d{2}$/, day)
  from!: string;

  @Matches(/^\d{4}-\d{2}-\d{2}$/, day)
  to!: string;
}

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

  @IsIn(['A', 'B', 'C'], { message: 'indiquez la zone scolaire : A, B ou C' })
  schoolZone!: 'A' | 'B' | 'C';

  /** Where public holidays differ: Alsace, Moselle, overseas. */
  @IsOptional()
  @Matches(/^FR(-[0-9A-Z]{2,3})?$/, { message: 'indiquez FR, FR-57, FR-67, FR-68, FR-GP…' })
  publicHolidays?: string;

  @IsOptional()
  @IsArray({ message: 'indiquez les fermetures de la commune' })
  @ValidateNested({ each: true })
  @Type(() => ClosureFile)
  closures?: ClosureFile[];
}

export type Town = Omit<TownFile, 'closures'> & { readonly closures: readonly NamedPeriod[] };

const faultsOf = (errors: readonly ValidationError[], path = ''): string[] =>
  errors.flatMap(({ property, constraints = {}, children = [] }) => [
    ...Object.entries(constraints).map(
      ([rule, why]) =>
        `${path}${property} : ${rule === 'whitelistValidation' ? 'ce réglage n’existe pas' : why}`,
    ),
    ...faultsOf(children, `${path}${property}.`),
  ]);

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
  if (faults.length > 0) throw new RangeError(faults.join(' ; '));
  const closures = (file.closures ?? []).map(({ name, from, to }) => {
    if (from > to) throw new RangeError(`la fermeture « ${name} » finit avant de commencer`);
    return { name, from: asLocalDate(from), to: asLocalDate(to) };
  });
  return Object.assign(file, { closures });
}
