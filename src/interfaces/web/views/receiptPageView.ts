import type { DefinedActivity } from '../../../domain/activity/activity.ts';
import type { Instant } from '../../../domain/kernel/parisTime.ts';
import { reject } from '../../../domain/kernel/rejection.ts';
import { receiptNumber, type ReceiptLine } from '../../../domain/receipt/receipt.ts';
import type { AgendaChild } from '../../../application/reservation/agendaView.ts';
import type { IssuedReceipt } from '../../../application/reservation/submission.ts';
import { describeRejection } from '../../rejections.ts';
import type { TownWords } from '../layout/pageFrame.ts';
import type * as page from '../pages/receiptPage.tsx';
import { agendaHref } from './agendaPageView.ts';
import { monthOf } from '../../../domain/kernel/localDate.ts';

function ruleOf(values: Readonly<Record<string, unknown>>): page.RuleApplied | undefined {
  const { ruleVersion, limit } = values;
  if (typeof ruleVersion !== 'number') return undefined;
  return typeof limit === 'string'
    ? { version: ruleVersion, limit: limit as Instant }
    : { version: ruleVersion };
}

const withRule = <O extends object>(outcome: O, rule: page.RuleApplied | undefined): O =>
  rule ? { ...outcome, rule } : outcome;

function outcomeOf({ act, result }: ReceiptLine): page.Outcome {
  switch (result.outcome) {
    case 'accepted':
      return { kind: 'accepted', priceCents: result.priceCents };
    case 'awaitingValidation':
      return { kind: 'awaiting', priceCents: result.priceCents };
    case 'waitlisted':
      return { kind: 'waitlisted', rank: result.rank, priceCents: result.priceCents };
    case 'cancelled':
      return result.billedCents > 0
        ? { kind: 'cancelledLate', billedCents: result.billedCents }
        : { kind: 'cancelled' };
    case 'refused': {
      const reason = describeRejection(reject(result.code, result.values)).detail;
      const kind = act === 'reserve' ? 'refused' : 'notCancelled';
      return withRule({ kind, reason }, ruleOf(result.values));
    }
  }
}

export interface ReceiptFacts {
  readonly children: readonly AgendaChild[];
  readonly activities: readonly DefinedActivity[];
  readonly sentBy: string;
  readonly desk: TownWords;
}

/** A receipt as its page shows it: each day with its outcome, in the order of days. */
export function receiptPageView(receipt: IssuedReceipt, facts: ReceiptFacts): page.ReceiptView {
  const { children, activities, sentBy, desk } = facts;
  const lines = [...receipt.lines]
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
    .map((line): page.ReceiptLine => {
      const { act, childId, activityId, date } = line;
      const activity = activities.find((one) => one.activityId === activityId);
      return {
        key: `${act}|${childId}|${activityId}|${date}`,
        childName: children.find((child) => child.childId === childId)?.firstName ?? '',
        date,
        label: activity?.name ?? '',
        kind: activity?.kind ?? 'meal',
        outcome: outcomeOf(line),
        ...(activity ? { place: activity.facility.name } : {}),
      };
    });
  const [first] = lines;
  return {
    number: receiptNumber(receipt.receiptId),
    receivedAt: receipt.issuedAt,
    sentBy,
    lines,
    desk,
    agendaHref: first ? agendaHref({ month: monthOf(first.date) }) : '/reservations',
  };
}
