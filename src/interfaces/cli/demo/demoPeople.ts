import type { Principal } from '../../../application/principal.ts';
import { asId, type ChildId, type FamilyId, type GuardianId } from '../../../domain/kernel/ids.ts';
import { schoolClasses } from './schoolClasses.ts';

/** The family whose agenda a newcomer opens first. Its children are those of the sketches. */
export const demoFamily = {
  familyId: asId('family', 'famille-001'),
  lastName: 'Delmas',
  address: '4, chemin des Vignes\n46140 Luzech',
  guardians: [
    { guardianId: asId('guardian', 'responsable-001-1'), firstName: 'Claire' },
    { guardianId: asId('guardian', 'responsable-001-2'), firstName: 'Thomas' },
  ],
  children: [
    {
      childId: asId('child', 'enfant-0001'),
      firstName: 'Léa',
      level: schoolClasses.indexOf('CE1'),
    },
    {
      childId: asId('child', 'enfant-0002'),
      firstName: 'Hugo',
      level: schoolClasses.indexOf('PS'),
    },
    {
      childId: asId('child', 'enfant-0003'),
      firstName: 'Zoé',
      level: schoolClasses.indexOf('CM2'),
    },
  ],
} as const;

export interface DemoStaff {
  /** Id of the actor. */
  readonly id: string;
  readonly name: string;
}

export interface DemoPeople {
  readonly guardian: {
    readonly guardianId: GuardianId;
    readonly familyId: FamilyId;
    readonly firstName: string;
    readonly lastName: string;
    readonly children: readonly { readonly childId: ChildId; readonly firstName: string }[];
  };
  readonly agent: DemoStaff;
  readonly supervisor: DemoStaff;
}

const [guardian] = demoFamily.guardians;

/** Whom a newcomer may sign in as. None of them exists. */
export const demoPeople: DemoPeople = {
  guardian: {
    guardianId: guardian.guardianId,
    familyId: demoFamily.familyId,
    firstName: guardian.firstName,
    lastName: demoFamily.lastName,
    children: demoFamily.children.map(({ childId, firstName }) => ({ childId, firstName })),
  },
  agent: { id: 'agent-accueil', name: 'Nadia Besse' },
  supervisor: { id: 'superviseure', name: 'Hélène Pradel' },
};

export const agentPrincipal: Principal = { actor: { kind: 'agent', id: demoPeople.agent.id } };
export const supervisorPrincipal: Principal = {
  actor: { kind: 'supervisor', id: demoPeople.supervisor.id },
};
export const guardianPrincipal = ({
  familyId,
  guardianId,
}: {
  readonly familyId: FamilyId;
  readonly guardianId: GuardianId;
}): Principal => ({ actor: { kind: 'guardian', id: guardianId }, familyId });
