import express, { type Express } from 'express';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../src/application/ports/clock.ts';
import type { EventStore } from '../../src/application/ports/eventStore.ts';
import type { Logger } from '../../src/application/ports/logger.ts';
import type { Principal } from '../../src/application/principal.ts';
import { rememberedRebuilds } from '../../src/application/projections/rememberedRebuilds.ts';
import type { Services } from '../../src/application/services.ts';
import { storeProbes, type StoreProbes } from '../../src/application/storeProbes.ts';
import { addHours, instantOf, type Instant } from '../../src/domain/kernel/parisTime.ts';
import type { TownCalendar } from '../../src/domain/kernel/townCalendar.ts';
import { createContainer, servicesOf } from '../../src/infrastructure/container.ts';
import { HmacTokens } from '../../src/infrastructure/crypto/hmacTokens.ts';
import { MemoryEventStore } from '../../src/infrastructure/memory/memoryEventStore.ts';
import { createMemoryReadModelStore } from '../../src/infrastructure/memory/memoryReadModelStore.ts';
import { uuids } from '../../src/infrastructure/uuids.ts';
import { sessionCookieName } from '../../src/interfaces/http/authentication.ts';
import { createHardServer } from '../../src/interfaces/http/hardenServer.ts';
import { createHttpApi, type HttpApiOptions } from '../../src/interfaces/http/httpApi.ts';
import { inProcessReadSide } from './inProcessReadSide.ts';
import { MemoryKeyVault } from './memoryKeyVault.ts';
import { paris, townCalendar } from './townFacts.ts';

/** A clock that stands still until a test moves it. */
export class TestClock implements Clock {
  constructor(private at: Instant) {}
  now(): Instant {
    return this.at;
  }
  moveTo(instant: Instant): void {
    this.at = instant;
  }
  advance(milliseconds: number): void {
    this.at = instantOf(Date.parse(this.at) + milliseconds);
  }
}

export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly fields: Parameters<Logger['info']>[0];
  readonly message: string;
}

/** Keeps what was logged. */
export function capturedLog(): { log: Logger; lines: LogLine[] } {
  const lines: LogLine[] = [];
  const keep =
    (level: LogLine['level']): Logger['info'] =>
    (fields, message) =>
      void lines.push({ level, fields, message });
  return { log: { info: keep('info'), warn: keep('warn'), error: keep('error') }, lines };
}

export interface TestPortalOptions extends Partial<HttpApiOptions> {
  /** Monday 16 November 2026 at 10 h unless told. */
  readonly now?: Instant;
  readonly calendar?: TownCalendar;
  /** Stands before the memory store: a store that fails, counts or waits. */
  readonly around?: (store: EventStore) => EventStore;
  /** Adds to the app what comes after the API: the web portal's routes. */
  readonly mount?: (app: Express, services: Services) => void;
  /** Adds to the app what comes before the API. */
  readonly mountFirst?: (app: Express, services: Services) => void;
  /** Stands before the probes of the stores: stores that don't answer. */
  readonly probing?: (probes: StoreProbes) => StoreProbes;
}

export interface TestPortal {
  readonly services: Services;
  readonly vault: MemoryKeyVault;
  readonly clock: TestClock;
  /** `http://127.0.0.1:port` */
  readonly url: string;
  readonly lines: readonly LogLine[];
  /** Headers of a client that carries a token of this person, good for a year. */
  as(principal: Principal): { readonly authorization: string };
  /** Headers of a browser where this person is signed in, on a page of the portal. */
  inBrowser(principal: Principal): Readonly<Record<string, string>>;
  /** Resolves once read models show all that was done. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** The API over real HTTP, on stores in memory. Close it in the end. */
export async function startTestPortal(options: TestPortalOptions = {}): Promise<TestPortal> {
  const { now = paris('2026-11-16 10:00'), calendar = townCalendar(), around, mount } = options;
  const clock = new TestClock(now);
  const { log, lines } = capturedLog();
  const memory = new MemoryEventStore();
  const events = around?.(memory) ?? memory;
  const readModels = createMemoryReadModelStore();
  const readSide = inProcessReadSide(memory, readModels, () => clock.now());
  const vault = new MemoryKeyVault();
  const tokens = new HmacTokens(new Uint8Array(32).fill(42));
  const bare = servicesOf(
    createContainer({
      clock,
      ids: uuids,
      log,
      tokens,
      events,
      readModels,
      readSide,
      vault,
      calendar,
      onAppended: () => undefined,
    }),
  );

  const probes = storeProbes({ events, readModels, vault });
  const services: Services = {
    ...bare,
    readSide: rememberedRebuilds(readSide, clock),
    probes: options.probing?.(probes) ?? probes,
  };

  const { secure = false } = options;
  const app = express();
  app.disable('x-powered-by');
  options.mountFirst?.(app, services);
  app.use(createHttpApi(services, { ...options, secure }));
  mount?.(app, services);
  const server = createHardServer(app);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const tokenOf = (principal: Principal) =>
    tokens.issue(principal, addHours(clock.now(), 24 * 365));

  return {
    services,
    vault,
    clock,
    url,
    lines,
    as: (principal) => ({ authorization: `Bearer ${tokenOf(principal)}` }),
    inBrowser: (principal) => ({
      cookie: `${sessionCookieName(secure)}=${tokenOf(principal)}`,
      'sec-fetch-site': 'same-origin',
    }),
    settled: () => readSide.settled(),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      await readSide.stop();
      await memory.close();
    },
  };
}
