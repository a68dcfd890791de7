import type { ChildIdentity } from '../../domain/child/child.ts';
import type { ChildId } from '../../domain/kernel/ids.ts';
import { ageOn, type LocalDate } from '../../domain/kernel/localDate.ts';
import { ERASED, isErased, type Personal } from '../../domain/kernel/personal.ts';
import type { ReadModelStore } from '../ports/readModelStore.ts';
import type { SealOpener } from '../ports/sealOpener.ts';
import { children, type ChildCard } from '../projections/children.ts';

/** A child with its name opened. */
export interface NamedChild extends ChildCard {
  readonly firstName: string;
  readonly lastName: string;
  readonly schoolClass?: string;
  readonly birthDate?: LocalDate;
}

/** Whole years on a day; undefined once the child's data has been erased. */
export const ageOfChild = ({ birthDate }: NamedChild, date: LocalDate): number | undefined =>
  birthDate === undefined ? undefined : ageOn(birthDate, date);

/** Reads children and opens their names for those who may see them. */
export class ChildNames {
  constructor(
    private readonly readModels: ReadModelStore,
    private readonly seals: SealOpener,
  ) {}

  /** The children found, in the order asked. */
  async find(childIds: readonly ChildId[]): Promise<NamedChild[]> {
    const cards = await this.readModels.getMany<ChildCard>(children, childIds);
    return Promise.all(cards.map(({ document }) => this.named(document)));
  }

  private async named(card: ChildCard): Promise<NamedChild> {
    const identity = (
      card.identity === undefined ? ERASED : await this.seals.open(card.identity)
    ) as Personal<ChildIdentity>;
    if (isErased(identity)) return { ...card, firstName: ERASED, lastName: ERASED };
    return { ...card, ...identity };
  }
}
