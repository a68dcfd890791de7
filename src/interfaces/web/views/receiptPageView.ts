import type { Actor } from '../../../domain/kernel/actor.ts';
import type { Guardian } from '../../../domain/family/family.ts';
import { isErased } from '../../../domain/kernel/personal.ts';
import type { DefinedActivity } from '../../../domain/activity/activity.ts';
import type { Instant } from '../../../domain/kernel/parisTime.ts';
import { reject } from '../../../domain/kernel/rejection.ts';
import { receiptNumber, type Outcome, type ReceiptLine } from '../../../domain/receipt/receipt.ts';
import type { AgendaChild } from '../../../application/reservation/agendaView.ts';
import type { IssuedReceipt } from '../../../application/reservation/submission.ts';
import { describeRejection } from '../../rejections.ts';
import type { TownWords } from '../layout/pageFrame.ts';
import type * as page from '../pages/receiptPage.tsx';
import { agendaHref } from './agendaPageView.ts';
import { receiptsPath } from './receiptsPageView.ts';
import { monthOf } from '../../../domain/kernel/localDate.ts';

/** The rule that decided: a refusal quotes it, the other outcomes carry it. */
function ruleOf(result: Outcome): page.RuleApplied | undefined {
  const quoted: Readonly<Record<string, unknown>> =
    result.outcome === 'refused' ? result.values : result;
  const { ruleVersion, limit } = quoted;
  const rule = {
    ...(typeof ruleVersion === 'number' ? { version: ruleVersion } : {}),
    ...(typeof limit === 'string' ? { limit: limit as Instant } : {}),
  };
  return Object.keys(rule).length > 0 ? rule : undefined;
}

function outcomeOf(line: ReceiptLine): page.Outcome {
  const { result } = line;
  const rule = ruleOf(result);
  const dueCents = 'alreadyDueCents' in result ? result.alreadyDueCents : undefined;
  return {
    ...kindOf(line),
    ...(rule ? { rule } : {}),
    ...(dueCents === undefined ? {} : { dueCents }),
  };
}

function kindOf({ act, result }: ReceiptLine): page.Outcome {
  switch (result.outcome) {
    case 'accepted':
      return { kind: 'accepted', priceCents: result.priceCents };
    case 'awaitingValidation':
      return { kind: 'awaiting', priceCents: result.priceCents };
    case 'waitlisted':
      return {
        kind: 'waitlisted',
        priceCents: result.priceCents,
        ...(result.rank === undefined ? {} : { rank: result.rank }),
      };
    case 'cancelled':
      return result.billedCents > 0
        ? { kind: 'cancelledLate', billedCents: result.billedCents }
        : { kind: 'cancelled' };
    case 'refused': {
      const reason = describeRejection(reject(result.code, result.values)).detail;
      const kind = act === 'reserve' ? 'refused' : 'notCancelled';
      return { kind, reason };
    }
    case 'heldByOtherHousehold':
      return { kind: 'otherHousehold' };
  }
}

export interface ReceiptFacts {
  readonly children: readonly AgendaChild[];
  readonly activities: readonly DefinedActivity[];
  /** Of the family: a guardian who sends is told by name. */
  readonly guardians: readonly Pick<Guardian, 'guardianId' | 'firstName' | 'lastName'>[];
  readonly desk: TownWords;
}

/** Who sent the days: the guardian, or the service for the family. */
function senderOf(
  { kind, id }: Actor,
  guardians: ReceiptFacts['guardians'],
  { deskName }: TownWords,
): string | undefined {
  if (kind !== 'guardian') return `le service ${deskName}`;
  const sender = guardians.find(({ guardianId }) => guardianId === id);
  return sender && `${sender.firstName} ${sender.lastName}`;
}

/** What the family wrote, each word once; not what was erased. */
const wordsOf = (submission: IssuedReceipt['submission']): string[] => [
  ...new Set(Object.values(submission?.notes ?? {}).filter((note) => !isErased(note))),
];

/** A receipt as its page shows it: each day with its outcome, in the order of days. */
export function receiptPageView(receipt: IssuedReceipt, facts: ReceiptFacts): page.ReceiptView {
  const { children, activities, guardians, desk } = facts;
  const { submission } = receipt;
  const sentBy = submission && senderOf(submission.sentBy, guardians, desk);
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
    receivedAt: submission?.receivedAt ?? receipt.issuedAt,
    ...(sentBy === undefined ? {} : { sentBy }),
    notes: wordsOf(submission),
    lines,
    desk,
    agendaHref: first ? agendaHref({ month: monthOf(first.date) }) : '/reservations',
    listHref: receiptsPath,
  };
}
