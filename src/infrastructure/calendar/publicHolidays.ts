import type Holidays from 'date-holidays';
import { createRequire } from 'node:module';
import type { LocalDate } from '../../domain/kernel/localDate.ts';

/** Where public holidays are those of the labour code, or have more: Moselle, Alsace, overseas. */
const regions = [
  'FR',
  'FR-57',
  'FR-67',
  'FR-68',
  'FR-BL',
  'FR-GF',
  'FR-GP',
  'FR-MF',
  'FR-MQ',
  'FR-RE',
  'FR-YT',
];

/** As families read them; others keep the package's own French name. */
const usualNames: Readonly<Record<string, string>> = {
  'Nouvel An': 'Jour de l’An',
  'Fête du travail': 'Fête du Travail',
  'Fête de la Victoire 1945': 'Victoire 1945',
  'Fête Nationale de la France': 'Fête nationale',
};

type Constructor = new (country: string, state?: string) => Holidays;

/**
 * French public holidays (jours fériés) by day, worked out once per year from the package date-holidays. That package
 * takes about 180 ms to load: it is loaded by the first question, not by starting.
 */
export class PublicHolidays {
  private source: Holidays | undefined;
  private readonly years = new Map<string, ReadonlyMap<string, string>>();

  /** `FR`, or `FR-67` and the like. Throws a RangeError for any other region. */
  constructor(private readonly region: string) {
    if (!regions.includes(region))
      throw new RangeError(
        `« ${region} » n’est pas une région connue\u00a0: ${regions.join(', ')}`,
      );
  }

  /** Name of the public holiday on that day, if any. */
  nameOn(date: LocalDate): string | undefined {
    const year = date.slice(0, 4);
    let days = this.years.get(year);
    if (!days) this.years.set(year, (days = this.daysOf(Number(year))));
    return days.get(date);
  }

  private daysOf(year: number): ReadonlyMap<string, string> {
    this.source ??= this.load();
    return new Map(
      this.source
        .getHolidays(year, 'fr')
        .filter(({ type }) => type === 'public')
        .map(({ date, name }) => [date.slice(0, 10), usualNames[name] ?? name]),
    );
  }

  private load(): Holidays {
    const Source = createRequire(import.meta.url)('date-holidays') as Constructor;
    const [country = 'FR', state] = this.region.split('-');
    return state === undefined ? new Source(country) : new Source(country, state);
  }
}
