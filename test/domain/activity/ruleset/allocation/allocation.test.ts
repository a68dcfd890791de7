import { expect } from 'chai';
import { answerDay } from '../../../../../src/domain/activity/ruleset/allocation/answerBy.ts';
import {
  allocation,
  allocationFaults,
  allocationLines,
  type Allocation,
} from '../../../../../src/domain/activity/ruleset/allocation/allocation.ts';
import { offerExpires } from '../../../../../src/domain/activity/ruleset/allocation/offer.ts';
import {
  compileRank,
  granted,
  type PlaceRequest,
} from '../../../../../src/domain/activity/ruleset/allocation/rank.ts';
import type { Report } from '../../../../../src/domain/activity/ruleset/schema/schema.ts';
import { asInstant } from '../../../../../src/domain/kernel/parisTime.ts';
import { isBefore } from '../../../../../src/domain/kernel/sessionTerms.ts';
import { fiveDays, served } from '../../../../support/absenceFacts.ts';
import { day, paris } from '../../../../support/townFacts.ts';

const rule = (order: string[], more: object = {}): object => ({
  order,
  waitlistOptIn: false,
  ...more,
});
const holidays = { name: 'Toussaint', from: day('2026-10-19'), to: day('2026-10-30') };
function faultsOf(written: unknown, periods = { TOUSSAINT: holidays }): string[] {
  const faults: string[] = [];
  const report: Report = (path, reason) => faults.push(`${path.join('/')}: ${reason}`);
  allocation.check(written, ['allocation'], report);
  if (faults.length === 0)
    allocationFaults(
      written as Allocation,
      ['allocation'],
      { serviceDays: [], starts: [], periods },
      report,
    );
  return faults;
}
const ranked = (written: object, queue: readonly PlaceRequest[]) => {
  expect(faultsOf(written)).to.eql([]);
  return compileRank(written as Allocation)(queue);
};
/** « A, B by residents » */
const order = (written: object, queue: readonly PlaceRequest[]): string =>
  ranked(written, queue)
    .map(({ request, by }) => (by ? `${request.id} by ${by}` : request.id))
    .join(', ');
const request = (id: string, at: string, more: Partial<PlaceRequest> = {}): PlaceRequest => ({
  id,
  at: asInstant(at),
  ...more,
});
const arrival = rule(['request_instant']);
const nine = '2026-09-19T09:00:00+02:00';
const ten = '2026-09-19T10:00:00+02:00';

describe('who has a place when there are too few', () => {
  it('GIS-5: in order of arrival', () => {
    const queue = [request('B', nine), request('A', '2026-09-19T08:59:00+02:00')];
    expect(order(arrival, queue)).to.equal('A, B by request_instant');
    expect(granted(ranked(arrival, queue), 1).map(({ id }) => id)).to.eql(['A']);
  });

  it('GIS-6: by instant, never by wall clock: 2 h 30 is earlier than 2 h 15 in the night of 25 October', () => {
    const queue = [
      request('B', '2026-10-25T02:15:00+01:00'),
      request('A', '2026-10-25T02:30:00+02:00'),
    ];
    expect(order(arrival, queue)).to.equal('A, B by request_instant');
  });

  it('requests of the same instant by an identity that never changes', () => {
    const queue = [request('C', nine), request('A', nine), request('B', nine)];
    expect(order(arrival, queue)).to.equal('A, B by id, C by id');
    expect(order(arrival, [...queue].reverse())).to.equal('A, B by id, C by id');
  });

  it('gives as many places as there are', () => {
    const all = ranked(arrival, [request('B', ten), request('A', nine)]);
    const ids = (places: number) => granted(all, places).map(({ id }) => id);
    expect(ids(0)).to.eql([]);
    expect(ids(-1)).to.eql([]);
    expect(ids(1)).to.eql(['A']);
    expect(ids(3)).to.eql(['A', 'B']);
    expect(ranked(arrival, [])).to.eql([]);
  });

  it('residents first, then in order of arrival', () => {
    const queue = [
      request('far', nine, { resident: false }),
      request('untold', '2026-09-19T08:00:00+02:00'),
      request('late', ten, { resident: true }),
      request('near', nine, { resident: true }),
    ];
    expect(order(rule(['residents']), queue)).to.equal(
      'near, late by request_instant, untold by residents, far by request_instant',
    );
  });

  it('regulars first, and residents among equals', () => {
    const queue = [
      request('resident', nine, { resident: true }),
      request('regular', ten, { regular: true }),
      request('both', ten, { regular: true, resident: true }),
    ];
    expect(order(rule(['regulars', 'residents', 'request_instant']), queue)).to.equal(
      'both, regular by residents, resident by regulars',
    );
    expect(order(rule(['residents', 'regulars']), queue)).to.equal(
      'both, resident by regulars, regular by residents',
    );
  });

  it('by points; a criterion told twice counts once, an unknown one for nothing', () => {
    const points = rule(['score'], {
      scores: [
        { criterion: 'single_parent', points: 3, words: 'parent seul' },
        { criterion: 'sibling', points: 2, words: 'fratrie déjà inscrite' },
      ],
    });
    const queue = [
      request('none', nine),
      request('two', nine, { criteria: ['sibling', 'sibling', 'luck'] }),
      request('five', ten, { criteria: ['sibling', 'single_parent'] }),
      request('three', ten, { criteria: ['single_parent'] }),
    ];
    expect(
      ranked(points, queue).map(({ request: { id }, rank, points: sum, by }) => [
        id,
        rank,
        sum,
        by,
      ]),
    ).to.eql([
      ['five', 1, 5, undefined],
      ['three', 2, 3, 'score'],
      ['two', 3, 2, 'score'],
      ['none', 4, 0, 'score'],
    ]);
  });

  it('in rotation: who has given up a turn often enough comes first', () => {
    const turns = rule(['rotation', 'request_instant'], { rotation: { mustDecline: 2 } });
    const queue = [
      request('never', nine),
      request('once', nine, { declined: 1 }),
      request('twice', ten, { declined: 2 }),
      request('thrice', nine, { declined: 3 }),
    ];
    expect(order(turns, queue)).to.equal(
      'thrice, twice by request_instant, never by rotation, once by id',
    );
  });

  it('only who asked to wait is on the list, where the town says so', () => {
    const queue = [
      request('A', nine, { wantsList: true }),
      request('B', nine, { wantsList: false }),
      request('C', nine),
    ];
    expect(order(rule(['request_instant'], { waitlistOptIn: true }), queue)).to.equal('A');
    expect(ranked(arrival, queue)).to.have.length(3);
  });

  it('leaves the queue as it was', () => {
    const queue = Object.freeze([request('B', ten), request('A', nine)]);
    ranked(arrival, queue);
    expect(queue.map(({ id }) => id)).to.eql(['B', 'A']);
  });

  describe('the answer', () => {
    const answer = (
      n: number,
      unit: 'calendar_day' | 'working_day' | 'service_day',
      start: string,
    ) => answerDay({ n, unit, before: 'period_start' }, day(start), served(fiveDays));
    it('GIS-3: 8 days before Monday 19 October is Sunday 11 October', () => {
      expect(answer(8, 'calendar_day', '2026-10-19')).to.equal('2026-10-11');
    });
    it('in working days and days of service, over a holiday on the eve', () => {
      expect(answer(1, 'working_day', '2026-11-12')).to.equal('2026-11-10');
      expect(answer(3, 'service_day', '2026-11-12')).to.equal('2026-11-06');
      expect(answer(1, 'calendar_day', '2028-03-01')).to.equal('2028-02-29');
    });
    it('none, where no day ever counts; two years back at most', () => {
      const only = (date: string) =>
        answerDay({ n: 1, unit: 'service_day', before: 'period_start' }, day('2028-01-01'), {
          ...served(),
          isServiceDay: (one) => one === date,
        });
      expect(only('never')).to.equal(undefined);
      expect(only('2026-01-01')).to.equal('2026-01-01');
      expect(only('2025-12-31')).to.equal(undefined);
      expect(only('2028-01-01')).to.equal(undefined);
    });
  });

  describe('an offer', () => {
    const taken = (boundary: 'inclusive' | 'exclusive', offered: string, ...at: string[]) =>
      at.map((one) =>
        isBefore(paris(one), offerExpires({ ttlHours: 48, boundary }, paris(offered))),
      );
    it('holds for hours that elapse, the last one held or left out', () => {
      const minutes = ['2026-11-18 08:59', '2026-11-18 09:00', '2026-11-18 09:01'];
      expect(taken('inclusive', '2026-11-16 09:00', ...minutes)).to.eql([true, true, false]);
      expect(taken('exclusive', '2026-11-16 09:00', ...minutes)).to.eql([true, false, false]);
    });
    it('over the days of 25 and 23 hours', () => {
      expect(taken('inclusive', '2026-10-24 09:00', '2026-10-26 08:00', '2026-10-26 08:01')).to.eql(
        [true, false],
      );
      expect(taken('inclusive', '2027-03-27 09:00', '2027-03-29 10:00', '2027-03-29 10:01')).to.eql(
        [true, false],
      );
    });
  });

  describe('refuses', () => {
    it('an order that says nothing, twice the same, or more than the instant leaves to say', () => {
      expect(faultsOf(rule([]))).to.eql(['allocation/order: Il en faut au moins 1.']);
      expect(faultsOf(rule(['residents', 'residents']))).to.eql([
        'allocation/order/1: « residents » y est déjà.',
      ]);
      expect(faultsOf(rule(['request_instant', 'residents']))).to.eql([
        'allocation/order/1: L’instant de la demande départage tout : rien ne suit.',
      ]);
      expect(faultsOf({ order: ['score'] })).to.eql([
        'allocation/waitlistOptIn: Il manque : cette règle est obligatoire.',
      ]);
    });
    it('points and turns that nobody uses, or that are missing', () => {
      expect(faultsOf(rule(['score', 'rotation']))).to.eql([
        'allocation/scores: L’ordre en dépend (« score ») : il manque.',
        'allocation/rotation: L’ordre en dépend (« rotation ») : il manque.',
      ]);
      const scores = [{ criterion: 'sibling', points: 2, words: 'fratrie' }];
      expect(faultsOf(rule(['residents'], { scores, rotation: { mustDecline: 2 } }))).to.eql([
        'allocation/scores: Sans « score » dans l’ordre (order), cela ne sert jamais.',
        'allocation/rotation: Sans « rotation » dans l’ordre (order), cela ne sert jamais.',
      ]);
      expect(faultsOf(rule(['score'], { scores: [...scores, ...scores] }))).to.eql([
        'allocation/scores/1/criterion: « sibling » a déjà ses points.',
      ]);
    });
    it('an answer before a period, where there is none', () => {
      const answers = { answerBy: { n: 8, unit: 'calendar_day', before: 'period_start' } };
      expect(faultsOf(rule(['residents'], answers), {} as never)).to.eql([
        'allocation/answerBy/before: Cette activité n’a pas de période.',
      ]);
      expect(faultsOf(rule(['residents'], answers))).to.eql([]);
      expect(faultsOf(rule(['residents']), {} as never)).to.eql([]);
    });
  });

  it('in French', () => {
    const lines = (written: object) => allocationLines(written as Allocation);
    expect(lines(arrival)).to.eql([
      'dans l’ordre d’arrivée des demandes',
      'qui n’a pas de place est mis sur la liste d’attente',
    ]);
    expect(
      lines({
        order: ['regulars', 'residents', 'rotation', 'score', 'request_instant'],
        scores: [
          { criterion: 'single_parent', points: 3, words: 'parent seul' },
          { criterion: 'sibling', points: 1, words: 'fratrie déjà inscrite' },
        ],
        rotation: { mustDecline: 2 },
        offer: { ttlHours: 48, boundary: 'inclusive' },
        answerBy: { n: 8, unit: 'calendar_day', before: 'period_start' },
        waitlistOptIn: true,
      }),
    ).to.eql([
      'd’abord aux enfants qui viennent régulièrement, puis aux habitants de la commune, puis aux familles qui ont ' +
        'déjà laissé leur tour, puis à qui a le plus de points, puis dans l’ordre d’arrivée des demandes',
      'Parent seul\u00a0: 3\u00a0points',
      'Fratrie déjà inscrite\u00a0: 1\u00a0point',
      'chaque famille laisse son tour 2\u00a0fois quand la place manque',
      'liste d’attente seulement pour qui la demande',
      'une place proposée est à accepter en 48\u00a0heures au plus',
      'réponse au plus tard 8\u00a0jours avant le début de la période',
    ]);
    expect(lines({ ...arrival, offer: { ttlHours: 1, boundary: 'exclusive' } }).at(-1)).to.equal(
      'une place proposée est à accepter en moins de 1\u00a0heure',
    );
  });
});
