import { expect } from 'chai';
import {
  receiptCards,
  type ReceiptCard,
} from '../../../src/application/projections/receiptCards.ts';
import type { Principal } from '../../../src/application/principal.ts';
import { asCents } from '../../../src/domain/kernel/money.ts';
import { asId } from '../../../src/domain/kernel/ids.ts';
import type { ReceiptLine } from '../../../src/domain/receipt/receipt.ts';
import { MessagePage } from '../../../src/interfaces/web/pages/messagePage.tsx';
import { defaultTown } from '../../../src/interfaces/web/townIdentity.ts';
import { agent, booking, cancellation, type ReceiptBody } from '../../support/apiTown.ts';
import { read, render, tagsOf } from '../../support/htmlFacts.ts';
import { childId, day, familyId, paris } from '../../support/townFacts.ts';
import { openPage, webTown, type WebTown } from '../../support/webTown.ts';

const list = '/reservations/recus';
const thursdays = ['2026-11-19', '2026-11-26', '2026-12-03'];

/** Addresses of the receipts listed, in their order. */
const listed = (html: string): string[] =>
  tagsOf(html).flatMap(({ name, attributes }) =>
    name === 'a' && attributes['href']?.startsWith(`${list}/`) ? [attributes['href']] : [],
  );

describe('the receipts of a family', () => {
  let town: WebTown;
  beforeEach(async () => {
    town = await webTown();
  });
  afterEach(() => town.close());

  const page = (path = list, who: Principal = town.martin.guardian) => openPage(town, path, who);
  const send = async (
    family: WebTown['martin'],
    book: ReturnType<typeof booking>[],
    cancel: ReturnType<typeof cancellation>[] = [],
  ): Promise<string> => {
    const path = `/api/families/${family.familyId}/submissions`;
    const { body } = await family.api.post<ReceiptBody>(path, { book, cancel });
    town.portal.clock.advance(60_000);
    return `${list}/${body.receiptId}`;
  };

  it('says that there is none yet', async () => {
    await town.portal.settled();
    expect(read((await page()).html)).to.include('Aucun accusé de réception');
  });

  it('stand in the account, the newest first, each with what became of its days', async () => {
    const [lea, hugo] = town.martin.children;
    const first = await send(town.martin, [booking(lea, thursdays[0]!)]);
    await send(town.petit, [booking(town.petit.children[0], thursdays[0]!)]);
    const second = await send(
      town.martin,
      [booking(hugo, thursdays[1]!), booking(lea, '2026-11-22')],
      [cancellation(lea, thursdays[0]!)],
    );
    await town.portal.settled();
    const { html } = await page();
    expect(listed(html)).to.deep.equal([second, first]);
    const words = read(html);
    expect(words).to.include('Lundi 16 novembre 2026 à 10 h');
    expect(words).to.include('1 acceptée, 1 annulée et 1 refusée');
    expect(words).to.include('Léa et Hugo, du 19 au 26 novembre');
    expect(words).to.include('Léa, jeudi 19 novembre');
    expect((await page(second)).status).to.equal(200);
  });

  it('come by pages; an address beyond the last shows the last', async () => {
    const [lea] = town.martin.children;
    const sent: string[] = [];
    for (let n = 0; n < 21; n += 1)
      sent.unshift(
        n % 2 === 0
          ? await send(town.martin, [booking(lea, thursdays[2]!)])
          : await send(town.martin, [], [cancellation(lea, thursdays[2]!)]),
      );
    await town.portal.settled();
    const { html } = await page();
    expect(listed(html)).to.deep.equal(sent.slice(0, 20));
    expect(read(html)).to.include('De 1 à 20, sur 21.').and.include('Plus anciens');
    for (const far of [`${list}?page=2`, `${list}?page=99`]) {
      const older = (await page(far)).html;
      expect(listed(older)).to.deep.equal(sent.slice(20));
      expect(read(older)).to.include('De 21 à 21, sur 21.').and.include('Plus récents');
    }
  });

  it('are for the family alone', async () => {
    expect((await page(list, agent)).status).to.equal(403);
    const nobody = await fetch(town.portal.url + list, { redirect: 'manual' });
    expect([nobody.status, nobody.headers.get('location')]).to.deep.equal([303, '/connexion']);
  });

  it('are one step away from home, agenda, receipt, and from messages that speak of them', async () => {
    const receipt = await send(town.martin, [booking(town.martin.children[0], thursdays[0]!)]);
    await town.portal.settled();
    for (const path of ['/', '/reservations', receipt])
      expect((await page(path)).html, path).to.include(`href="${list}"`);
    for (const kind of ['sentAlready', 'maybeKept'] as const) {
      const message = render(MessagePage, { kind, backHref: '/', desk: defaultTown });
      expect(message, kind).to.include(`href="${list}"`);
    }
    const other = render(MessagePage, { kind: 'notFound', backHref: '/', desk: defaultTown });
    expect(other).not.to.include(list);
  });
});

describe('the list of receipts, as read models keep it', () => {
  const at = paris('2026-11-16 10:00');
  const line = (child: string, date: string, result: ReceiptLine['result']): ReceiptLine => ({
    act: 'reserve',
    childId: childId(child),
    activityId: asId('activity', 'cantine'),
    date: day(date),
    result,
  });
  const accepted = {
    outcome: 'accepted',
    reservationId: asId('reservation', 'r-1'),
    priceCents: asCents(350),
  } as const;
  const issued = {
    type: 'ReceiptIssued',
    receiptId: asId('receipt', 'abc'),
    familyId: familyId('roux'),
    issuedAt: at,
    lines: [
      line('ana', '2026-11-26', accepted),
      line('ben', '2026-11-19', { outcome: 'heldByOtherHousehold' }),
      line('ana', '2026-11-27', accepted),
    ],
  } as const;

  it('keeps one document a receipt, in the order of time, without a word or a name', () => {
    expect(receiptCards.route(issued)).to.deep.equal([`${at}_abc`]);
    expect(receiptCards.handles).to.deep.equal(['ReceiptIssued']);
    const card: ReceiptCard | undefined = receiptCards.apply(undefined, issued, metadata, '');
    expect(card).to.deep.equal({
      receiptId: 'abc',
      familyId: 'roux',
      issuedAt: at,
      outcomes: { accepted: 2, heldByOtherHousehold: 1 },
      childIds: ['ana', 'ben'],
      from: '2026-11-19',
      to: '2026-11-27',
    });
  });

  const metadata = {
    schemaVersion: 1,
    commandId: 'c',
    correlationId: 'c',
    causationId: 'c',
    actor: agent.actor,
    occurredAt: at,
    hash: '',
  };
});
