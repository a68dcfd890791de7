import type { Instant } from '../../../kernel/parisTime.ts';
import type { Allocation, Ranking } from './allocation.ts';

/** A request for a place. What is not told gives no priority. */
export interface PlaceRequest {
  /** Never changes: it settles requests of the same instant. */
  readonly id: string;
  readonly at: Instant;
  readonly regular?: boolean;
  readonly resident?: boolean;
  /** Criteria that the town has checked. */
  readonly criteria?: readonly string[];
  /** How often the family has given up its turn. */
  readonly declined?: number;
  /** The family asked to wait when there is no place. */
  readonly wantsList?: boolean;
}

/** A request in its place, and why it stands there. */
export interface Ranked {
  readonly request: PlaceRequest;
  /** From 1. */
  readonly rank: number;
  readonly points: number;
  /** What put it after the one before; absent for the first. */
  readonly by?: Ranking | 'id';
}

interface Scored {
  readonly request: PlaceRequest;
  readonly points: number;
}
/** Below zero when the first comes first. */
type Compare = (one: Scored, other: Scored) => number;

/** An allocation made ready once for a version: a queue to its order. Instants are compared, never wall clocks. */
export type RankRule = (queue: readonly PlaceRequest[]) => readonly Ranked[];

export function compileRank({ order, scores = [], rotation, waitlistOptIn }: Allocation): RankRule {
  const points = new Map(scores.map((score) => [score.criterion, score.points]));
  const given = rotation?.mustDecline ?? 0;
  const comparisons: Readonly<Record<Ranking, Compare>> = {
    regulars: yesFirst(({ regular }) => regular === true),
    residents: yesFirst(({ resident }) => resident === true),
    rotation: yesFirst(({ declined = 0 }) => declined >= given),
    score: (one, other) => other.points - one.points,
    request_instant: (one, other) => compareText(one.request.at, other.request.at),
  };
  const by: readonly (Ranking | 'id')[] = [
    ...order.filter((ranking) => ranking !== 'request_instant'),
    'request_instant',
    'id',
  ];
  const compare = (ranking: Ranking | 'id', one: Scored, other: Scored): number =>
    ranking === 'id'
      ? compareText(one.request.id, other.request.id)
      : comparisons[ranking](one, other);
  const decides = (one: Scored, other: Scored): Ranking | 'id' =>
    by.find((ranking) => compare(ranking, one, other) !== 0) ?? 'id';
  return (queue) => {
    const waiting = queue
      .filter(({ wantsList }) => !waitlistOptIn || wantsList === true)
      .map((request) => ({ request, points: total(request, points) }))
      .sort((one, other) => compare(decides(one, other), one, other));
    return waiting.map((one, index) => {
      const before = waiting[index - 1];
      return { ...one, rank: index + 1, ...(before && { by: decides(before, one) }) };
    });
  };
}

/** The requests that get a place, in order. */
export const granted = (ranked: readonly Ranked[], places: number): readonly PlaceRequest[] =>
  ranked.slice(0, Math.max(0, places)).map(({ request }) => request);

/** A criterion told twice counts once, one that the town doesn't know for nothing. */
const total = ({ criteria = [] }: PlaceRequest, points: ReadonlyMap<string, number>): number =>
  [...new Set(criteria)].reduce((sum, criterion) => sum + (points.get(criterion) ?? 0), 0);

const yesFirst =
  (has: (request: PlaceRequest) => boolean): Compare =>
  (one, other) =>
    Number(has(other.request)) - Number(has(one.request));

const compareText = (one: string, other: string): number =>
  one < other ? -1 : Number(one > other);
