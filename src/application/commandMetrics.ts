import type { DomainEvent } from '../domain/kernel/decider.ts';
import type { CommandResult } from './commandHandler.ts';
import { StoreUnavailableError } from './ports/eventStore.ts';
import type { CommandOutcome, Metrics } from './ports/metrics.ts';

/** Tells the metrics how a command ends. What it answers or throws reaches its caller untouched. */
export function measureCommand<S, E extends DomainEvent>(
  metrics: Metrics,
  category: string,
  running: Promise<CommandResult<S, E>>,
): void {
  const start = performance.now();
  const told = (outcome: CommandOutcome, code = ''): void =>
    metrics.commandEnded(category, outcome, code, (performance.now() - start) / 1_000);
  metrics.commandStarted();
  running.then(
    (result) => told(outcomeOf(result), result.kind === 'rejection' ? result.code : ''),
    (error: unknown) => told(error instanceof StoreUnavailableError ? 'unavailable' : 'failed'),
  );
}

function outcomeOf<S, E extends DomainEvent>(result: CommandResult<S, E>): CommandOutcome {
  switch (result.kind) {
    case 'rejection':
      return 'rejected';
    case 'staleRevision':
      return 'stale';
    case 'done':
      if (result.repeated) return 'repeated';
      return result.events.length > 0 ? 'done' : 'unchanged';
  }
}
