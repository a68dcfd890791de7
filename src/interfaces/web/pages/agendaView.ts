import type { ChildId } from '../../../domain/kernel/ids.ts';
import type { LocalDate, YearMonth } from '../../../domain/kernel/localDate.ts';
import type { Instant } from '../../../domain/kernel/parisTime.ts';
import type { BannerTone } from '../components/banner.tsx';
import type { ChildTab } from '../components/childSwitcher.tsx';
import type { Slot } from '../components/slot.ts';

/** Why nothing takes place on a day; `name` is the holiday's or the closure's, where it has one. */
export interface ClosedDay {
  readonly reason: 'publicHoliday' | 'schoolHoliday' | 'closure';
  readonly name?: string;
}

/** One child's activities on a day, in the order of the day. */
export interface AgendaChildDay {
  readonly childId: ChildId;
  readonly name: string;
  readonly slots: readonly Slot[];
}

export interface AgendaDay {
  readonly date: LocalDate;
  readonly closed?: ClosedDay;
  readonly children: readonly AgendaChildDay[];
}

/** Something just done, or under way, said at the head of the page. */
export interface Notice {
  readonly tone: BannerTone;
  readonly title: string;
  readonly text?: string;
  readonly link?: { readonly href: string; readonly label: string };
}

/** Boxes ticked in other months or for other children: they go to the check page with those of this page. */
export interface ElsewhereTicks {
  /** As the form carries them. */
  readonly code: string;
  /** « Et 3 cases cochées ailleurs, à envoyer ensemble : 2 en décembre et 1 pour Hugo » */
  readonly words: string;
}

/** The agenda of one child, or of all, for a month. */
export interface AgendaView {
  readonly now: Instant;
  readonly month: YearMonth;
  readonly scope: 'child' | 'family';
  /** « Toute la famille », then each child. */
  readonly tabs: readonly ChildTab[];
  /** Addresses of the months before and after; absent where the calendar ends. */
  readonly previousHref?: string;
  readonly nextHref?: string;
  /** Days of the month where something takes place or is closed, in order. Others may be left out. */
  readonly days: readonly AgendaDay[];
  /** Where the ticks go to be checked. */
  readonly form: { readonly action: string; readonly csrf: string };
  /** All the receipts of the family. */
  readonly receiptsHref: string;
  readonly elsewhere?: ElsewhereTicks;
  readonly notice?: Notice;
  /** What was just sent isn't in this page yet. */
  readonly catchingUp?: boolean;
}
