import { maxLines } from '../../../application/reservation/submission.ts';
import type { ActivityId, ChildId } from '../../../domain/kernel/ids.ts';
import type { LocalDate } from '../../../domain/kernel/localDate.ts';
import { longest } from '../../../domain/kernel/words.ts';
import { Day, Flag, Id, ListOf, Text, Optional } from './rules.ts';

export class BookingBody {
  @Id('L’enfant.')
  readonly childId!: ChildId;

  @Id('L’activité.', 'cantine-jules-ferry')
  readonly activityId!: ActivityId;

  @Day('Le jour de la séance.')
  readonly date!: LocalDate;

  @Optional()
  @Text('Un mot de la famille pour l’équipe.', {
    max: longest.note,
    lines: true,
    example: 'Son grand-père viendra la chercher.',
  })
  readonly note?: string;
}

export class CancellationBody {
  @Id('L’enfant.')
  readonly childId!: ChildId;

  @Id('L’activité.', 'cantine-jules-ferry')
  readonly activityId!: ActivityId;

  @Day('Le jour de la séance.')
  readonly date!: LocalDate;

  @Flag('La personne a lu et accepté qu’une annulation tardive reste facturée.')
  readonly acceptsBilling!: boolean;
}

export class SubmissionBody {
  @ListOf('Les places à réserver.', () => BookingBody, { max: maxLines })
  readonly book!: readonly BookingBody[];

  @ListOf(
    'Les places à rendre. Elles le sont avant que les autres soient réservées.',
    () => CancellationBody,
    {
      max: maxLines,
    },
  )
  readonly cancel!: readonly CancellationBody[];
}

export class RefusalBody {
  @Text('La phrase que la famille lira.', {
    max: longest.refusal,
    lines: true,
    example: 'La sortie de ce jour demande un brevet de natation.',
  })
  readonly reason!: string;
}

export class ClosureBody {
  @Text('Ce que les familles liront. Ne nomme personne.', {
    max: longest.closure,
    example: 'Grève',
  })
  readonly reason!: string;
}
