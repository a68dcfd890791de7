import { median } from './rounds.ts';

/** Something measured in the same run, round by round, to hold a figure against. */
export interface Reference {
  readonly name: string;
  /** One value a round, in the unit of the figure. */
  readonly rounds: readonly number[];
}

/** A peer that is not installed; `install` is the command that does. */
export interface MissingPeer {
  readonly name: string;
  readonly install: string;
}

/** `accepted`: the limit that was measured where the goal was found out of reach (docs/decisions/0007). */
export type Goal =
  /** The figure is at least this share of its floor. */
  | { readonly kind: 'ofFloor'; readonly atLeast: number; readonly accepted?: number }
  /** The figure is at least so many times its peer. */
  | { readonly kind: 'ofPeer'; readonly atLeast: number; readonly accepted?: number }
  /** The figure itself, in its unit; `accepted` is so many times its floor, since machines differ. */
  | { readonly kind: 'itself'; readonly atMost: number; readonly accepted?: number };

/** `/s`: more is better. The others: less is. */
export type Unit = '/s' | 'ms' | 's' | 'MB' | '';

export interface Figure {
  readonly name: string;
  readonly unit: Unit;
  /** One value a round. */
  readonly rounds: readonly number[];
  readonly floor?: Reference;
  readonly peer?: Reference | MissingPeer;
  readonly goals: readonly Goal[];
}

/** What one work measured. */
export interface WorkReport {
  readonly work: string;
  /** How much was done, and whatever else a reader of the figures must know. */
  readonly notes: readonly string[];
  readonly figures: readonly Figure[];
  /** Figures that need a server which is not there. */
  readonly notMeasured?: readonly NotMeasured[];
}

/** `howTo` is what to run, or to set, before measuring again. */
export interface NotMeasured {
  readonly name: string;
  readonly howTo: string;
}

/** `accepted`: short of the goal, within the limit that was measured. */
export type Verdict = 'ok' | 'accepted' | 'missed' | 'unknown';

export interface GoalResult {
  readonly goal: Goal;
  readonly verdict: Verdict;
}

export const isMissing = (peer: Reference | MissingPeer): peer is MissingPeer => 'install' in peer;

export const valueOf = ({ rounds }: { readonly rounds: readonly number[] }): number =>
  median(rounds);

/**
 * Median of the ratios of the rounds. Each ratio is taken within seconds, so that a machine that slows down for a
 * while slows both sides of it.
 */
export const ratioTo = (figure: Figure, reference: Reference): number =>
  median(
    figure.rounds.map((value, round) => value / (reference.rounds[round] ?? valueOf(reference))),
  );

const verdict = (reached: boolean, accepted: boolean): Verdict =>
  reached ? 'ok' : accepted ? 'accepted' : 'missed';

function ofReference(
  figure: Figure,
  reference: Reference,
  goal: Exclude<Goal, { kind: 'itself' }>,
) {
  const ratio = ratioTo(figure, reference);
  return verdict(ratio >= goal.atLeast, ratio >= (goal.accepted ?? goal.atLeast));
}

function judge(figure: Figure, goal: Goal): Verdict {
  const { floor, peer } = figure;
  switch (goal.kind) {
    case 'itself': {
      const limit = goal.accepted !== undefined && floor ? goal.accepted : 0;
      return verdict(
        valueOf(figure) <= goal.atMost,
        floor !== undefined && ratioTo(figure, floor) <= limit,
      );
    }
    case 'ofFloor':
      return floor ? ofReference(figure, floor, goal) : 'unknown';
    case 'ofPeer':
      return peer && !isMissing(peer) ? ofReference(figure, peer, goal) : 'unknown';
  }
}

/** Each goal of a figure, and whether it was reached; `unknown` when what it compares with was not measured. */
export const goalResults = (figure: Figure): GoalResult[] =>
  figure.goals.map((goal) => ({ goal, verdict: judge(figure, goal) }));
