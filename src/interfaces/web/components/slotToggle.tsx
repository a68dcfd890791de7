import { formatMoney } from '../../../domain/kernel/french/money.ts';
import { Icon } from './icon.tsx';
import { limitData, LimitLine, type SlotLimit } from './limitLine.tsx';
import { activityIcon, CANCEL_FIELD, type Slot } from './slot.ts';
import { slotLook, type SlotLook, type SlotTick } from './slotWords.ts';

/** What stands before the box is ticked, or for good when there is no box. */
const Told = ({ look }: { readonly look: SlotLook }) => (
  <>
    <span class={look.tick ? 'slot__state slot__before' : 'slot__state'}>
      <Icon name={look.icon} size={16} />
      {look.detail ? `${look.words} · ${look.detail}` : look.words}
    </span>
    {look.note && (
      <span class={look.tick ? 'slot__note slot__before' : 'slot__note'}>{look.note}</span>
    )}
  </>
);

/** What stands once it is ticked; and what ticking does, where the box alone would mislead. */
const Ticked = ({ tick }: { readonly tick: SlotTick }) => (
  <>
    <span class="slot__state slot__after">
      <Icon name={tick.icon} size={16} />
      {tick.priceCents > 0 ? `${tick.words} · ${formatMoney(tick.priceCents)}` : tick.words}
    </span>
    {tick.action && <span class="slot__action slot__before">{tick.action}</span>}
    {tick.undo && <span class="slot__action slot__after">{tick.undo}</span>}
  </>
);

interface InsideProps {
  readonly slot: Slot;
  readonly look: SlotLook;
  readonly limit: SlotLimit | undefined;
}

function Inside({ slot, look, limit }: InsideProps) {
  return (
    <>
      <Icon name={activityIcon(slot.kind)} size={22} />
      <span class="slot__words">
        <span class="slot__label">{slot.label}</span>
        {slot.place && <span class="slot__place">{slot.place}</span>}
        <Told look={look} />
        {look.tick && <Ticked tick={look.tick} />}
        {limit && <LimitLine block="slot__limit" limit={limit} date={slot.date} />}
      </span>
    </>
  );
}

interface SlotToggleProps {
  readonly slot: Slot;
  /** Of the box, as `value`. */
  readonly id: string;
  readonly value: string;
  /** Its own deadline, when the day doesn't say it for all. */
  readonly limit?: SlotLimit | undefined;
}

/**
 * One activity of one child on one day: a box to tick with its label when there is something to ask, a plain line
 * otherwise. The whole label is the target, 44 px high at least. What is held shows « Annuler » rather than an empty
 * box, which would read as « not booked ».
 */
export function SlotToggle({ slot, id, value, limit }: SlotToggleProps) {
  const look = slotLook(slot.state);
  const { tick } = look;
  const inside = <Inside slot={slot} look={look} limit={limit} />;
  const tone = `slot__face slot__face--${look.tone}${look.struck ? ' slot__face--struck' : ''}`;
  if (!tick)
    return (
      <div class="slot">
        <div class={tone}>{inside}</div>
      </div>
    );
  return (
    <div class={`slot slot--${tick.field}`} {...limitData(limit, slot.date)}>
      <input
        type="checkbox"
        class={tick.field === CANCEL_FIELD ? 'slot__box slot__box--bare' : 'slot__box box'}
        id={id}
        name={tick.field}
        value={value}
        checked={slot.ticked}
        data-cents={tick.priceCents > 0 ? tick.priceCents : undefined}
      />
      <label class={tone} for={id}>
        {inside}
      </label>
    </div>
  );
}
