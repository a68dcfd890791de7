/** What a signed-in person may do follows from the kind; ids are opaque. */
export const actorKinds = ['guardian', 'agent', 'supervisor', 'system'] as const;
export type ActorKind = (typeof actorKinds)[number];

/** Who acts: a guardian, an agent of the family desk, a supervisor, or the portal itself. */
export interface Actor {
  readonly kind: ActorKind;
  readonly id: string;
}

export const isStaff = (actor: Actor): boolean =>
  actor.kind === 'agent' || actor.kind === 'supervisor';
