import { expect } from 'chai';
import {
  agenda,
  agendaId,
  type AgendaMonth,
} from '../../../../src/application/projections/agenda.ts';
import { sessionBooks, sessionId } from '../../../../src/application/aggregates.ts';
import {
  StoreUnavailableError,
  type EventStore,
  type RecordedEvent,
} from '../../../../src/application/ports/eventStore.ts';
import { asId } from '../../../../src/domain/kernel/ids.ts';
import { asYearMonth, type LocalDate } from '../../../../src/domain/kernel/localDate.ts';
import { decodeSealed } from '../../../../src/infrastructure/events/sealedDecoder.ts';
import { findChainFault } from '../../../../src/infrastructure/events/hashChain.ts';
import { MemoryEventStore } from '../../../../src/infrastructure/memory/memoryEventStore.ts';
import { DemoPlanError } from '../../../../src/interfaces/cli/demo/demoActs.ts';
import { demoPeople } from '../../../../src/interfaces/cli/demo/demoPeople.ts';
import type { DemoPlan } from '../../../../src/interfaces/cli/demo/demoPlan.ts';
import {
  fillDemoTown,
  isFilled,
  type DemoProgress,
} from '../../../../src/interfaces/cli/demo/fillDemoTown.ts';
import { MemoryKeyVault } from '../../../support/memoryKeyVault.ts';
import { calendar, planOf, sharedRules } from './demoFacts.ts';
import { portalOn } from './demoPortal.ts';
import { PaperTown } from './paperTown.ts';

const today = '2026-11-23' as LocalDate;

async function eventsOf(store: EventStore): Promise<RecordedEvent[]> {
  const records: RecordedEvent[] = [];
  for await (const batch of store.readAll()) records.push(...batch);
  return records;
}

/** A store that stops answering, as when the process dies. */
function dyingWhen(isOver: (stream: string) => boolean): MemoryEventStore {
  const store = new MemoryEventStore();
  const append = store.append.bind(store);
  let gone = false;
  store.append = async (stream, ...rest) => {
    gone ||= isOver(stream);
    if (gone) throw new StoreUnavailableError('gone');
    return append(stream, ...rest);
  };
  return store;
}
const revive = (store: MemoryEventStore): void => {
  store.append = MemoryEventStore.prototype.append.bind(store);
};
const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('filling the demo town', function () {
  this.timeout(60_000);
  const rules = sharedRules();
  let plan: DemoPlan;
  const store = new MemoryEventStore();
  const vault = new MemoryKeyVault();
  const told: DemoProgress[] = [];

  before(async () => {
    plan = planOf(today, 12, rules);
    const commands = portalOn(store, vault, calendar);
    expect(await isFilled(commands, plan)).to.equal(false);
    const town = await fillDemoTown({
      commands,
      plan,
      concurrency: 64,
      onProgress: (progress) => told.push(progress),
    });
    expect(town).to.deep.include({ families: 12, children: 21, bookings: plan.bookings });
  });

  it('leaves every book as the plan says', async () => {
    const { handler } = portalOn(store, vault, calendar);
    const paper = new PaperTown(plan, rules);
    const summary = (book: typeof sessionBooks.decider.initial) =>
      [...book.reservations.values()]
        .map(({ ref, status }) => `${ref.childId} ${ref.familyId} ${status}`)
        .sort();
    for (const [key, expected] of paper.books) {
      const [activityId = '', date = ''] = key.split('/');
      const id = sessionId(asId('activity', activityId), date as LocalDate);
      const { state } = await handler.load(sessionBooks, id);
      expect(summary(state), key).to.deep.equal(summary(expected));
      expect(state.closedBecause, key).to.equal(expected.closedBecause);
    }
  });

  it("shows in the demo guardian's agenda what was booked, waits, was refused and cancelled", async () => {
    const months = new Map<string, AgendaMonth | undefined>();
    for (const record of await eventsOf(store)) {
      if (!agenda.handles.some((type) => type === record.type)) continue;
      const { event, metadata } = decodeSealed(record);
      const known = event as Parameters<typeof agenda.apply>[1];
      for (const id of agenda.route(known))
        months.set(id, agenda.apply(months.get(id), known, metadata, id));
    }
    const entries = demoPeople.guardian.children.flatMap(({ childId }) =>
      ['2026-11', '2026-12'].flatMap((month) =>
        Object.values(months.get(agendaId(childId, asYearMonth(month)))?.days ?? {}).flatMap(
          (day) => Object.values(day),
        ),
      ),
    );
    expect(new Set(entries.map(({ status }) => status))).to.deep.equal(
      new Set([
        'confirmed',
        'awaitingValidation',
        'waitlisted',
        'refused',
        'cancelled',
        'cancelledByTown',
      ]),
    );
    expect(entries.some(({ cancelled }) => cancelled?.timing === 'late')).to.equal(true);
    expect(entries.find(({ status }) => status === 'refused')?.refusal).to.match(/^v1\./);
  });

  it('gives the guardian a receipt for each sending', async () => {
    const receipts = (await eventsOf(store)).filter(({ type }) => type === 'ReceiptIssued');
    const sendings = plan.acts.filter(({ kind }) => kind === 'submit');
    expect(receipts).to.have.length(sendings.length);
  });

  it('dates every event by the moment of its act, in nearly the order of time', async () => {
    const moments = (await eventsOf(store)).map((record) => {
      const { occurredAt } = decodeSealed(record).metadata;
      return Date.parse(occurredAt);
    });
    expect(Math.max(...moments)).to.be.below(Date.parse('2026-11-23T00:00:00+01:00'));
    const sorted = moments.toSorted((a, b) => a - b);
    expect(moments[0]).to.equal(sorted[0]);
    expect(moments.at(-1)).to.equal(sorted.at(-1));
  });

  it('keeps every hash chain whole', async () => {
    const streams = new Map<string, RecordedEvent[]>();
    for (const record of await eventsOf(store))
      streams.set(record.stream, [...(streams.get(record.stream) ?? []), record]);
    expect(streams.size).to.be.above(500);
    for (const [stream, records] of streams)
      expect(findChainFault(records), stream).to.equal(undefined);
  });

  it('tells its progress to the end, in French', () => {
    expect(told.at(-1)).to.deep.include({ done: told[0]?.total, label: 'Les réservations' });
    expect(new Set(told.map(({ label }) => label)).size).to.be.above(2);
    expect(told.every(({ done }, i) => i === 0 || done > told[i - 1]!.done)).to.equal(true);
  });

  it('is known to be filled, and then adds nothing', async () => {
    const head = await store.head();
    const commands = portalOn(store, vault, calendar);
    expect(await isFilled(commands, plan)).to.equal(true);
    await fillDemoTown({ commands, plan });
    expect(await store.head()).to.equal(head);
  });

  for (const appends of [3, 60, 1_500])
    it(`goes on where it was killed, after ${appends} appends, without a duplicate`, async () => {
      let left = appends;
      const dying = dyingWhen(() => (left -= 1) < 0);
      const keys = new MemoryKeyVault();
      const killed = fillDemoTown({ commands: portalOn(dying, keys, calendar), plan });
      expect(await failureOf(killed)).to.be.instanceOf(StoreUnavailableError);
      revive(dying);
      expect(await isFilled(portalOn(dying, keys, calendar), plan)).to.equal(false);

      await fillDemoTown({ commands: portalOn(dying, keys, calendar), plan });
      const types = (records: readonly RecordedEvent[]) =>
        records
          .map(({ stream, type, revision }) => `${stream}/${revision}/${type}`)
          .filter((line) => !line.startsWith('receipt-'))
          .sort();
      expect(types(await eventsOf(dying))).to.deep.equal(types(await eventsOf(store)));
    });

  it('takes up the last sending and adds its receipt, nothing else, when only that one is missing', async () => {
    const sendings = plan.acts.filter(({ kind }) => kind === 'submit').length;
    // Each writes twice on its receipt's stream: what was sent, then the receipt.
    let left = 2 * sendings;
    const dying = dyingWhen((stream) => stream.startsWith('receipt-') && --left === 0);
    const keys = new MemoryKeyVault();
    await failureOf(fillDemoTown({ commands: portalOn(dying, keys, calendar), plan }));
    const before = await eventsOf(dying);
    revive(dying);
    await fillDemoTown({ commands: portalOn(dying, keys, calendar), plan });
    const added = (await eventsOf(dying)).slice(before.length);
    expect(added.map(({ type }) => type)).to.deep.equal(['SubmissionTakenUp', 'ReceiptIssued']);
  });

  it('refuses loudly to fill a portal begun with the plan of another day', async () => {
    const other = planOf('2026-11-24', 12, rules);
    const commands = portalOn(store, vault, calendar);
    const failure = await failureOf(fillDemoTown({ commands, plan: other }));
    expect(failure).to.be.instanceOf(DemoPlanError);
    expect(String(failure)).to.contain('ACTIVITY.ALREADY_DEFINED');
  });
});
