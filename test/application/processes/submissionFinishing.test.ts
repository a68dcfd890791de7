import { expect } from 'chai';
import { StoreUnavailableError } from '../../../src/application/ports/eventStore.ts';
import type { EventMetadata } from '../../../src/application/eventMetadata.ts';
import { unfinishedSubmissions } from '../../../src/application/projections/unfinishedSubmissions.ts';
import { asId } from '../../../src/domain/kernel/ids.ts';
import { defined } from '../../support/activityFacts.ts';
import { agent, guardianOf, request, settle, supervisor } from '../../support/commandSide.ts';
import { asking, place } from '../../support/sending.ts';
import { storeLike } from '../../support/storeDoubles.ts';
import { startTestPortal, type TestPortal } from '../../support/testPortal.ts';
import { childId, familyId, paris } from '../../support/townFacts.ts';

const thursday = '2026-11-19';
const friday = '2026-11-20';

describe('the finishing of submissions', () => {
  let portal: TestPortal;
  /** Streams whose appends fail, by the start of their names. */
  let down: string | undefined;
  beforeEach(async () => {
    down = undefined;
    portal = await startTestPortal({
      around: (store) =>
        storeLike(store, {
          append: (stream, events, expected) => {
            if (down !== undefined && stream.startsWith(down))
              throw new StoreUnavailableError('down');
            return store.append(stream, events, expected);
          },
        }),
    });
    const { services } = portal;
    await services.activityCommands.define(defined(), request(supervisor, 'define'));
    const commands = { families: services.familyCommands, children: services.childCommands };
    await settle(commands, familyId('roux'), [childId('ana'), childId('ben')]);
  });
  afterEach(() => portal.close());

  const submit = (date: string, key: string) =>
    portal.services.submissions.submit(
      asking({ book: [place('ana', date)] }),
      request(guardianOf('roux'), key, paris('2026-11-16 10:00')),
    );
  const failed = async (work: Promise<unknown>): Promise<boolean> =>
    work.then(
      () => false,
      (error: unknown) => error instanceof StoreUnavailableError,
    );

  it('has nothing to do when every submission has its receipt', async () => {
    await submit(thursday, 'r1');
    await portal.settled();
    expect(await portal.services.submissionFinishing.run()).to.equal(0);
  });

  it('tries each, says that one failed, and gets it at the next run', async () => {
    const { submissionFinishing } = portal.services;
    down = 'reservation-';
    expect(await failed(submit(thursday, 'r1'))).to.equal(true);
    expect(await failed(submit(friday, 'r2'))).to.equal(true);
    await portal.settled();
    down = `reservation-cantine-${thursday}`;
    expect(await failed(submissionFinishing.run())).to.equal(true);
    await portal.settled();
    down = undefined;
    expect(await submissionFinishing.run()).to.equal(1);
    await portal.settled();
    expect(await submissionFinishing.run()).to.equal(0);
  });

  it('keeps a few documents, however many were sent', () => {
    const at = paris('2026-11-16 10:00');
    const receiptId = asId('receipt', 'abc');
    const family = { receiptId, familyId: familyId('roux') };
    const received = {
      type: 'SubmissionReceived',
      ...family,
      receivedAt: at,
      sentBy: agent.actor,
      days: [],
    } as const;
    const issued = { type: 'ReceiptIssued', ...family, issuedAt: at, lines: [] } as const;
    const metadata: EventMetadata = {
      schemaVersion: 1,
      commandId: 'c',
      correlationId: 'c',
      causationId: 'c',
      actor: agent.actor,
      occurredAt: at,
      hash: '',
    };
    const open = unfinishedSubmissions.apply(undefined, received, metadata, 'a');
    expect(open).to.deep.equal({ receivedAt: { abc: at } });
    const closed = unfinishedSubmissions.apply(open, issued, metadata, 'a');
    expect(closed).to.deep.equal({ receivedAt: {} });
    for (const event of [received, issued])
      expect(unfinishedSubmissions.route(event)).to.deep.equal(['a']);
  });
});
