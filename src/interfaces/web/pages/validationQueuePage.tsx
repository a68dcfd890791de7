import { addHours, type Instant } from '../../../domain/kernel/parisTime.ts';
import { EmptyState } from '../components/emptyState.tsx';
import { Icon } from '../components/icon.tsx';
import { KeyHintsDialog } from '../components/keyHints.tsx';
import { activityIcon } from '../components/slot.ts';
import { formatDate } from '../../../domain/kernel/french/dates.ts';
import { formatTimeLeft } from '../../../domain/kernel/french/deadlines.ts';
import { wallAt } from '../../../domain/kernel/french/times.ts';
import { capitalise } from '../../../domain/kernel/french/words.ts';
import { NoticeBanner } from './agendaPage.tsx';
import { QueueTools } from './queueTools.tsx';
import { decisionKeys, ValidationCaseCard } from './validationCase.tsx';
import type { QueueItem, ValidationView } from './validationView.ts';

export type { QueueItem, ValidationCase, ValidationView } from './validationView.ts';

type Queue = Pick<ValidationView, 'queue' | 'total' | 'more'>;
const totalOf = ({ queue, total }: Queue): number => total ?? queue.length;
/** « 12 », « plus de 200 » */
const totalWords = (view: Queue): string => `${view.more ? 'plus de ' : ''}${totalOf(view)}`;

export const validationTitle = (view: Queue): string =>
  `Réservations à valider (${totalWords(view)})`;

const HOUR = 3_600_000;
const soonHours = 48;
const urgency = (dueAt: Instant, now: Instant): 'overdue' | 'soon' | 'calm' => {
  const left = Date.parse(dueAt) - Date.parse(now);
  return left < 0 ? 'overdue' : left < soonHours * HOUR ? 'soon' : 'calm';
};

const Left = ({ dueAt, now }: { readonly dueAt: Instant | undefined; readonly now: Instant }) => {
  const level = dueAt === undefined ? 'overdue' : urgency(dueAt, now);
  const icon = dueAt === undefined ? 'calendar-x' : level === 'overdue' ? 'clock-alert' : 'clock';
  return (
    <span class={`queue__left queue__left--${level}`}>
      <Icon name={icon} size={16} />
      {dueAt === undefined ? 'n’a plus lieu' : formatTimeLeft(dueAt, now)}
    </span>
  );
};

const Item = ({ item, now }: { readonly item: QueueItem; readonly now: Instant }) => {
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
          <Left dueAt={item.dueAt} now={now} />
        </span>
      </a>
    </li>
  );
};

const Numbers = ({ view }: { readonly view: ValidationView }) => {
  const { queue, now, pages } = view;
  const levels = queue.map(({ dueAt }) => (dueAt === undefined ? 'gone' : urgency(dueAt, now)));
  const soon = levels.filter((level) => level === 'soon').length;
  const overdue = levels.filter((level) => level === 'overdue').length;
  // The soonest stand on the first page: on the next ones these counts would say nothing of the queue.
  const isFirstPage = !pages || pages.first === 1;
  // Days come in order: once the list has gone past a day, none of that day stands on the pages after.
  const last = queue.at(-1)?.date;
  const isWhole = !view.more && totalOf(view) === queue.length;
  const isPast = (until: Instant): boolean =>
    isWhole || (last !== undefined && last > wallAt(until).date);
  const counted = (count: number, until: Instant): string =>
    isPast(until) ? String(count) : `au moins ${count}`;
  const soonest = addHours(now, soonHours);
  return (
    <dl class="numbers">
      <div>
        <dt>à valider</dt>
        <dd>{totalWords(view)}</dd>
      </div>
      {isFirstPage && (soon > 0 || isPast(soonest)) && (
        <div>
          <dt>sous 48&nbsp;h</dt>
          <dd>{counted(soon, soonest)}</dd>
        </div>
      )}
      {isFirstPage && overdue > 0 && (
        <div class="numbers__overdue">
          <dt>dépassé</dt>
          <dd>{counted(overdue, now)}</dd>
        </div>
      )}
    </dl>
  );
};

function Nothing({ tools }: Pick<ValidationView, 'tools'>) {
  if (!tools?.isPart)
    return (
      <EmptyState icon="circle-check" title="Tout est à jour">
        <p>Aucune réservation n’attend de validation. Les prochaines arriveront ici.</p>
      </EmptyState>
    );
  return tools.search.words === undefined ? (
    <EmptyState icon="circle-check" title="Aucune demande ici">
      <p>Rien n’attend de réponse pour cette activité et ces jours.</p>
    </EmptyState>
  ) : (
    <EmptyState icon="circle-check" title="Personne de ce nom n’attend de réponse">
      <p>Essayez le début du nom ou du prénom.</p>
    </EmptyState>
  );
}

/** What a search found: read first, with the focus beside what it is about, so that letters and Tab go on from there. */
function Found({ view }: { readonly view: ValidationView }) {
  const words = view.tools?.search.words;
  if (words === undefined) return null;
  const total = totalOf(view);
  const many = total > 1 || view.more;
  const found =
    total === 0
      ? 'Aucune demande trouvée'
      : `${capitalise(totalWords(view))} ${many ? 'demandes trouvées' : 'demande trouvée'}`;
  return (
    <p class="queue-found" role="status" tabindex={-1} data-focus>
      {`${found} pour «\u00a0${words}\u00a0».`}
    </p>
  );
}

/** A search found more than the page lists: said before the list, where it is read. */
function More({ queue, more }: ValidationView) {
  if (!more) return null;
  return (
    <p class="queue__more">
      {`Les ${queue.length} premières seulement\u00a0: ajoutez le prénom ou le nom pour trouver les autres.`}
    </p>
  );
}

/** Where the page stands in a queue that has several: before the list and after it, so that 200 rows need no crossing. */
function Pages({ view }: { readonly view: ValidationView }) {
  const { queue, pages } = view;
  if (!pages) return null;
  const { first, previousHref, nextHref } = pages;
  return (
    <p class="queue__more">
      <span>{`De ${first} à ${first + queue.length - 1}, sur ${totalOf(view)}.`}</span>
      {previousHref && <a href={previousHref}>Les précédentes</a>}
      {nextHref && <a href={nextHref}>Les suivantes</a>}
    </p>
  );
}

/** The queue on the left, the case on the right; the next one opens by itself. */
export function ValidationQueuePage(view: ValidationView) {
  const { queue, opened, chosen, now, queueHref, readySentences, notice, tools } = view;
  return (
    <div class={`review${chosen && opened ? ' review--chosen' : ''}`}>
      <div class="staff-head">
        <h1>Réservations à valider</h1>
        {queue.length > 0 && <Numbers view={view} />}
      </div>
      {notice && <NoticeBanner notice={notice} />}
      {tools && <QueueTools tools={tools} />}
      <Found view={view} />
      {queue.length === 0 && !opened ? (
        <Nothing {...(tools ? { tools } : {})} />
      ) : (
        <div class="review__columns">
          <nav class="queue" aria-label="Demandes, la plus proche d’abord">
            <More {...view} />
            <Pages view={view} />
            <ol class="queue__list">
              {queue.map((item) => (
                <Item key={item.key} item={item} now={now} />
              ))}
            </ol>
            <Pages view={view} />
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
      {opened && <KeyHintsDialog hints={decisionKeys(opened)} />}
    </div>
  );
}
