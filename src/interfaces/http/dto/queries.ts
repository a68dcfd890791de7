import { Transform } from 'class-transformer';
import type { ChildId } from '../../../domain/kernel/ids.ts';
import type { LocalDate, YearMonth } from '../../../domain/kernel/localDate.ts';
import { Day, Id, Month, Optional, WholeNumber } from './rules.ts';

/** Digits in an address are a number; anything else stays a text, and is refused as such. */
const FromDigits = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value,
  );

export class AgendaQueryParameters {
  @Month('Le mois à lire.')
  readonly month!: YearMonth;

  @Optional()
  @Id('Un seul des enfants de la famille.')
  readonly childId?: ChildId;
}

export class DayQueryParameters {
  @Day('Le jour à lire.')
  readonly date!: LocalDate;
}

export class PageQueryParameters {
  @Optional()
  @FromDigits()
  @WholeNumber('Nombre de lignes, 50 sans cela.', { min: 1, max: 200, example: 50 })
  readonly limit?: number;

  @Optional()
  @FromDigits()
  @WholeNumber('Nombre de lignes à passer.', { min: 0, max: 100_000 })
  readonly skip?: number;
}
