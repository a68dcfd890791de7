import { Gauge, type Registry } from 'prom-client';
import type { ProjectionBehind } from '../../application/projections/eventsBehind.ts';

const states = ['running', 'rebuilding', 'failed', 'stopped'] as const;

/** How far each projection has come. Nothing is told of them while the read side doesn't answer. */
export class ProjectionGauges {
  private readonly answers: Gauge;
  private readonly lag: Gauge<'projection'>;
  private readonly checkpoint: Gauge<'projection'>;
  private readonly state: Gauge<'projection' | 'state'>;

  constructor(registry: Registry) {
    const registers = [registry];
    const labelNames = ['projection'] as const;
    this.answers = new Gauge({
      name: 'portail_projections_answer',
      help: '1 when the projections could be asked how far they have come, else 0.',
      registers,
    });
    this.lag = new Gauge({
      name: 'portail_projection_lag_events',
      help: 'Events that a projection has still to show; 1001 means more than 1000.',
      labelNames,
      registers,
    });
    this.checkpoint = new Gauge({
      name: 'portail_projection_position',
      help: 'Position in the log up to which readers see it; units of the event store.',
      labelNames,
      registers,
    });
    this.state = new Gauge({
      name: 'portail_projection_state',
      help: '1 for the state that a projection is in, 0 for the others.',
      labelNames: ['projection', 'state'],
      registers,
    });
  }

  show(projections: readonly ProjectionBehind[] | undefined): void {
    for (const gauge of [this.lag, this.checkpoint, this.state]) gauge.reset();
    this.answers.set(projections ? 1 : 0);
    for (const { projection, state: current, checkpoint, behind } of projections ?? []) {
      if (behind !== undefined) this.lag.set({ projection }, behind);
      if (checkpoint !== undefined) this.checkpoint.set({ projection }, Number(checkpoint));
      for (const state of states) this.state.set({ projection, state }, state === current ? 1 : 0);
    }
  }
}
