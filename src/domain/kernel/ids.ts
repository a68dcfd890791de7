declare const brand: unique symbol;

/** A string that the compiler keeps apart from other strings (an id of a kind, a date, an instant). */
export type Brand<Name extends string> = string & { readonly [brand]: Name };

export type FamilyId = Brand<'FamilyId'>;
export type GuardianId = Brand<'GuardianId'>;
export type ChildId = Brand<'ChildId'>;
export type FacilityId = Brand<'FacilityId'>;
export type ActivityId = Brand<'ActivityId'>;
export type ReservationId = Brand<'ReservationId'>;
export type ReceiptId = Brand<'ReceiptId'>;
/** Whose key seals a personal field: a family or a child. */
export type SubjectId = FamilyId | ChildId;

const idPattern = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** True for text that may serve as an id: lower-case letters, digits and hyphens, 64 characters at most. */
export const isId = (text: string): boolean => idPattern.test(text);

/** Ids by the kind of thing that they name. */
interface IdOf {
  readonly family: FamilyId;
  readonly guardian: GuardianId;
  readonly child: ChildId;
  readonly facility: FacilityId;
  readonly activity: ActivityId;
  readonly reservation: ReservationId;
  readonly receipt: ReceiptId;
}

/** Brands a text as an id. Throws a TypeError when it is no id: callers validate outside input first. */
export function asId<Kind extends keyof IdOf>(_kind: Kind, text: string): IdOf[Kind] {
  if (!isId(text)) throw new TypeError('not an id');
  return text as IdOf[Kind];
}
