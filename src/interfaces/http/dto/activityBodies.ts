import {
  activityKinds,
  type ActivityKind,
  type ActivityTerms,
  type Schedule,
} from '../../../domain/activity/activityTerms.ts';
import type { Facility } from '../../../domain/activity/activity.ts';
import type { ActivityId, FacilityId } from '../../../domain/kernel/ids.ts';
import { weekdays, type LocalDate, type Weekday } from '../../../domain/kernel/localDate.ts';
import type { Cents } from '../../../domain/kernel/money.ts';
import type { LocalTime } from '../../../domain/kernel/parisTime.ts';
import type { AgeGroup } from '../../../domain/kernel/sessionTerms.ts';
import { DeadlineBody } from './deadlineBodies.ts';
import {
  Day,
  Flag,
  Id,
  ListOf,
  Nested,
  OneOf,
  SetOf,
  Text,
  TimeOfDay,
  WholeNumber,
} from './rules.ts';

export class FacilityBody implements Facility {
  @Id('Référence de l’établissement.', 'ecole-jules-ferry')
  readonly facilityId!: FacilityId;

  @Text('Son nom.', { max: 120, example: 'École Jules-Ferry' })
  readonly name!: string;
}

export class ScheduleBody implements Schedule {
  @SetOf('Jours de la semaine.', weekdays)
  readonly weekdays!: readonly Weekday[];

  @OneOf('Jours d’école, vacances scolaires, ou les deux.', [
    'schoolTerm',
    'schoolHolidays',
    'always',
  ])
  readonly season!: Schedule['season'];

  @TimeOfDay('Début de la séance, heure de Paris.')
  readonly startsAt!: LocalTime;

  @TimeOfDay('Fin de la séance, heure de Paris.')
  readonly endsAt!: LocalTime;
}

export class AgeGroupBody implements AgeGroup {
  @Id('Code du groupe.', '6-11-ans')
  readonly code!: string;

  @Text('Son nom.', { max: 80, example: '6-11 ans' })
  readonly name!: string;

  @WholeNumber('Âge le plus petit, en années révolues le jour de la séance.', { min: 0, max: 25 })
  readonly minAge!: number;

  @WholeNumber('Âge le plus grand, inclus.', { min: 0, max: 25, example: 11 })
  readonly maxAge!: number;

  @WholeNumber('Nombre de places.', { min: 0, max: 10_000, example: 60 })
  readonly places!: number;
}

export class ActivityTermsBody implements ActivityTerms {
  @Nested('Quand l’activité a lieu.', () => ScheduleBody)
  readonly schedule!: ScheduleBody;

  @ListOf('Groupes d’âge et leurs places.', () => AgeGroupBody, { min: 1, max: 30 })
  readonly groups!: readonly AgeGroupBody[];

  @Nested('Jusqu’à quand réserver.', () => DeadlineBody)
  readonly booking!: DeadlineBody;

  @Nested('Jusqu’à quand annuler sans frais.', () => DeadlineBody)
  readonly cancellation!: DeadlineBody;

  @Nested(
    'Jusqu’à quand une place libérée va d’elle-même à la liste d’attente.',
    () => DeadlineBody,
  )
  readonly promotion!: DeadlineBody;

  @OneOf('Acceptation immédiate, ou après validation par l’équipe.', ['immediate', 'staff'])
  readonly validation!: 'immediate' | 'staff';

  @Flag('Quand c’est complet, une liste d’attente s’ouvre.')
  readonly waitingList!: boolean;

  @Flag('Une place rendue tard est gratuite si quelqu’un attend.')
  readonly lateGiveBackFree!: boolean;

  @WholeNumber('Prix d’une séance, en centimes d’euro.', { min: 0, max: 1_000_000, example: 345 })
  readonly priceCents!: Cents;
}

export class DefineActivityBody {
  @Id('Référence choisie pour l’activité, lisible et définitive.', 'cantine-jules-ferry')
  readonly activityId!: ActivityId;

  @OneOf('Genre d’activité.', activityKinds)
  readonly kind!: ActivityKind;

  @Text('Nom que les familles lisent.', { max: 120, example: 'Cantine Jules-Ferry' })
  readonly name!: string;

  @Nested('L’établissement qui accueille.', () => FacilityBody)
  readonly facility!: FacilityBody;

  @Day('Jour de la première séance que ces règles gouvernent.')
  readonly effectiveFrom!: LocalDate;

  @Nested('Les règles.', () => ActivityTermsBody)
  readonly terms!: ActivityTermsBody;
}

export class ChangeTermsBody {
  @Day('Jour de la première séance que ces règles gouvernent : demain au plus tôt.')
  readonly effectiveFrom!: LocalDate;

  @Nested('Les nouvelles règles, en entier.', () => ActivityTermsBody)
  readonly terms!: ActivityTermsBody;
}
