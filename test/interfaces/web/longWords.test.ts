import { expect } from 'chai';
import { longest, whyTooManyWords } from '../../../src/domain/kernel/words.ts';
import { receiveSubmission } from '../../../src/domain/receipt/receipt.ts';
import { agent, booking, type ReceiptBody } from '../../support/apiTown.ts';
import { fieldsOf, read, tagsOf } from '../../support/htmlFacts.ts';
import { childId, day, familyId, paris } from '../../support/townFacts.ts';
import { openPage, webTown, type WebTown } from '../../support/webTown.ts';
import { asId } from '../../../src/domain/kernel/ids.ts';

const wednesday = '2026-11-25';
const lines = (count: number): string =>
  Array.from({ length: count }, (_, n) => `ligne ${n} abcdefghij`).join('\n');
/** As browsers send what was typed in several lines. */
const sentAs = (text: string): string => text.replaceAll('\n', '\r\n');

describe('what people write', () => {
  let town: WebTown;
  beforeEach(async () => {
    town = await webTown();
    await town.portal.settled();
  });
  afterEach(() => town.close());

  const tick = () => `${town.martin.children[0]}|mercredi|${wednesday}`;
  const send = (mot: string) =>
    town.send(
      '/reservations/envoi',
      { reserver: tick(), demande: 'page', mot: sentAs(mot) },
      town.martin.guardian,
    );

  it('is kept to its last character, a new line counting as one', async () => {
    const word = lines(40).slice(0, longest.note - 1) + 'z';
    const sent = await send(word);
    expect(sent.status).to.equal(303);
    const { html } = await openPage(town, sent.headers.get('location')!, town.martin.guardian);
    const kept = /<p class="quote">([\s\S]*?)<\/p>/.exec(html)?.[1];
    expect(kept).to.equal(word);
  });

  it('is refused when it is longer, with nothing lost from the form', async () => {
    const word = lines(40).slice(0, longest.note) + 'z';
    const answer = await send(word);
    expect(answer.status).to.equal(422);
    const html = await answer.text();
    expect(read(html)).to.include('Le mot pour l’équipe est trop long : gardez 500 caractères');
    expect(/<textarea[^>]*id="mot"[^>]*>([\s\S]*?)<\/textarea>/.exec(html)?.[1]).to.equal(word);
    expect(html).to.include('href="#mot"');
    expect(fieldsOf(html, 'reserver')[0]?.attributes['value']).to.equal(tick());
    const shorter = await send('Bonjour.');
    expect(shorter.status).to.equal(303);
  });

  it('is refused by the domain itself, whoever asks', () => {
    const at = paris('2026-11-16 10:00');
    const kept = (note: string) =>
      receiveSubmission(
        { status: 'none' },
        {
          receiptId: asId('receipt', 'r'),
          familyId: familyId('roux'),
          receivedAt: at,
          sentBy: agent.actor,
          days: [
            {
              act: 'reserve',
              childId: childId('ana'),
              activityId: asId('activity', 'cantine'),
              date: day(wednesday),
            },
          ],
          notes: { 0: note },
        },
      );
    expect(kept('x'.repeat(501))).to.deep.include({ code: 'SUBMISSION.NOTE_TOO_LONG' });
    expect(kept('x'.repeat(500))).to.have.length(2);
    expect(whyTooManyWords('closure', `${'x'.repeat(199)}\r\n\r\n`)).to.equal(undefined);
  });

  it('is held to the same length where staff refuse a booking or close a session', async () => {
    const { body } = await town.martin.api.post<ReceiptBody>(
      `/api/families/${town.martin.familyId}/submissions`,
      { book: [booking(town.martin.children[0], wednesday, 'mercredi')], cancel: [] },
    );
    await town.portal.settled();
    const address = `/agents/validation/${body.lines[0]!.result.reservationId!}`;
    const motif = lines(40).slice(0, longest.refusal);
    const refused = await town.send(
      address,
      { decision: 'refuser', motif: sentAs(`${motif}z`) },
      agent,
    );
    expect(refused.status).to.equal(422);
    const html = await refused.text();
    expect(read(html)).to.include('Le motif du refus est trop long');
    expect(html).to.include(`${motif}z</textarea>`);
    const done = await town.send(address, { decision: 'refuser', motif: sentAs(motif) }, agent);
    expect(done.headers.get('location')).to.include('fait=refusee');

    const closing = `/agents/seances/cantine/2026-11-26/fermeture`;
    const long = 'x'.repeat(longest.closure + 1);
    const closed = await town.send(closing, { motif: long }, agent);
    expect(closed.status).to.equal(422);
    const form = await closed.text();
    expect(read(form)).to.include('Le motif est trop long : gardez 200 caractères au plus');
    expect(fieldsOf(form, 'motif')[0]?.attributes['value']).to.equal(long);
    const limits = tagsOf(form).flatMap(({ attributes }) => attributes['maxlength'] ?? []);
    expect(limits).to.deep.equal([String(longest.closure)]);
  });
});
