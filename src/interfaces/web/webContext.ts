import type { Services } from '../../application/services.ts';
import type { TownCalendar } from '../../domain/kernel/townCalendar.ts';
import type { Assets } from './assets.ts';
import type { TownIdentity } from './townIdentity.ts';

/** What the web portal is made with. */
export interface WebContext {
  readonly services: Services;
  readonly town: TownIdentity;
  readonly assets: Assets;
  readonly calendar: TownCalendar;
  /** Served over https: cookies then never travel in clear. */
  readonly secure: boolean;
  /** Where a visitor who isn't signed in is sent. */
  readonly signInPath: string;
  readonly demonstration: boolean;
}
