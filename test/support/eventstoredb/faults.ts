/** What may go wrong with the next calls of a server, or of one node, told by a test. Each is off at first. */
export class Faults {
  /** Milliseconds before an append is answered. */
  answerDelay = 0;
  /** Every call is accepted, and none answered; one that carries appends stays so afterwards. */
  hanging = false;
  /** The next so many appends are stored, and the connections fall before the answer. */
  lostAnswers = 0;
  /** The connections fall when the next so many appends arrive: nothing is stored. */
  lostAppends = 0;
  /** Subscriptions lose their connection after so many more events sent. */
  cutAfterEvents: number | undefined;
  /** Subscriptions end, without an error, after so many more events sent. */
  endAfterEvents: number | undefined;
  /** What happens as a subscription arrives. */
  beforeSubscription: () => void = () => undefined;
  /** Everything is refused for want of rights. */
  denied = false;
  /** The server ends the call, without an error, in place of its answer to the next so many appends. */
  endedCalls = 0;
  /** The next so many appends are answered "Server Is Not Ready". */
  notReady = 0;
  /** The next so many appends are answered as timed out, after being stored. */
  timeouts = 0;
  /**
   * The node has lost the others, and doesn't lead: it refuses appends, reads and new subscriptions with one of the two
   * answers, tells its subscriptions nothing more, and its gossip names no leader.
   */
  alone: 'not ready' | 'no leader info' | undefined;
  /** Filtered reads look at so many events for the next that passes; beyond, they never come to an end. */
  longestLook = Infinity;
  /** What happened, for tests to count. */
  readonly seen = {
    appends: 0,
    redirected: 0,
    reads: 0,
    subscriptions: 0,
    eventsSent: 0,
    openSubscriptions: 0,
  };

  /** Takes one from a count of faults; whether there was one. */
  take(fault: 'lostAnswers' | 'lostAppends' | 'endedCalls' | 'notReady' | 'timeouts'): boolean {
    if (this[fault] === 0) return false;
    this[fault] -= 1;
    return true;
  }
}
