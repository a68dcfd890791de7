import { expect } from 'chai';
import { StoreUnavailableError } from '../../../src/application/ports/eventStore.ts';
import { measuredEventStore } from '../../../src/infrastructure/metrics/measuredEventStore.ts';
import { PrometheusMetrics } from '../../../src/infrastructure/metrics/prometheusMetrics.ts';
import { MemoryEventStore } from '../../../src/infrastructure/memory/memoryEventStore.ts';
import { openSqliteEventStore } from '../../../src/infrastructure/sqlite/sqliteEventStore.ts';
import { uuids } from '../../../src/infrastructure/uuids.ts';
import { definition } from '../../support/apiTown.ts';
import { agent, commandSide, request, supervisor } from '../../support/commandSide.ts';
import { gated, storeLike } from '../../support/storeDoubles.ts';
import { asId } from '../../../src/domain/kernel/ids.ts';
import { asLocalDate } from '../../../src/domain/kernel/localDate.ts';
import { temporaryDirectory } from '../sqlite/temporaryDirectory.ts';

const registry = () => new PrometheusMetrics({ projections: async () => [] });

const valueIn = (text: string, line: string): string | undefined =>
  text
    .split('\n')
    .find((one) => one.startsWith(`${line} `))
    ?.slice(line.length + 1);

const event = () => ({ id: uuids.next(), type: 'T', data: '{}', metadata: '{}' });

describe('the metrics of commands', () => {
  it('tell each outcome by aggregate, and each rejection by its code', async () => {
    const metrics = registry();
    const { activities, reservations } = commandSide({ options: { metrics } });
    const canteen = definition('cantine') as unknown as Parameters<typeof activities.define>[0];
    await activities.define(canteen, request(supervisor, 'r-1'));
    await activities.define(canteen, request(supervisor, 'r-1'));
    const nowhere = { activityId: asId('activity', 'poney'), date: asLocalDate('2026-11-24') };
    await reservations.close(nowhere, 'grève', request(agent, 'r-2'));
    const far = { activityId: asId('activity', 'cantine'), date: asLocalDate('2026-11-24') };
    await reservations.close(far, '', request(agent, 'r-3'));
    const { text } = await metrics.read();
    const commands = (category: string, outcome: string) =>
      valueIn(text, `portail_commands_total{category="${category}",outcome="${outcome}"}`);
    expect(commands('activity', 'done')).to.equal('1');
    expect(commands('activity', 'repeated')).to.equal('1');
    expect(commands('reservation', 'rejected')).to.equal('1');
    expect(text).to.match(/portail_rejections_total\{category="reservation",code="[A-Z._]+"\} 1/);
    expect(valueIn(text, 'portail_command_seconds_count')).to.equal('3');
    expect(text).to.not.match(/cantine|poney|a-1|s-1/);
  });

  it('tell how many wait, and those that a store away made fail', async () => {
    const metrics = registry();
    const memory = new MemoryEventStore();
    const gate = gated(memory);
    const waiting = commandSide({ store: gate.store, options: { metrics } });
    const canteen = definition('cantine') as unknown as Parameters<
      typeof waiting.activities.define
    >[0];
    const running = waiting.activities.define(canteen, request(supervisor, 'r-1'));
    await gate.arrived;
    const depth = async () => valueIn((await metrics.read()).text, 'portail_commands_under_way');
    expect(await depth()).to.equal('1');
    gate.open();
    await running;
    expect(await depth()).to.equal('0');
    const store = storeLike(memory, {
      append: async () => Promise.reject(new StoreUnavailableError('gone')),
    });
    const away = commandSide({ store, options: { metrics } });
    const other = { ...canteen, activityId: asId('activity', 'garderie') };
    const failed = await away.activities
      .define(other, request(supervisor, 'r-2'))
      .catch((error: unknown) => error);
    expect(failed).to.be.instanceOf(StoreUnavailableError);
    const { text } = await metrics.read();
    expect(
      valueIn(text, 'portail_commands_total{category="activity",outcome="unavailable"}'),
    ).to.equal('1');
    expect(await depth()).to.equal('0');
  });
});

describe('the metrics of the event store', () => {
  it('time each append, and tell conflicts and failures apart', async () => {
    const metrics = registry();
    const memory = new MemoryEventStore();
    const store = measuredEventStore(memory, metrics);
    const first = event();
    expect((await store.append('s-1', [first], 'no-stream')).kind).to.equal('appended');
    expect((await store.append('s-1', [event()], 'no-stream')).kind).to.equal('conflict');
    const gone = new StoreUnavailableError('gone');
    const away = storeLike(memory, { append: async () => Promise.reject(gone) });
    const failed = await measuredEventStore(away, metrics)
      .append('s-1', [event()], 'any')
      .catch((error: unknown) => error);
    expect(failed).to.equal(gone);
    const { text } = await metrics.read();
    for (const outcome of ['appended', 'conflict', 'failed'])
      expect(valueIn(text, `portail_appends_total{outcome="${outcome}"}`), outcome).to.equal('1');
    expect(valueIn(text, 'portail_append_seconds_count')).to.equal('3');
    const read = [];
    for await (const batch of store.readStream('s-1')) read.push(...batch);
    expect(read.map(({ id }) => id)).to.deep.equal([first.id]);
  });

  it('tell how many appends shared a transaction of the embedded store', async () => {
    const metrics = registry();
    const { directory, remove } = temporaryDirectory();
    const store = openSqliteEventStore({
      directory,
      mode: 'write',
      onCommit: ({ jobs, seconds }) => metrics.committed(jobs, seconds),
    });
    try {
      await Promise.all(['a-1', 'a-2', 'a-3'].map((s) => store.append(s, [event()], 'no-stream')));
    } finally {
      await store.close();
      remove();
    }
    const { text } = await metrics.read();
    expect(valueIn(text, 'portail_commit_appends_sum')).to.equal('3');
    expect(valueIn(text, 'portail_commit_seconds_count')).to.equal('1');
  });

  it('tell that the projections don’t answer, and all the rest', async () => {
    const silent = new PrometheusMetrics({
      projections: async () => Promise.reject(new Error('gone')),
    });
    const { text } = await silent.read();
    expect(valueIn(text, 'portail_projections_answer')).to.equal('0');
    expect(text).to.contain('process_cpu_seconds_total');
  });
});
