/** The Lucide icons that pages use: only these reach the browser. */
export const iconNames = [
  'accessibility',
  'activity',
  'arrow-down',
  'arrow-left',
  'arrow-right',
  'arrow-up',
  'ban',
  'book-open',
  'calendar-check',
  'calendar-days',
  'calendar-x',
  'check',
  'chevron-down',
  'chevron-left',
  'chevron-right',
  'chevrons-up-down',
  'circle-check',
  'circle-user-round',
  'clock',
  'clock-alert',
  'ellipsis',
  'hourglass',
  'house',
  'inbox',
  'info',
  'keyboard',
  'list-ordered',
  'lock',
  'log-out',
  'mail',
  'map-pin',
  'menu',
  'message-square',
  'palette',
  'pencil',
  'phone',
  'plus',
  'printer',
  'refresh-cw',
  'school',
  'send',
  'shield-check',
  'sunrise',
  'sunset',
  'tent-tree',
  'triangle-alert',
  'undo-2',
  'user-check',
  'users',
  'utensils',
  'x',
] as const;

export type IconName = (typeof iconNames)[number];

/**
 * The marks of the month, drawn on 12 x 12: one shape for each state, told apart without colour.
 * Dashed: can be asked for. Filled: held. Square: ticked by you. Diamond: waiting list.
 */
export const markShapes = {
  open: '<circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="2 1.338"/>',
  waitable:
    '<path d="M6 1.2 10.8 6 6 10.8 1.2 6z" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="2 1.4"/>',
  held: '<circle cx="6" cy="6" r="5" fill="currentColor"/>',
  ticked: '<rect x="1" y="1" width="10" height="10" rx="2" fill="currentColor"/>',
  leaving:
    '<rect x="1.75" y="1.75" width="8.5" height="8.5" rx="1.5" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M3.8 6h4.4" stroke="currentColor" stroke-width="1.5"/>',
  awaiting:
    '<circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M6 1.5a4.5 4.5 0 0 0 0 9z" fill="currentColor"/>',
  waitlisted: '<path d="M6 .5 11.5 6 6 11.5.5 6z" fill="currentColor"/>',
  off: '<circle cx="6" cy="6" r="1.5" fill="currentColor"/>',
  refused:
    '<path d="m2 2 8 8m0-8-8 8" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"/>',
  cancelled:
    '<circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="m3 9 6-6" stroke="currentColor" stroke-width="1.5"/>',
  attended:
    '<path d="m1.5 6.5 3 3 6-7" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>',
} as const;

export type MarkName = keyof typeof markShapes;
