import 'reflect-metadata';
import { readConfiguration } from '../../../src/infrastructure/config/configuration.ts';
import type { ServerLimits } from '../../../src/interfaces/http/hardenServer.ts';
import { defaultTown } from '../../../src/interfaces/web/townIdentity.ts';
import { closeOnSignal, openPortal } from '../../../src/portal.ts';
import { smallTownVariables } from '../browser/smallTown.ts';
import { TestClock } from '../testPortal.ts';
import { townCalendar } from '../townFacts.ts';
import { standsAt } from './townMoment.ts';

// A portal in a process of its own, as `portail serve` runs it, on a Monday that stands still.
const [directory = '', limits = ''] = process.argv.slice(2);
const portal = await openPortal({
  configuration: readConfiguration(smallTownVariables(directory)),
  town: defaultTown,
  calendar: townCalendar(),
  clock: new TestClock(standsAt),
  ...(limits !== '' && { limits: JSON.parse(limits) as ServerLimits }),
});
closeOnSignal(portal);
const url = await portal.listen();
await portal.ready();
process.stdout.write(`${url.replace('localhost', '127.0.0.1')}\n`);
