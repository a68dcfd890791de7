import type { ActivityId, FamilyId } from '../../../domain/kernel/ids.ts';
import type { LocalDate } from '../../../domain/kernel/localDate.ts';
import { Day, Email, Flag, Id, ListOf, Optional, Text } from './rules.ts';

/** Un responsable de la famille. */
export class GuardianBody {
  @Text('Prénom.', { max: 100, example: 'Camille' })
  readonly firstName!: string;

  @Text('Nom.', { max: 100, example: 'Martin' })
  readonly lastName!: string;

  @Email('Adresse électronique.')
  readonly email!: string;

  @Optional()
  @Text('Numéro de téléphone, comme la famille l’écrit.', { max: 30, example: '06 00 00 00 00' })
  readonly phone?: string;
}

export class RegisterFamilyBody {
  @Flag('La famille habite la commune : des tarifs peuvent en dépendre.')
  readonly resident!: boolean;

  @Text('Adresse postale, sur plusieurs lignes au besoin.', {
    max: 500,
    lines: true,
    example: '12, allée des Tilleuls, 46000 Vallée-du-Lot',
  })
  readonly address!: string;

  @ListOf('Les responsables, un au moins.', () => GuardianBody, { min: 1, max: 6 })
  readonly guardians!: readonly GuardianBody[];
}

export class RegisterChildBody {
  @Text('Prénom.', { max: 100, example: 'Léa' })
  readonly firstName!: string;

  @Text('Nom.', { max: 100, example: 'Martin' })
  readonly lastName!: string;

  @Day('Date de naissance.')
  readonly birthDate!: LocalDate;

  @Optional()
  @Text('Classe, comme l’école l’écrit.', { max: 40, example: 'CE1' })
  readonly schoolClass?: string;
}

export class LinkFamilyBody {
  @Id('La famille à laquelle rattacher l’enfant : son second foyer.')
  readonly familyId!: FamilyId;
}

export class EnrolmentBody {
  @Id('L’activité ouverte à l’enfant.', 'cantine-jules-ferry')
  readonly activityId!: ActivityId;

  @Day('Premier jour.')
  readonly from!: LocalDate;

  @Optional()
  @Day('Dernier jour, inclus. Sans fin quand il manque.')
  readonly to?: LocalDate;
}
