import type { ActDeadline, DeadlineRule } from '../../../domain/activity/deadline.ts';
import { weekdays, type Weekday } from '../../../domain/kernel/localDate.ts';
import type { LocalTime } from '../../../domain/kernel/parisTime.ts';
import { Nested, NestedUnion, OneOf, Optional, TimeOfDay, WholeNumber } from './rules.ts';

const maxWeeks = 52;
const hour = 'Heure de Paris.';

export class DaysBeforeRule {
  @OneOf('N jours avant la séance.', ['daysBefore'])
  readonly type!: 'daysBefore';

  @WholeNumber('Nombre de jours.', { min: 0, max: 366, example: 2 })
  readonly days!: number;

  @OneOf('Jours du calendrier, ou jours ouvrés.', ['calendar', 'working'])
  readonly unit!: 'calendar' | 'working';

  @TimeOfDay(hour)
  readonly at!: LocalTime;
}

export class WeekdayBeforeRule {
  @OneOf('Un jour de la semaine, N semaines avant celle de la séance.', ['weekdayBefore'])
  readonly type!: 'weekdayBefore';

  @OneOf('Le jour.', weekdays)
  readonly weekday!: Weekday;

  @WholeNumber('0 : la semaine de la séance.', { min: 0, max: maxWeeks })
  readonly weeks!: number;

  @TimeOfDay(hour)
  readonly at!: LocalTime;
}

export class WeekdayRow {
  @OneOf('Le jour limite.', weekdays)
  readonly weekday!: Weekday;

  @WholeNumber('0 : la semaine de la séance.', { min: 0, max: maxWeeks })
  readonly weeks!: number;
}

/** Pour chaque jour de séance, le jour limite. */
export class WeekdayRows {
  @Optional()
  @Nested('Séances du lundi.', () => WeekdayRow)
  readonly MON?: WeekdayRow;

  @Optional()
  @Nested('Séances du mardi.', () => WeekdayRow)
  readonly TUE?: WeekdayRow;

  @Optional()
  @Nested('Séances du mercredi.', () => WeekdayRow)
  readonly WED?: WeekdayRow;

  @Optional()
  @Nested('Séances du jeudi.', () => WeekdayRow)
  readonly THU?: WeekdayRow;

  @Optional()
  @Nested('Séances du vendredi.', () => WeekdayRow)
  readonly FRI?: WeekdayRow;

  @Optional()
  @Nested('Séances du samedi.', () => WeekdayRow)
  readonly SAT?: WeekdayRow;

  @Optional()
  @Nested('Séances du dimanche.', () => WeekdayRow)
  readonly SUN?: WeekdayRow;
}

export class WeekdayTableRule {
  @OneOf('Un jour limite par jour de séance.', ['weekdayTable'])
  readonly type!: 'weekdayTable';

  @Nested('Le tableau.', () => WeekdayRows)
  readonly rows!: WeekdayRows;

  @TimeOfDay(hour)
  readonly at!: LocalTime;
}

export class MonthBeforeRule {
  @OneOf('Un jour du mois d’avant.', ['monthBefore'])
  readonly type!: 'monthBefore';

  @WholeNumber('Le 31 est le dernier jour des mois plus courts.', { min: 1, max: 31, example: 20 })
  readonly day!: number;

  @TimeOfDay(hour)
  readonly at!: LocalTime;
}

export class SameDayRule {
  @OneOf('Le jour même.', ['sameDay'])
  readonly type!: 'sameDay';

  @TimeOfDay(hour)
  readonly at!: LocalTime;
}

export class NoDeadlineRule {
  @OneOf('Jusqu’au début de la séance.', ['none'])
  readonly type!: 'none';
}

const ruleClasses = {
  daysBefore: DaysBeforeRule,
  weekdayBefore: WeekdayBeforeRule,
  weekdayTable: WeekdayTableRule,
  monthBefore: MonthBeforeRule,
  sameDay: SameDayRule,
  none: NoDeadlineRule,
} satisfies Record<DeadlineRule['type'], unknown>;

/** What stands for a rule whose `type` is none of these: it says which there are. */
class UnknownRule {
  @OneOf('Forme du délai.', Object.keys(ruleClasses))
  readonly type!: string;
}

export class DeadlineBody implements ActDeadline {
  @NestedUnion(
    'Quand le délai tombe, compté depuis le jour de la séance.',
    ruleClasses,
    UnknownRule,
  )
  readonly rule!: DeadlineRule;

  @OneOf('« Avant 9 h » exclut 9 h juste, « jusqu’à 9 h » l’inclut.', ['exclusive', 'inclusive'])
  readonly boundary!: 'exclusive' | 'inclusive';
}
