import { expect } from 'chai';
import fc from 'fast-check';
import type { SealedEvent } from '../../../src/application/eventCatalogue.ts';
import type { EventMetadata } from '../../../src/application/eventMetadata.ts';
import {
  agenda,
  type AgendaEntry,
  type AgendaMonth,
} from '../../../src/application/projections/agenda.ts';
import { emptySession, occupancy } from '../../../src/application/projections/occupancy.ts';
import type { Projection } from '../../../src/application/projections/projection.ts';
import {
  validationQueue,
  type QueuedBooking,
} from '../../../src/application/projections/validationQueue.ts';
import { fold, type DomainEvent } from '../../../src/domain/kernel/decider.ts';
import { isRejection } from '../../../src/domain/kernel/rejection.ts';
import type { Session } from '../../../src/domain/kernel/sessionTerms.ts';
import type {
  OfReservation,
  ReservationEvent,
} from '../../../src/domain/reservation/reservationEvents.ts';
import { dueOf } from '../../../src/domain/reservation/owedOnce.ts';
import {
  lastReservationOf,
  sessionBook,
  type SessionBook,
} from '../../../src/domain/reservation/sessionBook.ts';
import { canteen } from '../../support/activityFacts.ts';
import {
  aim,
  anyActs,
  anySession,
  decide,
  people,
  rulesAfter,
  type TimedAct,
} from '../../support/sessionActs.ts';
import { lunch, monday } from '../../support/sessionFacts.ts';

const metadata: EventMetadata = {
  schemaVersion: 1,
  commandId: 'c',
  correlationId: 'c',
  causationId: 'c',
  actor: { kind: 'system', id: 's' },
  occurredAt: monday,
  hash: '',
};

/** Documents of a projection after these events, sealed as they are stored. */
function documentsOf<D extends object, E extends DomainEvent>(
  projection: Projection<D, E>,
  log: readonly ReservationEvent[],
): ReadonlyMap<string, D> {
  const documents = new Map<string, D>();
  for (const event of log) {
    if (!(projection.handles as readonly string[]).includes(event.type)) continue;
    const stored = 'personal' in event ? { ...event, personal: `v1.${event.childId}.x` } : event;
    const sealed = JSON.parse(JSON.stringify(stored)) as SealedEvent<E>;
    for (const id of projection.route(sealed)) {
      const next = projection.apply(documents.get(id), sealed, metadata, id);
      if (next) documents.set(id, next);
      else documents.delete(id);
    }
  }
  return documents;
}

function play(session: Session, acts: readonly TimedAct[]) {
  let book: SessionBook = sessionBook.initial;
  let terms = session;
  const log: ReservationEvent[] = [];
  for (const [number, drawn] of acts.entries()) {
    const timed = aim(book, drawn);
    terms = rulesAfter(terms, timed);
    const decision = decide(book, timed, terms, number);
    if (isRejection(decision)) continue;
    book = fold(sessionBook, decision, book);
    log.push(...decision);
  }
  return { book, log };
}

const agrees = (check: (book: SessionBook, log: readonly ReservationEvent[]) => void): void =>
  fc.assert(
    fc.property(anySession, anyActs, (session, acts) => {
      const { book, log } = play(session, acts);
      check(book, log);
    }),
    { numRuns: 150 },
  );

describe('read models of one session', () => {
  it('occupancy counts as the book does', () => {
    agrees((book, log) => {
      const month = documentsOf(occupancy, log).get('cantine_2026-11');
      const seen = month?.sessions[lunch.date] ?? emptySession;
      for (let age = 0; age <= 20; age += 1)
        expect(seen.held[age] ?? 0, `age ${age}`).to.equal(book.held[age] ?? 0);
      const statuses = [...book.reservations.values()].map(({ status }) => status);
      expect(seen.awaiting).to.equal(statuses.filter((one) => one === 'awaitingValidation').length);
      expect(seen.waiting.map(({ reservationId }) => reservationId)).to.deep.equal(book.waiting);
      expect(seen.closedBecause).to.equal(book.closedBecause);
    });
  });

  it('the agenda shows each child’s last reservation as the book knows it', () => {
    agrees((book, log) => {
      const months = documentsOf(agenda, log);
      for (const { childId } of people) {
        const month: AgendaMonth | undefined = months.get(`${childId}_2026-11`);
        const shown: AgendaEntry | undefined = month?.days[lunch.date]?.[canteen];
        const known = lastReservationOf(book, childId);
        expect(shown?.reservationId).to.equal(known?.ref.reservationId);
        if (!shown || !known) continue;
        const { familyId } = known.ref;
        expect(shown.dues?.[familyId]).to.equal(dueOf(book.dues, { childId, familyId }));
        expect(shown).to.include({
          status: known.status,
          familyId: known.ref.familyId,
          priceCents: known.priceCents,
        });
        if (known.status === 'confirmed' || known.status === 'awaitingValidation')
          expect(shown.freeUntil).to.equal(known.freeUntil);
        expect(shown.cancelled).to.deep.equal(
          known.status === 'cancelled'
            ? { timing: known.timing, billedCents: known.billedCents }
            : undefined,
        );
      }
    });
  });

  it('the validation queue holds those who await staff or wait, and nobody else', () => {
    agrees((book, log) => {
      const queued = documentsOf<QueuedBooking, OfReservation>(validationQueue, log);
      const pending = [...book.reservations.values()].flatMap(({ ref, status }) =>
        status === 'awaitingValidation' || status === 'waitlisted'
          ? [[ref.reservationId, status] as const]
          : [],
      );
      expect(new Map([...queued].map(([id, { status }]) => [id, status]))).to.deep.equal(
        new Map<string, string>(pending),
      );
    });
  });
});
