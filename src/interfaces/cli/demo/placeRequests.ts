import type { Booker } from './demoActs.ts';
import type { Moment } from './townDays.ts';
import type { DemoChild } from './townFamilies.ts';
import type { DemoSession } from './townSessions.ts';

/** What is to become of a request at the leisure centre. */
export type Fate =
  /** Staff accept it on the next working day. */
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly reason: string }
  /** Nobody has answered yet. */
  | { readonly kind: 'unanswered' }
  /** The family gives the place back. */
  | { readonly kind: 'cancelled'; readonly at: Moment };

/** One place asked for in one session. */
export interface PlaceRequest {
  readonly child: DemoChild;
  readonly session: DemoSession;
  readonly by: Booker;
  readonly at: Moment;
  readonly fate: Fate;
  readonly note?: string;
  /** Part of a sending of several days: its acts are not acts of their own. */
  readonly sent?: boolean;
}
