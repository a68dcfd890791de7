import type { Household } from '../../domain/family/family.ts';
import type { FamilyId } from '../../domain/kernel/ids.ts';
import { isErased, type Personal } from '../../domain/kernel/personal.ts';
import type { ReadModelStore } from '../ports/readModelStore.ts';
import type { SealOpener } from '../ports/sealOpener.ts';
import { dossiers, type Dossier } from '../projections/dossiers.ts';

/** Reads families' dossiers, and opens them for those who may see them. */
export class FamilyDirectory {
  constructor(
    private readonly readModels: ReadModelStore,
    private readonly seals: SealOpener,
  ) {}

  dossier(familyId: FamilyId): Promise<Dossier | undefined> {
    return this.readModels.get<Dossier>(dossiers, familyId);
  }

  /** Who the family is; undefined when it has no dossier, or once it was erased. */
  async household(familyId: FamilyId): Promise<Household | undefined> {
    const sealed = (await this.dossier(familyId))?.household;
    if (sealed === undefined) return undefined;
    const household = (await this.seals.open(sealed)) as Personal<Household>;
    return isErased(household) ? undefined : household;
  }
}
