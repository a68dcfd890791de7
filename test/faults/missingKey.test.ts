import Database from 'better-sqlite3';
import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DataFileRefusedError } from '../../src/infrastructure/sqlite/dataFileErrors.ts';
import { verifyHistory } from '../../src/infrastructure/verifyHistory.ts';
import type { Portal } from '../../src/portal.ts';
import { agent, booking, supervisor } from '../support/apiTown.ts';
import {
  FaultTown,
  openFaultPortal,
  ownDirectory,
  wednesday,
  type FaultFamily,
} from '../support/faults/faultTown.ts';
import { counted, publishFigures } from '../support/faults/figures.ts';
import { Load } from '../support/faults/load.ts';
import { expectSound } from '../support/faults/soundness.ts';
import { standsAt } from '../support/faults/townMoment.ts';
import { until } from '../support/faults/until.ts';
import { capturedLog, TestClock, type LogLine } from '../support/testPortal.ts';

const erased = '[effacé]';

describe('a key vault that misses keys', function () {
  this.timeout(300_000);
  let directory: string;
  let remove: () => void;
  let portal: Portal | undefined;
  let town = new FaultTown('');
  let lines: readonly LogLine[];
  let acknowledged: Load['acknowledged'];

  const start = async (): Promise<void> => {
    const captured = capturedLog();
    lines = captured.lines;
    const clock = new TestClock(standsAt);
    portal = await openFaultPortal(directory, { clock, log: captured.log });
    const { families } = town;
    town = new FaultTown(await portal.listen());
    town.families.push(...families);
    expect(await portal.ready()).to.equal(true);
  };
  const stop = async (): Promise<void> => {
    await portal?.close();
    portal = undefined;
  };
  const family = (at: number): FaultFamily => town.families[at] ?? expect.fail('no such family');
  const change = (sql: string, ...values: readonly unknown[]): void => {
    const database = new Database(join(directory, 'keys.db'));
    expect(database.prepare(sql).run(...values).changes).to.equal(1);
    database.close();
  };
  const wrappedOf = (subject: string): unknown => {
    const database = new Database(join(directory, 'keys.db'), { readonly: true });
    const row = database.prepare('SELECT wrapped FROM keys WHERE subject = ?').pluck().get(subject);
    database.close();
    return row;
  };
  const book = async (at: number, child: number, date: string, activity = 'cantine') => {
    const { children } = family(at);
    const asked = { ...booking(children[child] ?? '', date, activity), note: 'Sans porc' };
    const key = `${at}-${child}-${date}-${activity}-${acknowledged.size}`;
    const { status, body } = await town.send(family(at), key, [asked]);
    if (status === 201) acknowledged.set(body.receiptId, body);
    return { status, body };
  };

  beforeEach(async () => {
    ({ directory, remove } = ownDirectory());
    acknowledged = new Map();
    town = new FaultTown('');
    await start();
    await town.settle(5);
    for (let at = 0; at < 5; at += 1) {
      await book(at, 0, '2026-11-23');
      await book(at, 0, wednesday, 'mercredi');
    }
    await stop();
  });
  afterEach(async () => {
    await stop();
    remove();
  });

  it('shows « [effacé] » for whom it lost, and serves all the others', async () => {
    const [lostFamily, damagedChild] = [family(0).familyId, family(1).children[0] ?? ''];
    const lostChild = family(2).children[0] ?? '';
    const found = [lostFamily, lostChild].map((lost) => [lost, wrappedOf(lost)] as const);
    for (const [lost] of found) change('DELETE FROM keys WHERE subject = ?', lost);
    change('UPDATE keys SET wrapped = ? WHERE subject = ?', randomBytes(60), damagedChild);
    // Rows never go by themselves: only an operator who took the file as it is comes so far.
    rmSync(join(directory, 'events.end'));
    await start();
    let answers = 0;
    const seen = async (path: string, who: Parameters<FaultTown['page']>[1]): Promise<string> => {
      const { status, html } = await town.page(path, who);
      answers += 1;
      expect(status, path).to.equal(200);
      return html;
    };

    const queue = await seen('/agents/validation', agent);
    await seen(`/agents/seances?date=${wednesday}`, agent);
    expect(queue).to.include(erased);
    for (const whole of ['Famille3', 'Famille4']) expect(queue).to.include(whole);
    for (let at = 0; at < 5; at += 1) {
      const { familyId, children } = family(at);
      for (const path of [
        `/api/families/${familyId}/agenda?month=2026-11`,
        `/api/children/${children[0] ?? ''}`,
      ]) {
        const answer = await town.as(agent).get(path);
        answers += 1;
        expect(answer.status, path).to.be.below(500);
      }
      const path = `/reservations?mois=2026-11&enfant=${children[0] ?? ''}`;
      const { status } = await town.page(path, town.guardian(family(at)));
      answers += 1;
      expect(status, path).to.be.below(500);
    }

    // Others book as before; those who lost a key are answered, one way or the other.
    const load = new Load(town, { callers: 2 });
    await until('the others book', () => load.acknowledged.size > 30);
    await load.stop();
    for (const [id, receipt] of load.acknowledged) acknowledged.set(id, receipt);
    expect(load.refused.filter(({ status }) => status >= 500)).to.deep.equal([]);
    for (const at of [0, 1, 2]) expect((await book(at, 0, '2026-12-21')).status).to.be.below(500);
    expect((await book(3, 0, '2026-12-21')).body.lines[0]?.result.outcome).to.equal('accepted');

    const { body } = await town
      .as(supervisor)
      .get<{ projections: readonly { name: string }[] }>('/api/projections');
    for (const { name: projection } of body.projections) {
      const asked = await town.as(supervisor).post(`/api/projections/${projection}/rebuild`);
      expect(asked.status).to.equal(202);
    }
    await until('all are built anew', async () => {
      const now = await portal?.services.readSide.status();
      return now?.every(({ state, error }) => state === 'running' && error === undefined) ?? false;
    });
    expect(await seen('/agents/validation', agent))
      .to.include('Famille4')
      .and.include(erased);
    await until('the log tells of the damaged key', () =>
      lines.some(({ level, fields }) => level === 'error' && fields['keys'] === 1),
    );
    await stop();
    const { faults } = await verifyHistory(directory);
    expect(faults).to.have.length(1);
    expect(faults[0]).to.include(join(directory, 'keys.db')).and.include('il en manque 2,');
    // As found in a backup: nothing else is wrong.
    for (const [subject, wrapped] of found)
      change('INSERT INTO keys VALUES (?, ?)', subject, wrapped);
    await expectSound(directory, acknowledged);
    publishFigures({
      name: 'missingKey',
      fault: 'des clés de personnes perdues ou abîmées dans `keys.db`',
      stores: 'SQLite',
      figures: [
        ['clés retirées ou abîmées', counted(3, 'clé')],
        ['pages et réponses lues, sans erreur 500', counted(answers, 'réponse')],
        ['réservations des autres familles', counted(load.acknowledged.size, 'accusé')],
        ['lectures refaites sans erreur', counted(body.projections.length, 'lecture')],
      ],
    });
  });

  it('that is gone as a whole is named, and nothing is made in its place', async () => {
    for (const name of ['keys.db', 'keys.db-wal', 'keys.db-shm'])
      rmSync(join(directory, name), { force: true });
    const refused = await start().then(
      () => expect.fail('it started'),
      (error: unknown) => error,
    );
    expect(refused).to.be.instanceOf(DataFileRefusedError);
    expect(refused).to.include({ reason: 'lost', file: join(directory, 'keys.db') });
  });

  it('is named when a key has gone since the last commit', async () => {
    change('DELETE FROM keys WHERE subject = ?', family(4).familyId);
    const refused = await start().then(
      () => expect.fail('it started'),
      (error: unknown) => error,
    );
    expect(refused).to.include({ reason: 'fewer', file: join(directory, 'keys.db') });
  });
});
