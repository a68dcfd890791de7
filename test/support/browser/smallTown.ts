import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from '../../../src/application/ports/logger.ts';
import type { PlaceRef } from '../../../src/application/reservation/reservationCommands.ts';
import { isRejection } from '../../../src/domain/kernel/rejection.ts';
import type { Instant } from '../../../src/domain/kernel/parisTime.ts';
import { readConfiguration } from '../../../src/infrastructure/config/configuration.ts';
import type { DemoAccount } from '../../../src/interfaces/web/demo/demoSignIn.ts';
import { demoSignIn } from '../../../src/interfaces/web/demo/demoSignIn.ts';
import { defaultTown } from '../../../src/interfaces/web/townIdentity.ts';
import { openPortal, type Portal } from '../../../src/portal.ts';
import { agent, request, supervisor } from '../commandSide.ts';
import { TestClock } from '../testPortal.ts';
import { activityId, childId, day } from '../townFacts.ts';
import { atTheEnd } from './atTheEnd.ts';
import {
  guardianOfSmallTown,
  registerFamily,
  type Named,
  type SettledFamily,
} from './settledFamily.ts';
import { monday16, smallTownActivities, smallTownCalendar } from './smallTownActivities.ts';

/** The key of every small town: what one portal wrote, another one can open. */
export const smallTownKey = '8f'.repeat(32);

export const smallTownVariables = (directory: string): Record<string, string> => ({
  PORTAIL_DATA: directory,
  PORTAIL_PORT: '0',
  PORTAIL_MASTER_KEY: smallTownKey,
  PORTAIL_TOWN: 'data/vallee-du-lot.json',
  PORTAIL_LOG_LEVEL: 'silent',
});

/** The family whom the sign-in page of the small town offers, beside the staff. */
export const vialard: Named = {
  family: 'vialard',
  lastName: 'Vialard',
  guardians: ['Camille', 'Bastien'],
  children: [
    { firstName: 'Léa', birthDate: '2019-03-02', schoolClass: 'CE1' },
    { firstName: 'Hugo', birthDate: '2022-05-14', schoolClass: 'PS' },
  ],
};

const accounts: readonly DemoAccount[] = [
  {
    id: 'responsable',
    name: 'Camille Vialard',
    role: 'guardian',
    detail: 'responsable de Léa et Hugo',
    principal: guardianOfSmallTown('vialard'),
  },
  {
    id: 'agent',
    name: 'Agent d’accueil',
    role: 'agent',
    detail: 'valide les réservations',
    principal: agent,
  },
  {
    id: 'encadrement',
    name: 'Encadrement',
    role: 'supervisor',
    detail: 'voit aussi l’état du portail',
    principal: supervisor,
  },
];

export interface SmallTownOptions {
  /** Where the data are; a directory of its own, removed in the end, unless told. */
  readonly directory?: string;
  /** True when the directory holds the town already. */
  readonly filled?: boolean;
  readonly now?: Instant;
  readonly log?: Logger;
}

/** A town with the portal's own pages over HTTP, on the embedded stores. */
export class SmallTown {
  private asked = 0;
  private closed = false;

  private constructor(
    readonly portal: Portal,
    readonly clock: TestClock,
    readonly directory: string,
    /** `http://localhost:port` */
    readonly url: string,
    private readonly isOwnDirectory: boolean,
  ) {}

  /** Opens the stores, fills them through the real commands unless they are filled, and listens on a free port. */
  static async open(options: SmallTownOptions = {}): Promise<SmallTown> {
    const { filled = false, now = monday16, log } = options;
    const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'portail-ville-'));
    const clock = new TestClock(now);
    const portal = await openPortal({
      configuration: readConfiguration(smallTownVariables(directory)),
      town: defaultTown,
      calendar: smallTownCalendar,
      clock,
      demonstration: (context) => demoSignIn(context, accounts),
      ...(log ? { log } : {}),
    });
    const url = await portal.listen();
    const town = new SmallTown(portal, clock, directory, url, options.directory === undefined);
    atTheEnd(() => town.close());
    if (!filled) await town.fill();
    return town;
  }

  private async fill(): Promise<void> {
    const { activityCommands } = this.portal.services;
    for (const definition of smallTownActivities)
      await activityCommands.define(definition, request(supervisor, definition.activityId));
    await this.settle(vialard);
  }

  /** A family with its children, enrolled everywhere. */
  async settle(named: Named): Promise<SettledFamily> {
    const settled = await registerFamily(this.portal.services, named);
    await this.shown();
    return settled;
  }

  /** `child` takes a place at a moment, as its family would ask for it. */
  async book(
    child: string,
    activity: string,
    date: string,
    { note, at = this.clock.now() }: { readonly note?: string; readonly at?: Instant } = {},
  ): Promise<void> {
    const { reservationCommands } = this.portal.services;
    const family = child.slice(0, child.lastIndexOf('-'));
    const principal = guardianOfSmallTown(family);
    const { familyId } = principal;
    if (!familyId) throw new Error('a guardian has a family');
    const place: PlaceRef = {
      childId: childId(child),
      activityId: activityId(activity),
      date: day(date),
    };
    const asked = { ...place, familyId, ...(note === undefined ? {} : { note }) };
    const result = await reservationCommands.reserve(asked, request(principal, this.next(), at));
    if (isRejection(result)) throw new Error(`${child}, ${activity}, ${date}: ${result.code}`);
    await this.shown();
  }

  /** The town closes a session. */
  async closeSession(activity: string, date: string, reason: string): Promise<void> {
    const session = { activityId: activityId(activity), date: day(date) };
    const asked = request(agent, this.next(), this.clock.now());
    await this.portal.services.reservationCommands.close(session, reason, asked);
    await this.shown();
  }

  /** Resolves once the pages show all that was done. */
  async shown(): Promise<void> {
    const { events, readSide } = this.portal.services;
    const head = await events.head();
    if (head !== undefined && !(await readSide.waitFor(head, 20_000)))
      throw new Error('the read models did not follow');
  }

  /** Stops the portal; done at the end of the run in any case, so that a failed test holds nothing up. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.portal.close();
    if (this.isOwnDirectory) rmSync(this.directory, { recursive: true, force: true });
  }

  private next(): string {
    this.asked += 1;
    return `small-town-${this.asked}`;
  }
}

let shared: Promise<SmallTown> | undefined;

/** One town for all tests of a run that only add families of their own to it. */
export function sharedTown(): Promise<SmallTown> {
  shared ??= SmallTown.open().then((town) => {
    atTheEnd(async () => {
      shared = undefined;
    });
    return town;
  });
  return shared;
}
