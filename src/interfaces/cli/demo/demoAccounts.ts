import type { DemoAccount } from '../../web/demo/demoSignIn.ts';
import {
  agentPrincipal,
  demoPeople,
  guardianPrincipal,
  supervisorPrincipal,
} from './demoPeople.ts';

const { guardian, agent, supervisor } = demoPeople;

/** Whom a visitor of the demonstration may be. */
export const demoAccounts: readonly DemoAccount[] = [
  {
    id: 'responsable',
    name: `${guardian.firstName} ${guardian.lastName}`,
    role: 'guardian',
    detail: guardian.children.map(({ firstName }) => firstName).join(', '),
    principal: guardianPrincipal(guardian),
  },
  {
    id: 'agent',
    name: agent.name,
    role: 'agent',
    detail: 'agente de l’Espace Accueil Famille',
    principal: agentPrincipal,
  },
  {
    id: 'encadrement',
    name: supervisor.name,
    role: 'supervisor',
    detail: 'encadrante du service',
    principal: supervisorPrincipal,
  },
];
