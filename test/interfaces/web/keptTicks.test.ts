import { expect } from 'chai';
import { maxLines } from '../../../src/application/reservation/submission.ts';
import { asId } from '../../../src/domain/kernel/ids.ts';
import {
  addDays,
  addMonths,
  asYearMonth,
  firstDayOf,
} from '../../../src/domain/kernel/localDate.ts';
import { uuidOf } from '../../../src/infrastructure/uuids.ts';
import { slotValue } from '../../../src/interfaces/web/components/slot.ts';
import { agendaHref } from '../../../src/interfaces/web/views/agendaPageView.ts';
import { goneNotice, partTicks, tickFinder } from '../../../src/interfaces/web/views/keptTicks.ts';
import {
  allTicksOf,
  decodeTicks,
  encodeTicks,
} from '../../../src/interfaces/web/views/tickCode.ts';
import { byDay, type Tick } from '../../../src/interfaces/web/views/ticks.ts';
import { agendaView, day, limit, sampleChildren } from '../../support/sampleViews.ts';

const tick = (child: string, activity: string, date: string): Tick => {
  const place = {
    childId: asId('child', child),
    activityId: asId('activity', activity),
    date: day(date),
  };
  return { ...place, value: slotValue(place) };
};
const month = asYearMonth('2026-11');
const spaced = (text: string | undefined): string => (text ?? '').replaceAll('\u00a0', ' ');

describe('Ticks kept from page to page', () => {
  it('come back as they went, each once, in the order of days', () => {
    const ticks = {
      book: [tick('lea', 'cantine', '2026-11-30'), tick('lea', 'cantine', '2026-12-31')],
      cancel: [tick('hugo', 'garderie-soir', '2026-11-01'), tick('hugo', 'cantine', '2028-02-29')],
    };
    const code = encodeTicks(ticks);
    expect(decodeTicks(code)).to.deep.equal(ticks);
    expect(encodeURIComponent(code)).to.equal(code);
    expect(encodeTicks({ book: [], cancel: [] })).to.equal('');
    const again = { coches: code, reserver: ['lea|cantine|2026-11-30', 'lea|cantine|2026-11-02'] };
    expect(allTicksOf(again).book.map(({ value }) => value)).to.deep.equal([
      'lea|cantine|2026-11-02',
      'lea|cantine|2026-11-30',
      'lea|cantine|2026-12-31',
    ]);
  });

  it('fit in an address at the largest submission, as it may come', () => {
    const ids = (kind: string, count: number) =>
      Array.from({ length: count }, (_, index) => uuidOf(`${kind}/${index}`));
    const [children, activities] = [ids('child', 5), ids('activity', 8)];
    const days = Array.from({ length: maxLines }, (_, index) => addDays(day('2026-09-01'), index));
    const shapes = {
      'a child at the canteen every day': days.map((date) =>
        tick(children[0]!, activities[0]!, date),
      ),
      'five children, eight activities, the same ten days': children.flatMap((child) =>
        activities.flatMap((activity) =>
          days.slice(0, 10).map((date) => tick(child, activity, date)),
        ),
      ),
      'one day only a month': children.flatMap((child) =>
        activities.flatMap((activity) =>
          Array.from({ length: 10 }, (_, index) =>
            tick(child, activity, firstDayOf(addMonths(month, index))),
          ),
        ),
      ),
    };
    for (const [name, book] of Object.entries(shapes)) {
      expect(book, name).to.have.length(maxLines);
      const href = agendaHref({ month, kept: { book, cancel: [] } });
      expect(href.length, name).to.be.below(7_500);
      const found = allTicksOf(Object.fromEntries(new URL(href, 'http://x').searchParams));
      expect(new Set(found.book.map(({ value }) => value)), name).to.deep.equal(
        new Set(byDay(book).map(({ value }) => value)),
      );
    }
  });

  it('are read with care: what no page wrote is dropped, and never more than a form carries', () => {
    for (const code of [
      undefined,
      ['a'],
      '',
      '*',
      'lea.cantine',
      'lea.cantine*r_0_7_202611_1',
      'lea.CANTINE*r_0_1_202611_1',
      'lea.cantine*r_0_1_202613_1',
      'lea.cantine*r_0_1_202611_!',
      'lea.cantine*r_0_1',
    ])
      expect(decodeTicks(code), String(code)).to.deep.equal({ book: [], cancel: [] });
    // 31 February.
    expect(decodeTicks('lea.cantine*r_0_1_202702_zik0zj').book).to.have.length(28);
    const many = Array.from({ length: 2_000 }, (_, i) => `r_0_1_${1900 + (i % 299)}01_zik0zj`);
    expect(decodeTicks(`lea.cantine*${many.join('.')}`).book.length).to.equal(1_500);
  });

  it('are told by month and child when they have no box in the page; strangers’ are dropped', () => {
    const children = sampleChildren.map(({ id, name }) => ({
      childId: asId('child', id),
      firstName: name,
      lastName: 'Vialard',
    }));
    const kept = {
      book: [
        tick('lea', 'cantine', '2026-11-24'),
        tick('hugo', 'cantine', '2026-11-24'),
        tick('lea', 'cantine', '2026-12-01'),
        tick('lea', 'cantine', '2026-12-03'),
        tick('inconnu', 'cantine', '2026-12-03'),
      ],
      cancel: [tick('hugo', 'cantine', '2027-01-04')],
    };
    const ofLea = partTicks({ month, children }, kept, asId('child', 'lea'));
    expect(ofLea.here.book.map(({ value }) => value)).to.deep.equal(['lea|cantine|2026-11-24']);
    expect(spaced(ofLea.elsewhere?.words)).to.equal(
      'Et 4 cases cochées ailleurs, à envoyer ensemble : 1 pour Hugo, 2 en décembre et 1 en janvier 2027 pour Hugo',
    );
    expect(decodeTicks(ofLea.elsewhere?.code)).to.deep.equal({
      book: kept.book.slice(1, 4),
      cancel: kept.cancel,
    });
    const family = partTicks({ month, children }, kept, undefined);
    expect(family.here.book).to.have.length(2);
    expect(spaced(family.elsewhere?.words)).to.contain(': 2 en décembre et 1 en janvier 2027');
    const december = partTicks({ month, children }, { ...kept, cancel: [] }, undefined);
    expect(spaced(december.elsewhere?.words)).to.equal(
      'Et 2 cases cochées en décembre, à envoyer ensemble',
    );
    expect(
      partTicks({ month, children }, { book: [], cancel: [] }, undefined),
    ).to.not.have.property('elsewhere');
  });

  it('never tick « Annuler » on a place that was to be asked for and was booked meanwhile', () => {
    const [slot] = agendaView.days.flatMap((one) => one.children.flatMap(({ slots }) => slots));
    const until = limit('2026-11-20');
    const held = {
      ...slot!,
      state: { kind: 'held', cancellation: { kind: 'free', until } },
    } as const;
    const value = slotValue(held);
    const asked = { ...tick('lea', 'cantine', '2026-11-24'), value };
    expect(tickFinder({ book: [asked], cancel: [] })(held)).to.equal(false);
    expect(tickFinder({ book: [], cancel: [asked] })(held)).to.equal(true);
    expect(spaced(goneNotice(1).title)).to.equal('1 case cochée n’est plus proposée');
  });
});
