import type { DefinedActivity } from '../../domain/activity/activity.ts';
import type { ActivityId } from '../../domain/kernel/ids.ts';
import { activities as aggregate } from '../aggregates.ts';
import type { CommandHandler } from '../commandHandler.ts';
import type { ReadModelStore } from '../ports/readModelStore.ts';
import { activities } from '../projections/activities.ts';

/** The order in which a day goes: morning, noon, evening, then whole days. */
const kindOrder = ['beforeSchool', 'meal', 'afterSchool', 'wednesday', 'holidays'];

/** The town's activities. Their state comes from the command side, where it is folded once and shared. */
export class ActivityDirectory {
  constructor(
    private readonly handler: CommandHandler,
    private readonly readModels: ReadModelStore,
  ) {}

  async findMany(activityIds: readonly ActivityId[]): Promise<DefinedActivity[]> {
    const loaded = await Promise.all(
      [...new Set(activityIds)].map((id) => this.handler.load(aggregate, id)),
    );
    return loaded
      .flatMap(({ state }) => (state.status === 'defined' ? [state] : []))
      .sort(
        (a, b) =>
          kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind) ||
          a.name.localeCompare(b.name, 'fr'),
      );
  }

  async all(): Promise<DefinedActivity[]> {
    const stored = await this.readModels.find<DefinedActivity>(activities, {});
    return this.findMany(stored.map(({ document }) => document.activityId));
  }
}
