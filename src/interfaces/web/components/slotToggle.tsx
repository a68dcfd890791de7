import type { ComponentChildren } from 'preact';
import { formatMoney } from '../french/money.ts';
import { Icon } from './icon.tsx';
import { activityIcon, CANCEL_FIELD, slotValue, type Slot } from './slot.ts';
import { slotLook, type SlotLook, type SlotTick } from './slotWords.ts';

/** What stands before the box is ticked, or for good when there is no box. */
const Told = ({ look }: { readonly look: SlotLook }) => (
  <>
    <span class={look.tick ? 'slot__state slot__before' : 'slot__state'}>
      <Icon name={look.icon} size={16} />
      <span>{look.detail ? `${look.words} · ${look.detail}` : look.words}</span>
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
      <span>
        {tick.priceCents > 0 ? `${tick.words} · ${formatMoney(tick.priceCents)}` : tick.words}
      </span>
    </span>
    {tick.action && <span class="slot__action slot__before">{tick.action}</span>}
    {tick.undo && <span class="slot__action slot__after">{tick.undo}</span>}
  </>
);

interface InsideProps {
  readonly slot: Slot;
  readonly look: SlotLook;
  readonly limit: ComponentChildren;
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
        {limit}
      </span>
    </>
  );
}

interface SlotToggleProps {
  readonly slot: Slot;
  /** Its own deadline in words, when the day doesn't say it for all. */
  readonly limit?: ComponentChildren;
  /** What the script reads. */
  readonly data?: Readonly<Record<`data-${string}`, string>>;
}

/**
 * One activity of one child on one day: a box to tick with its label when there is something to ask, a plain line
 * otherwise. The whole label is the target, 44 px high at least. What is held shows « Annuler » rather than an empty
 * box, which would read as « not booked ».
 */
export function SlotToggle({ slot, limit, data }: SlotToggleProps) {
  const look = slotLook(slot.state);
  const { tick } = look;
  const tone = `slot__face slot__face--${look.tone}${look.struck ? ' slot__face--struck' : ''}`;
  if (!tick)
    return (
      <div class="slot">
        <div class={tone}>
          <Inside slot={slot} look={look} limit={limit} />
        </div>
      </div>
    );
  const value = slotValue(slot);
  const id = `${tick.field}-${value.replaceAll('|', '-')}`;
  return (
    <div class={`slot slot--${tick.field}`} {...data}>
      <input
        type="checkbox"
        class={tick.field === CANCEL_FIELD ? 'slot__box slot__box--bare' : 'slot__box box'}
        id={id}
        name={tick.field}
        value={value}
        checked={slot.ticked}
        data-cents={tick.priceCents}
        data-mark={tick.mark}
      />
      <label class={tone} for={id}>
        <Inside slot={slot} look={look} limit={limit} />
      </label>
    </div>
  );
}
