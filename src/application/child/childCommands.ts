import {
  enrol,
  linkToFamily,
  registerChild,
  type Child,
  type ChildEvent,
  type Enrolment,
  type RegisterChild,
} from '../../domain/child/child.ts';
import type { ActivityId, ChildId, FamilyId } from '../../domain/kernel/ids.ts';
import { localDateAt } from '../../domain/kernel/parisTime.ts';
import { reject, type Decision, type Rejection } from '../../domain/kernel/rejection.ts';
import { activities, children, families } from '../aggregates.ts';
import type { CommandHandler, CommandOptions, CommandResult } from '../commandHandler.ts';
import { deny } from '../principal.ts';
import { commandIdOf, contextOf, type Request } from '../request.ts';

type Result = Promise<CommandResult<Child, ChildEvent> | Rejection>;

/** What the family desk may ask of a child's dossier. */
export class ChildCommands {
  constructor(private readonly handler: CommandHandler) {}

  /** `FAMILY.UNKNOWN` when the family has no dossier. */
  async register(child: RegisterChild, request: Request): Result {
    return (
      deny(request.principal, 'registerChild') ??
      (await this.unknownFamily(child.familyId)) ??
      this.execute(child.childId, request, 'register', (state) =>
        registerChild(state, child, localDateAt(request.now)),
      )
    );
  }

  async linkToFamily(childId: ChildId, familyId: FamilyId, request: Request): Result {
    return (
      deny(request.principal, 'registerChild') ??
      (await this.unknownFamily(familyId)) ??
      this.execute(childId, request, 'link', (state) => linkToFamily(state, familyId))
    );
  }

  /** `ACTIVITY.UNKNOWN` when there is no such activity. */
  async enrol(
    childId: ChildId,
    enrolment: Enrolment,
    request: Request,
    options: CommandOptions = {},
  ): Result {
    return (
      deny(request.principal, 'enrolChild') ??
      (await this.unknownActivity(enrolment.activityId)) ??
      this.execute(childId, request, 'enrol', (state) => enrol(state, enrolment), options)
    );
  }

  private async unknownFamily(familyId: FamilyId): Promise<Rejection | undefined> {
    const { state } = await this.handler.load(families, familyId);
    return state.status === 'unregistered' ? reject('FAMILY.UNKNOWN') : undefined;
  }

  private async unknownActivity(activityId: ActivityId): Promise<Rejection | undefined> {
    const { state } = await this.handler.load(activities, activityId);
    return state.status === 'undefined' ? reject('ACTIVITY.UNKNOWN') : undefined;
  }

  private execute(
    childId: ChildId,
    request: Request,
    act: string,
    decide: (state: Child) => Decision<ChildEvent>,
    options: CommandOptions = {},
  ): Result {
    const context = contextOf(request, commandIdOf(request, act));
    return this.handler.execute(children, childId, context, decide, options);
  }
}
