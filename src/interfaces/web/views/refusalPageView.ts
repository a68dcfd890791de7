import { monthOf } from '../../../domain/kernel/localDate.ts';
import type { AgendaCell, AgendaChild } from '../../../application/reservation/agendaView.ts';
import { isErased } from '../../../domain/kernel/personal.ts';
import type { TownWords } from '../layout/pageFrame.ts';
import type { RefusalView } from '../pages/refusalPage.tsx';
import { agendaHref } from './agendaPageView.ts';

/** What staff refused in this session; undefined when they did not, or when something else stands there since. */
export function refusalPageView(
  { standing, childId, activity, date }: AgendaCell,
  children: readonly AgendaChild[],
  desk: TownWords,
): RefusalView | undefined {
  if (standing?.status !== 'refused') return undefined;
  const { refusal } = standing;
  return {
    childName: children.find((child) => child.childId === childId)?.firstName ?? '',
    label: activity.name,
    place: activity.facility.name,
    kind: activity.kind,
    date,
    ...(refusal === undefined || isErased(refusal) ? {} : { reason: refusal }),
    desk,
    // On the day where the refusal stands: whoever comes back finds their place again.
    agendaHref: `${agendaHref({ childId, month: monthOf(date) })}#jour-${date}`,
  };
}
