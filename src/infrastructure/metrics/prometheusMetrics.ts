import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type {
  AppendOutcome,
  CommandOutcome,
  Metrics,
  MetricsReport,
} from '../../application/ports/metrics.ts';
import type { ProjectionBehind } from '../../application/projections/eventsBehind.ts';
import { ProjectionGauges } from './projectionGauges.ts';
import { Tally } from './tally.ts';

/** Seconds: a commit takes a millisecond on a good disk, a page some ten. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const together = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

export interface PrometheusOptions {
  /** How far each projection has come, asked at each reading. */
  readonly projections: () => Promise<readonly ProjectionBehind[]>;
}

/** What the portal counts, in the text format of Prometheus. Each portal has a registry of its own. */
export class PrometheusMetrics implements Metrics, MetricsReport {
  private readonly registry = new Registry();
  private readonly outcomes = new Tally();
  private readonly rejections = new Tally();
  private readonly appends = new Tally();
  private underWay = 0;
  private readonly gauges = new ProjectionGauges(this.registry);
  private readonly commandSeconds = this.histogram(
    'portail_command_seconds',
    'From a command to its answer: waiting in the queue of its stream, conflicts and append included.',
  );
  private readonly appendSeconds = this.histogram(
    'portail_append_seconds',
    'From an append to the answer of the event store: durable, or a conflict.',
  );
  private readonly commitSeconds = this.histogram(
    'portail_commit_seconds',
    'One transaction of the embedded event store, its wait for the disk included.',
  );
  private readonly commitAppends = this.histogram(
    'portail_commit_appends',
    'Appends that shared one transaction of the embedded event store.',
    together,
  );
  private readonly requestSeconds = new Histogram({
    name: 'portail_http_request_seconds',
    help: 'From a request to the end of its answer, by pattern of address.',
    labelNames: ['method', 'route'] as const,
    buckets,
    registers: [this.registry],
  });
  private readonly requests = new Counter({
    name: 'portail_http_requests_total',
    help: 'Requests by pattern of address; status 0: the client left before the answer.',
    labelNames: ['method', 'route', 'status'] as const,
    registers: [this.registry],
  });

  constructor(private readonly options: PrometheusOptions) {
    collectDefaultMetrics({ register: this.registry });
    this.tallied(
      'portail_commands_total',
      'Commands by aggregate and outcome.',
      ['category', 'outcome'],
      this.outcomes,
    );
    this.tallied(
      'portail_rejections_total',
      'Commands refused, by aggregate and code.',
      ['category', 'code'],
      this.rejections,
    );
    this.tallied(
      'portail_appends_total',
      'Appends to the event store by outcome.',
      ['outcome'],
      this.appends,
    );
    const depth = (): number => this.underWay;
    new Gauge({
      name: 'portail_commands_under_way',
      help: 'Commands that wait in the queues of their streams, or are being stored.',
      registers: [this.registry],
      collect() {
        this.set(depth());
      },
    });
  }

  commandStarted(): void {
    this.underWay += 1;
  }

  commandEnded(category: string, outcome: CommandOutcome, code: string, seconds: number): void {
    this.underWay -= 1;
    this.outcomes.add(category, outcome);
    if (outcome === 'rejected') this.rejections.add(category, code);
    this.commandSeconds.observe(seconds);
  }

  appendEnded(outcome: AppendOutcome, seconds: number): void {
    this.appends.add(outcome, '');
    this.appendSeconds.observe(seconds);
  }

  committed(appends: number, seconds: number): void {
    this.commitSeconds.observe(seconds);
    this.commitAppends.observe(appends);
  }

  requestEnded(method: string, route: string, status: number, seconds: number): void {
    this.requests.inc({ method, route, status: String(status) });
    this.requestSeconds.observe({ method, route }, seconds);
  }

  async read(): Promise<{ readonly type: string; readonly text: string }> {
    // A read side that doesn't answer takes nothing away from the rest.
    this.gauges.show(await this.options.projections().catch(() => undefined));
    return { type: this.registry.contentType, text: await this.registry.metrics() };
  }

  private histogram(name: string, help: string, bounds = buckets): Histogram {
    return new Histogram({ name, help, buckets: bounds, registers: [this.registry] });
  }

  /** A counter filled when it is read: counting costs no more than the tally. */
  private tallied(
    name: string,
    help: string,
    labelNames: readonly [string, string?],
    tally: Tally,
  ): void {
    const [one, other] = labelNames;
    new Counter({
      name,
      help,
      labelNames: other === undefined ? [one] : [one, other],
      registers: [this.registry],
      collect() {
        this.reset();
        for (const [first, second, count] of tally)
          this.inc(
            other === undefined ? { [one]: first } : { [one]: first, [other]: second },
            count,
          );
      },
    });
  }
}
