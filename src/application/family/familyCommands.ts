import {
  registerFamily,
  type Family,
  type FamilyEvent,
  type RegisterFamily,
} from '../../domain/family/family.ts';
import type { Rejection } from '../../domain/kernel/rejection.ts';
import { families } from '../aggregates.ts';
import type { CommandHandler, CommandResult } from '../commandHandler.ts';
import { deny } from '../principal.ts';
import { commandIdOf, contextOf, type Request } from '../request.ts';

/** What the family desk may ask of a family's dossier. */
export class FamilyCommands {
  constructor(private readonly handler: CommandHandler) {}

  async register(
    family: RegisterFamily,
    request: Request,
  ): Promise<CommandResult<Family, FamilyEvent> | Rejection> {
    const context = contextOf(request, commandIdOf(request, 'register'));
    return (
      deny(request.principal, 'registerFamily') ??
      this.handler.execute(families, family.familyId, context, (state) =>
        registerFamily(state, family),
      )
    );
  }
}
