import { reject, type Rejection } from './rejection.ts';

/** How long what a person writes may be, in characters (UTF-16 units, as browsers count them). The one place. */
export const longest = {
  /** A family's word to the team. */
  note: 500,
  /** Why staff refuse a booking. */
  refusal: 500,
  /** Why the town closes a session: read by many, at a glance. */
  closure: 200,
} as const;

/** As it was typed: a new line is one character whatever sent it, and nothing stands around the text. */
export const asTyped = (text: string): string => text.replace(/\r\n?/g, '\n').trim();

const codes = {
  note: () => reject('SUBMISSION.NOTE_TOO_LONG', { max: longest.note }),
  refusal: () => reject('RESERVATION.REASON_TOO_LONG', { max: longest.refusal }),
  closure: () => reject('SESSION.REASON_TOO_LONG', { max: longest.closure }),
} as const;

/** Why a text can't be taken: nobody's words are cut. `SUBMISSION.NOTE_TOO_LONG`, `….REASON_TOO_LONG`. */
export const whyTooManyWords = (kind: keyof typeof longest, text: string): Rejection | undefined =>
  asTyped(text).length > longest[kind] ? codes[kind]() : undefined;
