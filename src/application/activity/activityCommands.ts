import {
  changeTerms,
  defineActivity,
  type Activity,
  type ActivityEvent,
  type DefineActivity,
} from '../../domain/activity/activity.ts';
import type { ActivityTerms } from '../../domain/activity/activityTerms.ts';
import type { ActivityId } from '../../domain/kernel/ids.ts';
import type { LocalDate } from '../../domain/kernel/localDate.ts';
import { localDateAt } from '../../domain/kernel/parisTime.ts';
import type { Rejection } from '../../domain/kernel/rejection.ts';
import { activities } from '../aggregates.ts';
import type { CommandHandler, CommandOptions, CommandResult } from '../commandHandler.ts';
import { deny } from '../principal.ts';
import { commandIdOf, contextOf, type Request } from '../request.ts';

type Result = Promise<CommandResult<Activity, ActivityEvent> | Rejection>;

/** What a supervisor may ask of an activity. */
export class ActivityCommands {
  constructor(private readonly handler: CommandHandler) {}

  async define(definition: DefineActivity, request: Request): Result {
    const context = contextOf(request, commandIdOf(request, 'define'));
    return (
      deny(request.principal, 'defineActivity') ??
      this.handler.execute(activities, definition.activityId, context, (state) =>
        defineActivity(state, definition),
      )
    );
  }

  async changeTerms(
    activityId: ActivityId,
    change: { readonly effectiveFrom: LocalDate; readonly terms: ActivityTerms },
    request: Request,
    options: CommandOptions = {},
  ): Result {
    const act = `changeTerms/${change.effectiveFrom}`;
    const context = contextOf(request, commandIdOf(request, act));
    const decide = (state: Activity) =>
      changeTerms(state, change.effectiveFrom, change.terms, localDateAt(request.now));
    return (
      deny(request.principal, 'defineActivity') ??
      this.handler.execute(activities, activityId, context, decide, options)
    );
  }
}
