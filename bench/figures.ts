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

export type Goal =
  /** The figure is at least this share of its floor. */
  | { readonly kind: 'ofFloor'; readonly atLeast: number }
  /** The figure is at least so many times its peer. */
  | { readonly kind: 'ofPeer'; readonly atLeast: number }
  /** The figure itself, in its unit. */
  | { readonly kind: 'itself'; readonly atMost: number };

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
}

export type Verdict = 'ok' | 'missed' | 'unknown';

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

const verdict = (reached: boolean): Verdict => (reached ? 'ok' : 'missed');

function judge(figure: Figure, goal: Goal): Verdict {
  switch (goal.kind) {
    case 'itself':
      return verdict(valueOf(figure) <= goal.atMost);
    case 'ofFloor':
      return figure.floor ? verdict(ratioTo(figure, figure.floor) >= goal.atLeast) : 'unknown';
    case 'ofPeer':
      return figure.peer && !isMissing(figure.peer)
        ? verdict(ratioTo(figure, figure.peer) >= goal.atLeast)
        : 'unknown';
  }
}

/** Each goal of a figure, and whether it was reached; `unknown` when what it compares with was not measured. */
export const goalResults = (figure: Figure): GoalResult[] =>
  figure.goals.map((goal) => ({ goal, verdict: judge(figure, goal) }));
