import type { CommandResult } from '../../../application/commandHandler.ts';
import type { Rejection } from '../../../domain/kernel/rejection.ts';
import type { Dossiers } from './demoActs.ts';
import { agentPrincipal, supervisorPrincipal } from './demoPeople.ts';
import { expectNews, type DemoCommands, type DemoRequests } from './demoRequests.ts';
import type { OrderedWork } from './orderedWork.ts';
import type { Moment } from './townDays.ts';

type Answer = Promise<CommandResult<unknown, unknown> | Rejection>;

interface Paper {
  readonly at: Moment;
  /** Papers of one dossier are written one after the other. */
  readonly dossier: string;
  readonly write: () => Answer;
}

/** Dossiers to write, in steps: each needs those before it. */
export function dossierSteps(
  { activities, families, children, secondHouseholds, enrolments }: Dossiers,
  { activityCommands, familyCommands, childCommands }: DemoCommands,
  requests: DemoRequests,
): readonly { readonly label: string; readonly papers: readonly Paper[] }[] {
  const desk = (what: string, at: Moment) => requests.of(agentPrincipal, what, at);
  return [
    {
      label: 'Les structures et leurs activités',
      papers: activities.map(({ definition, at }) => ({
        at,
        dossier: definition.activityId,
        write: () =>
          activityCommands.define(
            definition,
            requests.of(supervisorPrincipal, `define/${definition.activityId}`, at),
          ),
      })),
    },
    {
      label: 'Les familles',
      papers: families.map(({ family, at }) => ({
        at,
        dossier: family.familyId,
        write: () => familyCommands.register(family, desk(`register/${family.familyId}`, at)),
      })),
    },
    {
      label: 'Les enfants',
      papers: children.map(({ child, at }) => ({
        at,
        dossier: child.childId,
        write: () => childCommands.register(child, desk(`register/${child.childId}`, at)),
      })),
    },
    {
      label: 'Les enfants',
      papers: secondHouseholds.map(({ childId, familyId, at }) => ({
        at,
        dossier: childId,
        write: () => childCommands.linkToFamily(childId, familyId, desk(`link/${childId}`, at)),
      })),
    },
    {
      label: 'Les inscriptions',
      papers: enrolments.map(({ childId, enrolment, at }) => ({
        at,
        dossier: childId,
        write: () =>
          childCommands.enrol(
            childId,
            enrolment,
            desk(`enrol/${childId}/${enrolment.activityId}`, at),
          ),
      })),
    },
  ];
}

/** Writes the papers of one step in order of time. Throws DemoPlanError. */
export async function writePapers(
  papers: readonly Paper[],
  work: OrderedWork,
  written: () => void,
): Promise<void> {
  for (const { dossier, write } of papers.toSorted((a, b) => a.at - b.at))
    await work.add([dossier], async () => {
      expectNews(await write(), () => dossier);
      written();
    });
  await work.finish();
}
