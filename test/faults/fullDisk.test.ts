import { expect } from 'chai';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { supervisor } from '../support/apiTown.ts';
import { spawnPortal, type SpawnedPortal } from '../support/browser/spawnedPortal.ts';
import { FaultTown, ownDirectory } from '../support/faults/faultTown.ts';
import { counted, lasted, publishFigures } from '../support/faults/figures.ts';
import { describeWithFileSizeLimit, limitFileSize } from '../support/faults/fileSizeLimit.ts';
import { Load, type Refused } from '../support/faults/load.ts';
import { expectSound } from '../support/faults/soundness.ts';
import { until } from '../support/faults/until.ts';

interface Ready {
  readonly missing?: readonly { readonly code: string; readonly projections?: readonly string[] }[];
}

describeWithFileSizeLimit('a disk that fills up under load', function () {
  this.timeout(300_000);
  let directory: string;
  let remove: () => void;
  let portal: SpawnedPortal;
  let town: FaultTown;
  let load: Load | undefined;
  beforeEach(async () => {
    ({ directory, remove } = ownDirectory());
    portal = spawnPortal(['--import=tsx', 'test/support/faults/townServer.ts', directory]);
    town = new FaultTown(await portal.address);
    await town.settle(8);
  });
  afterEach(async () => {
    load?.abandon();
    portal.kill('SIGKILL');
    await portal.ended;
    remove();
  });

  const limit = (bytes: number | 'unlimited'): void => {
    const { pid } = portal;
    if (pid === undefined) return expect.fail('the portal has no process');
    limitFileSize(pid, bytes);
  };
  const sizeOf = (name: string): number => statSync(join(directory, name)).size;
  const ready = async (): Promise<{ status: number; body: Ready }> => {
    const answer = await fetch(town.at('/ready'));
    return { status: answer.status, body: (await answer.json()) as Ready };
  };
  const agenda = (at: number): string =>
    `/api/families/${town.families[at]?.familyId ?? ''}/agenda?month=2026-11`;
  /** Stops the portal as an operator does, and holds what it leaves against what families were told. */
  const expectAllKept = async (): Promise<number> => {
    portal.kill('SIGTERM');
    expect((await portal.ended).code).to.equal(0);
    return expectSound(directory, load?.acknowledged ?? new Map());
  };
  const expectClear = ({ status, code, detail, retryAfter }: Refused): void => {
    expect({ status, code }).to.deep.equal({ status: 503, code: 'STORE.UNAVAILABLE' });
    expect(retryAfter).to.match(/^[1-9]\d*$/);
    expect(detail).to.match(/^[A-ZÀ-Ý].* .*\.$/s);
  };

  it('refuses clearly, goes on reading, and goes on booking once there is room', async () => {
    const sent = (load = new Load(town, { callers: 8, retries: true }));
    await until('many are answered', () => sent.acknowledged.size > 60);
    // No file has room left but what it takes now.
    limit(Math.min(sizeOf('events.db-wal'), sizeOf('read-models.db-wal')));
    await until('the disk is full', () => sent.refused.length > 20);
    const [before, refused] = [sent.acknowledged.size, sent.refused.length];
    expect((await fetch(town.at('/health'))).status).to.equal(200);
    expect((await town.as().get(agenda(0))).status).to.equal(200);
    const page = await town.page('/agents/validation', supervisor);
    expect(page.status).to.equal(200);
    // A family whose keys find no room is refused as clearly.
    const newcomer = await town.as().post<{ code?: string }>('/api/families', {
      resident: true,
      address: '1 rue du Pont',
      guardians: [{ firstName: 'Zoé', lastName: 'Petit', email: 'zoe@example.org' }],
    });
    expect([newcomer.status, newcomer.body.code]).to.deep.equal([503, 'STORE.UNAVAILABLE']);
    await until('it stays full', () => sent.refused.length > refused + 20);
    limit('unlimited');
    const recovered = await until('it goes on', () => sent.acknowledged.size > before + 60);
    await until('/ready says yes', async () => (await ready()).status === 200);
    await sent.stop();
    sent.refused.forEach(expectClear);
    expect(await expectAllKept()).to.equal(0);
    publishFigures({
      name: 'fullDisk',
      fault: 'un disque plein pendant les réservations, puis de nouveau de la place',
      stores: 'SQLite',
      figures: [
        [
          'demandes refusées clairement (503, « Retry-After »)',
          counted(sent.refused.length, 'réponse'),
        ],
        ['60 nouveaux accusés après le retour de la place, sans redémarrage', lasted(recovered)],
        ['accusés rendus en tout', counted(sent.acknowledged.size, 'accusé')],
        ['accusés perdus', '0'],
      ],
    });
  });

  it('stops the read models alone, loudly, while booking goes on, and they catch up', async () => {
    const sent = (load = new Load(town, { callers: 8 }));
    // The log's own WAL starts anew at 4 MB, unless somebody reads it meanwhile: it never needs as much as this.
    const room = 12_000_000;
    limit(room);
    let told: Ready = {};
    await until(
      'the read models have no room',
      async () => {
        const { status, body } = await ready();
        told = body;
        return status === 503;
      },
      120_000,
    );
    expect(told.missing?.map(({ code }) => code)).to.deep.equal(['projections']);
    expect(told.missing?.[0]?.projections).to.not.be.empty;
    const before = sent.acknowledged.size;
    await until('booking goes on', () => sent.acknowledged.size > before + 30);
    expect(sent.refused).to.deep.equal([]);
    expect((await town.as().get(agenda(0))).status).to.equal(200);
    limit('unlimited');
    await sent.stop();
    const recovered = await until('they follow', () => town.follows());
    expect((await ready()).status).to.equal(200);
    expect(await expectAllKept()).to.equal(0);
    publishFigures({
      name: 'fullDisk',
      fault: 'plus de place pour les seules lectures (`read-models.db`)',
      stores: 'SQLite',
      figures: [
        [
          'réservations acceptées pendant ce temps',
          counted(sent.acknowledged.size - before, 'accusé'),
        ],
        ['demandes refusées', '0'],
        ['lectures rattrapées, la place revenue, en', lasted(recovered)],
      ],
    });
  });
});
