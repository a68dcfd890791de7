import { expect } from 'chai';
import { fold, type Decider, type DomainEvent } from '../../src/domain/kernel/decider.ts';
import {
  isRejection,
  type Decision,
  type RejectionValues,
} from '../../src/domain/kernel/rejection.ts';

/** What a decision led to, and what may be said of it. */
export interface Story<S, E> {
  /** Exactly these events happened. */
  then(...events: readonly E[]): Story<S, E>;
  /** Nothing changed: no event, no refusal. */
  thenNothing(): Story<S, E>;
  /** It was refused with this code, and with these values where they are told. */
  thenRejected(code: string, values?: RejectionValues): void;
  /** The aggregate afterwards. */
  readonly state: S;
  /** What happened; fails when it was refused. */
  readonly events: readonly E[];
}

/** Reads like a regulation: `given(decider, events).when(decide).then(event)`. */
export const given = <S, E extends DomainEvent>(
  decider: Decider<S, E>,
  history: readonly NoInfer<E>[] = [],
) => ({
  when: (decide: (state: S) => Decision<E>): Story<S, E> => {
    const before = fold(decider, history);
    return told(decider, before, decide(before));
  },
});

function told<S, E extends DomainEvent>(
  decider: Decider<S, E>,
  before: S,
  decision: Decision<E>,
): Story<S, E> {
  const events = (): readonly E[] => {
    if (isRejection(decision)) expect.fail(`refused: ${JSON.stringify(decision)}`);
    return decision;
  };
  const story: Story<S, E> = {
    then(...expected) {
      expect(events()).to.deep.equal(expected);
      return story;
    },
    thenNothing() {
      expect(events()).to.deep.equal([]);
      return story;
    },
    thenRejected(code, values) {
      if (!isRejection(decision)) expect.fail(`accepted: ${JSON.stringify(decision)}`);
      expect(decision.code).to.equal(code);
      if (values) expect(decision.values).to.deep.equal(values);
    },
    get state() {
      return fold(decider, events(), before);
    },
    get events() {
      return events();
    },
  };
  return story;
}
