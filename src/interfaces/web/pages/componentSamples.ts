import type { ActivityId, ChildId } from '../../../domain/kernel/ids.ts';
import { asId } from '../../../domain/kernel/ids.ts';
import { addDays, asLocalDate, type LocalDate } from '../../../domain/kernel/localDate.ts';
import { asCents, type Cents } from '../../../domain/kernel/money.ts';
import { asLocalTime, parisInstant, type Instant } from '../../../domain/kernel/parisTime.ts';
import type { Limit } from '../../../domain/kernel/sessionTerms.ts';
import type { CalendarCellView } from '../components/monthGrid.tsx';
import type { Asking, Slot, SlotState } from '../components/slot.ts';
import type { MarkName } from '../icons.ts';

/** An invented week of November, for the page of components. */
const childId: ChildId = asId('child', 'lea');
const activity = (text: string): ActivityId => asId('activity', text);
const day: LocalDate = asLocalDate('2026-11-23');
const cents = (amount: number): Cents => asCents(amount);
const at = (date: string, time: string): Instant =>
  parisInstant(asLocalDate(date), asLocalTime(time));
const until: Limit = { at: at('2026-11-20', '09:00'), boundary: 'exclusive' };
const meal: Asking = { priceCents: cents(299), until, answer: 'atOnce' };
const free = { kind: 'free', until } as const;

/** Every state, with the name under which the page shows it. */
export const sampleStates: readonly (readonly [string, SlotState])[] = [
  ['open', { kind: 'open', ...meal }],
  ['afterValidation', { kind: 'open', ...meal, answer: 'afterValidation' }],
  ['waitingListOpen', { kind: 'open', ...meal, answer: 'waitingList' }],
  ['full', { kind: 'full' }],
  ['tooLate', { kind: 'tooLate', since: until }],
  ['held', { kind: 'held', cancellation: free }],
  [
    'heldLate',
    {
      kind: 'held',
      cancellation: { kind: 'billed', billedCents: cents(299), since: until },
    },
  ],
  ['heldOver', { kind: 'held', cancellation: { kind: 'over' } }],
  ['awaiting', { kind: 'awaiting', cancellation: free }],
  ['waitlisted', { kind: 'waitlisted', rank: 2, cancellation: free }],
  ['otherHousehold', { kind: 'otherHousehold', awaits: false }],
  ['pending', { kind: 'pending' }],
  ['refused', { kind: 'refused', reason: 'le groupe des moins de six ans est complet' }],
  ['cancelledInTime', { kind: 'cancelledInTime' }],
  ['cancelledAgain', { kind: 'cancelledInTime', again: meal }],
  ['cancelledLate', { kind: 'cancelledLate', billedCents: cents(299) }],
  ['cancelledByTown', { kind: 'cancelledByTown', reason: 'grève' }],
  [
    'gone',
    {
      kind: 'gone',
      reason: 'Cette activité n’a pas lieu ce jour de la semaine.',
      cancellation: free,
    },
  ],
  ['attended', { kind: 'attended' }],
  ['absent', { kind: 'absent', billedCents: cents(299) }],
  ['absentJustified', { kind: 'absentJustified' }],
  ['wrongAge', { kind: 'notFor', because: 'age' }],
  ['erased', { kind: 'notFor', because: 'erased' }],
];

/** One slot for each state; ids are those of the state's name. */
export const sampleSlots: readonly Slot[] = sampleStates.map(([name, state]) => ({
  childId,
  activityId: activity(name.toLowerCase()),
  date: day,
  label: 'Cantine',
  kind: 'meal',
  state,
}));

/** The three that can be ticked, ticked. */
export const sampleTicked: readonly Slot[] = sampleSlots
  .filter(({ activityId }) => ['open', 'held', 'heldlate'].includes(activityId))
  .map((slot) => ({ ...slot, activityId: activity(`${slot.activityId}-coche`), ticked: true }));

export const sampleLongSlot: Slot = {
  childId,
  activityId: activity('mercredi'),
  date: day,
  label: 'Accueil de loisirs du mercredi',
  place: 'Saint-Géry-Vers',
  kind: 'wednesday',
  state: { kind: 'awaiting', cancellation: free },
};

const cell = (
  offset: number,
  when: CalendarCellView['when'],
  marks: readonly MarkName[],
  closed?: string,
): CalendarCellView => ({
  date: addDays(day, offset),
  when,
  lines: marks.length > 0 ? [marks.map((mark) => ({ mark }))] : [],
  words: closed ?? 'exemple',
  ...(closed === undefined ? {} : { closed }),
});

export const sampleWeek: readonly CalendarCellView[] = [
  cell(0, 'past', ['attended', 'refused', 'cancelled']),
  cell(1, 'today', ['held', 'held', 'open']),
  cell(2, 'coming', [], 'Férié'),
  cell(3, 'coming', ['ticked', 'leaving', 'open', 'awaiting', 'waitlisted']),
  cell(4, 'coming', ['waitable', 'off', 'open']),
];
