import type { LocalDate } from '../../../domain/kernel/localDate.ts';
import { limitData, type SlotLimit } from './limitLine.tsx';
import { drawOnce, HOLE, type PageContext } from './pageContext.ts';
import { limitOf, refusalHref, slotValue, type Slot } from './slot.ts';
import { SlotToggle } from './slotToggle.tsx';
import { slotLook } from './slotWords.ts';

const slotLimit = ({ state }: Slot): SlotLimit | undefined => {
  const found = limitOf(state);
  return found && { ...found.limit, passed: found.passed };
};

/** The one limit of all these slots, those that have none set aside; undefined when they differ. */
export function sharedLimit(slots: readonly Slot[]): SlotLimit | undefined {
  const limits = slots.flatMap((slot) => slotLimit(slot) ?? []);
  const [first] = limits;
  const isFirst = ({ at, boundary, passed }: SlotLimit): boolean =>
    at === first?.at && boundary === first.boundary && passed === first.passed;
  return limits.every(isFirst) ? first : undefined;
}

/** All that shows of a slot, but the id and the value of its box: the child and the day. */
const keyOf = (
  { kind, label, place, state, ticked, date }: Slot,
  limit: SlotLimit | undefined,
): string => JSON.stringify([kind, label, place, slotLook(state), ticked, limit && [limit, date]]);

/** A refusal leads to who refused, why, and what can be done about it. */
const Contest = ({ label, href }: { readonly label: string; readonly href: string }) => (
  <p class="slot__contest">
    <a href={href}>
      Contester ce refus<span class="visually-hidden">{`\u00a0: ${label}`}</span>
    </a>
  </p>
);

interface SlotListProps {
  readonly slots: readonly Slot[];
  readonly date: LocalDate;
  /** The limit of the whole day, said above already; otherwise each slot says its own. */
  readonly said: SlotLimit | undefined;
  /** How many slots of the day stand above: each box of a page has an id of its own. */
  readonly above: number;
}

/** The activities of a child on a day, in the order of the day, each with its deadline in words. */
export function SlotList({ slots, date, said, above }: SlotListProps, context: PageContext) {
  const html = slots.map((slot, index) => {
    const limit = said ? undefined : slotLimit(slot);
    const isRefused = slot.state.kind === 'refused';
    const draw = () => (
      <>
        <SlotToggle slot={slot} id={HOLE} value={HOLE} limit={limit} />
        {isRefused && <Contest label={slot.label} href={HOLE} />}
      </>
    );
    const id = `case-${date}-${above + index + 1}`;
    // The box has an id and a value, its label names the id.
    const box = slotLook(slot.state).tick ? [id, slotValue(slot), id] : [];
    const contest = isRefused ? [refusalHref(slot)] : [];
    return drawOnce(context, keyOf(slot, limit), draw, ...box, ...contest);
  });
  return (
    <div
      class="slots"
      {...limitData(said, date)}
      dangerouslySetInnerHTML={{ __html: html.join('') }}
    />
  );
}
