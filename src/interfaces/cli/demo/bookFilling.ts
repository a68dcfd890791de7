import type { BookResult } from '../../../application/reservation/reservationCommands.ts';
import type { ReservationId } from '../../../domain/kernel/ids.ts';
import { isRejection } from '../../../domain/kernel/rejection.ts';
import { DemoPlanError, type BookAct, type DemoPlace } from './demoActs.ts';
import { agentPrincipal, guardianPrincipal } from './demoPeople.ts';
import { expectNews, lastSending, type DemoCommands, type DemoRequests } from './demoRequests.ts';
import type { OrderedWork } from './orderedWork.ts';

type Sending = Extract<BookAct, { kind: 'submit' }>;
type Single = Exclude<BookAct, Sending>;

const bookOf = ({ activityId, date }: Pick<DemoPlace, 'activityId' | 'date'>): string =>
  `${activityId}/${date}`;
const placeOf = (place: DemoPlace): string => `${bookOf(place)}/${place.childId}`;
const booksOf = (act: BookAct): string[] =>
  act.kind === 'submit' ? [...new Set([...act.book, ...act.cancel].map(bookOf))] : [bookOf(act)];

/** Does in the books of the sessions what the plan says, in order of time: each book sees its acts one by one. */
export class BookFilling {
  /** Reservations on which staff decide, by place. */
  private readonly reservations = new Map<string, ReservationId>();

  constructor(
    private readonly commands: DemoCommands,
    private readonly requests: DemoRequests,
  ) {}

  /** The last act is begun when all the others are done. Throws DemoPlanError. */
  async run(acts: readonly BookAct[], work: OrderedWork, done: () => void): Promise<void> {
    const last = acts.at(-1);
    if (last?.kind !== 'submit')
      throw new DemoPlanError('a plan ends with a sending of the guardian');
    for (const act of acts) {
      if (act === last) await work.finish();
      await work.add(booksOf(act), async () => {
        if (act.kind === 'submit')
          await this.send(act, act === last ? lastSending : String(act.at));
        else await this.play(act);
        done();
      });
    }
    await work.finish();
  }

  private async play(act: Single): Promise<void> {
    const [made] = expectNews(await this.ask(act), () => JSON.stringify(act));
    if (act.kind !== 'reserve') return;
    if (made?.type === 'ReservationSubmitted' || made?.type === 'ReservationWaitlisted')
      this.reservations.set(placeOf(act), made.reservationId);
  }

  private ask(act: Single): Promise<BookResult> {
    const { reservationCommands } = this.commands;
    const { at } = act;
    switch (act.kind) {
      case 'reserve':
        return reservationCommands.reserve(
          { ...placeAlone(act), familyId: act.by.familyId, ...noteOf(act) },
          this.requests.of(guardianPrincipal(act.by), String(at), at),
        );
      case 'cancel':
        return reservationCommands.cancel(
          { ...placeAlone(act), familyId: act.by.familyId, acceptsBilling: true },
          this.requests.of(guardianPrincipal(act.by), String(at), at),
        );
      case 'validate':
        return reservationCommands.validate(act, this.reservationAt(act), this.desk(at));
      case 'refuse':
        return reservationCommands.refuse(act, this.reservationAt(act), act.reason, this.desk(at));
      case 'close':
        return reservationCommands.close(act, act.reason, this.desk(at));
    }
  }

  private async send({ at, by, book, cancel }: Sending, what: string): Promise<void> {
    const sent = await this.commands.submissions.submit(
      {
        familyId: by.familyId,
        book,
        cancel: cancel.map((place) => ({ ...place, acceptsBilling: true })),
      },
      this.requests.of(guardianPrincipal(by), what, at),
    );
    if (isRejection(sent)) throw new DemoPlanError(`sending ${what}: ${sent.code}`);
    for (const line of sent.receipt.lines) {
      const { result } = line;
      if (result.outcome === 'refused')
        throw new DemoPlanError(`sending ${what}: ${placeOf(line)}: ${result.code}`);
      if (result.outcome === 'awaitingValidation' || result.outcome === 'waitlisted')
        this.reservations.set(placeOf(line), result.reservationId);
    }
  }

  private desk(at: number) {
    return this.requests.of(agentPrincipal, String(at), at);
  }

  private reservationAt(place: DemoPlace): ReservationId {
    const found = this.reservations.get(placeOf(place));
    if (!found) throw new DemoPlanError(`nothing to decide on: ${placeOf(place)}`);
    return found;
  }
}

const placeAlone = ({ activityId, date, childId }: DemoPlace): DemoPlace => ({
  activityId,
  date,
  childId,
});
const noteOf = ({ note }: { readonly note?: string }): { readonly note?: string } =>
  note === undefined ? {} : { note };
