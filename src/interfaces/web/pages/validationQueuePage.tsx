import type { Instant } from '../../../domain/kernel/parisTime.ts';
import { EmptyState } from '../components/emptyState.tsx';
import { Icon } from '../components/icon.tsx';
import { KeyHintsDialog } from '../components/keyHints.tsx';
import { activityIcon } from '../components/slot.ts';
import { formatDate } from '../french/dates.ts';
import { formatTimeLeft } from '../french/deadlines.ts';
import { NoticeBanner } from './agendaPage.tsx';
import { decisionKeys, ValidationCaseCard } from './validationCase.tsx';
import type { QueueItem, ValidationView } from './validationView.ts';

export type { QueueItem, ValidationCase, ValidationView } from './validationView.ts';

type Queue = Pick<ValidationView, 'queue' | 'total'>;
const totalOf = ({ queue, total }: Queue): number => total ?? queue.length;

export const validationTitle = (view: Queue): string => `Réservations à valider (${totalOf(view)})`;

const DAY = 86_400_000;
const urgency = (dueAt: Instant, now: Instant): 'overdue' | 'soon' | 'calm' => {
  const left = Date.parse(dueAt) - Date.parse(now);
  return left < 0 ? 'overdue' : left < 2 * DAY ? 'soon' : 'calm';
};

const Item = ({ item, now }: { readonly item: QueueItem; readonly now: Instant }) => {
  const level = urgency(item.dueAt, now);
  return (
    <li>
      <a class="queue__item" href={item.href} aria-current={item.current ? 'true' : undefined}>
        <Icon name={activityIcon(item.kind)} size={22} />
        <span class="queue__words">
          <b>{item.childName}</b>
          <span>{item.place ? `${item.label}, ${item.place}` : item.label}</span>
        </span>
        <span class="queue__when">
          <span>{formatDate(item.date)}</span>
          <span class={`queue__left queue__left--${level}`}>
            <Icon name={level === 'overdue' ? 'clock-alert' : 'clock'} size={16} />
            {formatTimeLeft(item.dueAt, now)}
          </span>
        </span>
      </a>
    </li>
  );
};

const Numbers = ({ view }: { readonly view: ValidationView }) => {
  const { queue, now } = view;
  const soon = queue.filter(({ dueAt }) => urgency(dueAt, now) === 'soon').length;
  const overdue = queue.filter(({ dueAt }) => urgency(dueAt, now) === 'overdue').length;
  return (
    <dl class="numbers">
      <div>
        <dt>à valider</dt>
        <dd>{totalOf(view)}</dd>
      </div>
      <div>
        <dt>sous 48 h</dt>
        <dd>{soon}</dd>
      </div>
      {overdue > 0 && (
        <div class="numbers__overdue">
          <dt>dépassé</dt>
          <dd>{overdue}</dd>
        </div>
      )}
    </dl>
  );
};

/** The queue on the left, the case on the right; the next one opens by itself. */
export function ValidationQueuePage(view: ValidationView) {
  const { queue, opened, chosen, now, queueHref, readySentences, notice } = view;
  return (
    <div class={`review${chosen && opened ? ' review--chosen' : ''}`}>
      <div class="staff-head">
        <h1>Réservations à valider</h1>
        {queue.length > 0 && <Numbers view={view} />}
      </div>
      {notice && <NoticeBanner notice={notice} />}
      {queue.length === 0 ? (
        <EmptyState icon="circle-check" title="Tout est à jour">
          <p>Aucune réservation n’attend de validation. Les prochaines arriveront ici.</p>
        </EmptyState>
      ) : (
        <div class="review__columns">
          <nav class="queue" aria-label="Demandes, la plus proche d’abord">
            <ol class="queue__list">
              {queue.map((item) => (
                <Item key={item.key} item={item} now={now} />
              ))}
            </ol>
            {totalOf(view) > queue.length && (
              <p class="queue__more">{`Les ${queue.length} plus proches, sur ${totalOf(view)}.`}</p>
            )}
          </nav>
          {opened && (
            <ValidationCaseCard
              opened={opened}
              now={now}
              queueHref={queueHref}
              readySentences={readySentences}
            />
          )}
        </div>
      )}
      {opened && <KeyHintsDialog hints={decisionKeys} />}
    </div>
  );
}
