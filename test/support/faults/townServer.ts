import 'reflect-metadata';
import { readConfiguration } from '../../../src/infrastructure/config/configuration.ts';
import { defaultTown } from '../../../src/interfaces/web/townIdentity.ts';
import { closeOnSignal, openPortal, type PortalOptions } from '../../../src/portal.ts';
import { smallTownVariables } from '../browser/smallTown.ts';
import { TestClock } from '../testPortal.ts';
import { townCalendar } from '../townFacts.ts';
import { goingOnSince, standsAt } from './townMoment.ts';

export interface TownBounds extends Pick<PortalOptions, 'limits' | 'drain'> {
  /** The Monday goes on from this instant of the system's clock; without it, it stands still. */
  readonly since?: number;
}

// A portal in a process of its own, as `portail serve` runs it, on a Monday; with what its test bounds otherwise.
const [directory = '', bounds = '{}'] = process.argv.slice(2);
const { since, ...others } = JSON.parse(bounds) as TownBounds;
const portal = await openPortal({
  configuration: readConfiguration(smallTownVariables(directory)),
  town: defaultTown,
  calendar: townCalendar(),
  clock: since === undefined ? new TestClock(standsAt) : goingOnSince(since),
  ...others,
});
closeOnSignal(portal);
const url = await portal.listen();
await portal.ready();
process.stdout.write(`${url.replace('localhost', '127.0.0.1')}\n`);
