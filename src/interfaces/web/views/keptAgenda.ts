import { monthOf, type LocalDate } from '../../../domain/kernel/localDate.ts';
import { agendaHref } from './agendaPageView.ts';
import type { TickSets } from './tickCode.ts';

/** The agenda with these ticks as they are: on the month of the first, of the child when they are of one alone. */
export function keptAgendaHref({ book, cancel }: TickSets, today: LocalDate): string {
  const ticks = [...book, ...cancel];
  const first = ticks.map(({ date }) => date).sort()[0];
  const children = new Set(ticks.map(({ childId }) => childId));
  const [only] = children;
  const childId = children.size === 1 ? only : undefined;
  return agendaHref({ childId, month: monthOf(first ?? today), kept: { book, cancel } });
}
