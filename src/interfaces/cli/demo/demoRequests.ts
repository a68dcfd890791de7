import type { CommandResult } from '../../../application/commandHandler.ts';
import type { Principal } from '../../../application/principal.ts';
import type { Request } from '../../../application/request.ts';
import { receiptIdOf } from '../../../application/reservation/submission.ts';
import type { Services } from '../../../application/services.ts';
import type { ReceiptId } from '../../../domain/kernel/ids.ts';
import { instantOf } from '../../../domain/kernel/parisTime.ts';
import type { Rejection } from '../../../domain/kernel/rejection.ts';
import { DemoPlanError } from './demoActs.ts';
import { demoPeople, guardianPrincipal } from './demoPeople.ts';
import type { DemoKey } from './demoPlan.ts';
import type { Moment } from './townDays.ts';

/** The portal's own commands: the demo has no other way in. */
export type DemoCommands = Pick<
  Services,
  | 'familyCommands'
  | 'childCommands'
  | 'activityCommands'
  | 'reservationCommands'
  | 'submissions'
  | 'ids'
>;

/** The guardian's last sending: its receipt says that everything else is there. */
export const lastSending = 'last';

/** Requests of one plan: their ids derive from it, so that a second filling repeats the first one's. */
export class DemoRequests {
  private readonly name: string;

  constructor(
    { seed, today }: DemoKey,
    private readonly ids: DemoCommands['ids'],
  ) {
    this.name = `demo/${seed}/${today}`;
  }

  /** What somebody asks at a moment; `what` tells apart what the same person asks. */
  of(principal: Principal, what: string, at: Moment): Request {
    const requestId = this.ids.derive(`${this.name}/${principal.actor.id}/${what}`);
    return { principal, requestId, correlationId: requestId, now: instantOf(at) };
  }

  /** The guardian's last request, and the id of its receipt. */
  last(): { readonly request: Request; readonly receiptId: ReceiptId } {
    const request = this.of(guardianPrincipal(demoPeople.guardian), lastSending, 0);
    return { request, receiptId: receiptIdOf(this.ids, request) };
  }
}

/** The events of a command that took effect, now or in an earlier filling. Throws DemoPlanError otherwise. */
export function expectNews<S, E>(
  result: CommandResult<S, E> | Rejection,
  asked: () => string,
): readonly E[] {
  if (result.kind === 'rejection')
    throw new DemoPlanError(`${asked()}: ${result.code} ${JSON.stringify(result.values)}`);
  if (result.kind === 'staleRevision' || result.events.length === 0)
    throw new DemoPlanError(`${asked()}: nothing new`);
  return result.events;
}
