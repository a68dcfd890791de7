import { formatFullDate } from '../../../kernel/french/dates.ts';
import type { LocalDate } from '../../../kernel/localDate.ts';
import type { Path, Report } from '../schema/schema.ts';
import { optional } from '../schema/structures.ts';
import { localDate } from '../schema/values.ts';

/** The days on which a rule holds, both ends included; open where nothing is said. */
export interface Validity {
  readonly validFrom?: LocalDate;
  readonly validUntil?: LocalDate;
}
export const validity = { validFrom: optional(localDate), validUntil: optional(localDate) };

export const holdsOn = ({ validFrom, validUntil }: Validity, date: LocalDate): boolean =>
  (validFrom === undefined || validFrom <= date) &&
  (validUntil === undefined || date <= validUntil);

/** Whether some day belongs to both. */
export const overlap = (one: Validity, other: Validity): boolean =>
  !(one.validUntil && other.validFrom && one.validUntil < other.validFrom) &&
  !(other.validUntil && one.validFrom && other.validUntil < one.validFrom);

export function validityFaults(
  { validFrom, validUntil }: Validity,
  at: Path,
  report: Report,
): void {
  if (validFrom && validUntil && validUntil < validFrom)
    report([...at, 'validUntil'], 'Cette date précède le début de validité.');
}

/** « du lundi 4 janvier 2027 au mercredi 31 mars 2027 »; undefined when the rule always holds. */
export function validityLine({ validFrom, validUntil }: Validity): string | undefined {
  if (validFrom && validUntil)
    return `du ${formatFullDate(validFrom)} au ${formatFullDate(validUntil)}`;
  if (validFrom) return `à partir du ${formatFullDate(validFrom)}`;
  return validUntil && `jusqu’au ${formatFullDate(validUntil)}`;
}
