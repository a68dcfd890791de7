import 'reflect-metadata';
import express, { type Router } from 'express';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from './application/ports/clock.ts';
import type { Logger } from './application/ports/logger.ts';
import { projectionsBehind } from './application/projections/eventsBehind.ts';
import type { Services } from './application/services.ts';
import type { TownCalendar } from './domain/kernel/townCalendar.ts';
import type { Configuration } from './infrastructure/config/configuration.ts';
import { createContainer, servicesOf, type OpenStores } from './infrastructure/container.ts';
import { openEmbeddedStores } from './infrastructure/embeddedStores.ts';
import type { HistoryCheckOptions } from './infrastructure/historyCheck.ts';
import { createLogger } from './infrastructure/logging.ts';
import { PrometheusMetrics } from './infrastructure/metrics/prometheusMetrics.ts';
import { systemClock } from './infrastructure/systemClock.ts';
import { uuids } from './infrastructure/uuids.ts';
import { drainable, type DrainBounds } from './interfaces/http/drain.ts';
import { createHardServer, type ServerLimits } from './interfaces/http/hardenServer.ts';
import { createHttpApi } from './interfaces/http/httpApi.ts';
import { requestMetrics } from './interfaces/http/requestMetrics.ts';
import { becomesReady } from './interfaces/http/readiness.ts';
import { loadAssets } from './interfaces/web/assets.ts';
import type { TownIdentity } from './interfaces/web/townIdentity.ts';
import type { WebContext } from './interfaces/web/webContext.ts';
import { publicShell } from './interfaces/web/routes/respond.ts';
import { securityHeaders, webRouter } from './interfaces/web/webRouter.ts';

export interface PortalOptions {
  readonly configuration: Configuration;
  readonly town: TownIdentity;
  readonly calendar: TownCalendar;
  /** The demonstration adds its sign-in here; production has none. */
  readonly demonstration?: (context: WebContext) => Router;
  /** The system's clock unless told: tests stand still. */
  readonly clock?: Clock;
  /** Standard output unless told. */
  readonly log?: Logger;
  /** What a connection may take: `serverLimits` unless told. */
  readonly limits?: ServerLimits;
  /** What closing waits for: `drainBounds` unless told. */
  readonly drain?: DrainBounds;
  /** When and how the history of a data directory is read again after the start. */
  readonly check?: HistoryCheckOptions;
}

export interface Portal {
  readonly services: Services;
  /** Starts answering; resolves with the address. `/ready` may still say no for a moment. */
  listen(): Promise<string>;
  /** Resolves with true once `/ready` says yes, with false when it doesn't in time (15 s unless told). */
  ready(withinMs?: number): Promise<boolean>;
  /** Resolves with the reason once the portal may not go on: it is to be closed then. */
  readonly refused: Promise<Error>;
  /** Finishes what it accepted, then closes the stores. */
  close(): Promise<void>;
}

/** A rebuild of the read models may take longer: pages then show what there is. */
const readyMs = 15_000;

/** Opens the stores and puts the portal together, without listening yet. */
export async function openPortal(options: PortalOptions): Promise<Portal> {
  const { configuration, town, calendar, demonstration, clock = systemClock } = options;
  const log = options.log ?? createLogger(configuration.logLevel);
  // First, since it refuses a town whose logo or colours don't do: no store was opened then.
  const assets = loadAssets({ town });
  const stores = await openStores(configuration, log, options.check);
  const { metricsToken: token } = configuration;
  const metrics =
    token === undefined
      ? undefined
      : new PrometheusMetrics({ projections: async () => projectionsBehind(services) });
  const services: Services = servicesOf(
    createContainer({ ...stores, calendar, log, clock, ids: uuids, ...(metrics && { metrics }) }),
  );
  if (metrics) stores.onCommitted?.((appends, seconds) => metrics.committed(appends, seconds));
  stores.onNoticed?.((stream, revision) => services.handler.noticed(stream, revision));

  const publicUrl = configuration.publicUrl ?? `http://localhost:${configuration.port}`;
  const secure = publicUrl.startsWith('https:');
  const context: WebContext = {
    services,
    town,
    calendar,
    secure,
    assets,
    signInPath: demonstration ? '/demo' : '/connexion',
    demonstration: demonstration !== undefined,
  };
  const app = express();
  app.disable('x-powered-by');
  // Express would otherwise show the stack of an error that nothing else answers.
  app.set('env', 'production');
  app.use(securityHeaders(secure));
  if (metrics && token !== undefined) app.use(requestMetrics({ metrics, token, ids: uuids }));
  app.use(createHttpApi(services, { secure, shell: publicShell(context) }));
  app.use(webRouter(context, publicUrl, demonstration?.(context)));
  const server = createHardServer(app, options.limits);
  const drain = drainable(server, options.drain);

  const refused = new Promise<Error>((resolve) => stores.onRefused?.(resolve));
  const processes = stores.alone('every-minute', (signal) => everyMinute(services, signal));

  return {
    services,
    async listen() {
      server.listen(configuration.port, configuration.host);
      try {
        await once(server, 'listening');
      } catch (error) {
        throw refusedListening(error, configuration);
      }
      const { port } = server.address() as AddressInfo;
      const url = `http://${configuration.host === '127.0.0.1' ? 'localhost' : configuration.host}:${port}`;
      log.info({ port }, 'listening');
      return url;
    },
    refused,
    ready: (withinMs = readyMs) => becomesReady(services, withinMs),
    async close() {
      await stores.stopLooking?.();
      await drain();
      await processes.stop();
      await stores.close();
      log.info({}, 'stopped');
    },
  };
}

/** In files of this machine, or on the servers that the configuration names. */
async function openStores(
  { stores, ...configuration }: Configuration,
  log: Logger,
  check?: HistoryCheckOptions,
): Promise<OpenStores> {
  if (stores.kind === 'embedded') return openEmbeddedStores(configuration, log, check);
  // Loaded where they are wanted: the clients of both servers take a quarter of the start of a portal on its own files.
  const { openDistributedStores } =
    await import('./infrastructure/distributed/distributedStores.ts');
  return openDistributedStores(stores, configuration.masterKey, log);
}

const minuteMs = 60_000;

/** Runs the processes at once and every minute, one run at a time: submissions cut off first, then those who wait. */
async function everyMinute(
  { submissionFinishing, waitingListPromotion, log }: Services,
  signal: AbortSignal,
): Promise<void> {
  const attempt = async (what: string, run: () => Promise<void>): Promise<void> => {
    try {
      await run();
    } catch (error) {
      const name = error instanceof Error ? error.name : 'unknown';
      log.error({ error: name }, `${what} failed; tried again in a minute`);
    }
  };
  while (!signal.aborted) {
    await attempt('finishing of submissions', async () => {
      const receipts = await submissionFinishing.run();
      if (receipts > 0) log.info({ receipts }, 'submissions finished that were cut off');
    });
    await attempt('waiting-list promotion', async () => {
      const places = await waitingListPromotion.run();
      if (places > 0) log.info({ places }, 'places given to those who waited');
    });
    await pause(minuteMs, undefined, { signal }).catch(() => undefined);
  }
}

/** Why the portal can't answer at its address, for the operator; another error as it is. */
function refusedListening(error: unknown, { host, port }: Configuration): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const other = 'choisissez-en un autre (PORTAIL_PORT)';
  if (code === 'EADDRINUSE')
    return new Error(
      `Le port ${port} est déjà pris par un autre programme\u00a0: arrêtez-le, ou ${other}.`,
    );
  if (code === 'EACCES')
    return new Error(`Le port ${port} n’est pas permis à cet utilisateur\u00a0: ${other}.`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new Error(`L’adresse ${host} n’est pas celle de cette machine (PORTAIL_HOST).`);
  return error;
}

/**
 * Closes the portal on SIGTERM or Ctrl-C, or once it may not go on, which ends the process with an error. Further
 * signals change nothing: what was accepted is being finished.
 */
export function closeOnSignal(portal: Portal): void {
  let stopping = false;
  const stop = (code: number): void => {
    if (stopping) return;
    stopping = true;
    void portal.close().then(
      () => process.exit(code),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', () => stop(0));
  process.on('SIGINT', () => stop(0));
  void portal.refused.then(({ message }) => {
    process.stderr.write(`${message}\n`);
    stop(1);
  });
}
