import type { ActivityKind } from '../../../domain/activity/activityTerms.ts';
import type { LocalDate } from '../../../domain/kernel/localDate.ts';
import type { Instant } from '../../../domain/kernel/parisTime.ts';
import { LinkButton } from '../components/button.tsx';
import { Card } from '../components/card.tsx';
import { DayLines, type DayLine } from '../components/dayLines.tsx';
import { EmptyState } from '../components/emptyState.tsx';
import { Icon } from '../components/icon.tsx';
import { Landscape } from '../components/landscape.tsx';
import { activityIcon, type SlotState } from '../components/slot.ts';
import { slotLook } from '../components/slotWords.ts';
import { formatDistance, formatDate } from '../../../domain/kernel/french/dates.ts';
import { limitDate, limitWords } from '../../../domain/kernel/french/deadlines.ts';
import { wallAt } from '../../../domain/kernel/french/times.ts';
import { ofName } from '../../../domain/kernel/french/words.ts';
import { NoticeBanner, type Notice } from './agendaPage.tsx';

/** A place of a child, as the home page lists it. */
export interface HomeLine {
  readonly key: string;
  readonly date: LocalDate;
  readonly label: string;
  readonly place?: string;
  readonly kind: ActivityKind;
  readonly state: SlotState;
}

export interface HomeChild {
  readonly name: string;
  /** « CE1, école de Prayssac » */
  readonly detail?: string;
  readonly agendaHref: string;
  /** The next days, soonest first. */
  readonly coming: readonly HomeLine[];
}

/** A guardian's first page. */
export interface HomeView {
  readonly now: Instant;
  readonly firstName: string;
  readonly agendaHref: string;
  /** All the receipts of the family. */
  readonly receiptsHref: string;
  readonly children: readonly HomeChild[];
  /** What awaits the team's answer, all children together. */
  readonly awaiting: readonly (HomeLine & { readonly childName: string })[];
  readonly waiting: readonly (HomeLine & { readonly childName: string })[];
  /** The next limit to come, for anything still possible. */
  readonly nextLimit?: { readonly at: Instant; readonly date: LocalDate };
  readonly notice?: Notice;
}

export const homeTitle = 'Accueil';

const lineOf = (line: HomeLine, child: string): DayLine => {
  const { tone, icon, words } = slotLook(line.state);
  return {
    key: line.key,
    date: line.date,
    icon: activityIcon(line.kind),
    label: line.label,
    details: [child, ...(line.place ? [line.place] : [])],
    state: { tone, icon, words },
  };
};

/** What is held needs no word: the list's title says it. The place stands there too, when it is the same for all. */
const comingLine = (line: HomeLine, everywhere: string | undefined): DayLine => {
  const { state, ...named } = lineOf(line, '');
  return {
    ...named,
    details: line.place !== undefined && line.place !== everywhere ? [line.place] : [],
    ...(line.state.kind !== 'held' && state ? { state } : {}),
  };
};

const commonPlace = (lines: readonly HomeLine[]): string | undefined => {
  const [first] = lines;
  return lines.every(({ place }) => place === first?.place) ? first?.place : undefined;
};

function Child({ child, index }: { readonly child: HomeChild; readonly index: number }) {
  const place = commonPlace(child.coming);
  const detail = [child.detail, place].filter((words) => words !== undefined).join(', ');
  return (
    <Card
      title={child.name}
      id={`enfant-${index}`}
      level={3}
      flush
      {...(detail === '' ? {} : { detail })}
      aside={
        <a href={child.agendaHref}>
          Agenda<span class="visually-hidden">{` ${ofName(child.name)}`}</span>
        </a>
      }
    >
      {child.coming.length > 0 ? (
        <DayLines level={4} dense lines={child.coming.map((line) => comingLine(line, place))} />
      ) : (
        <p class="card__none">Rien de réservé ces prochains jours.</p>
      )}
    </Card>
  );
}

function Waiting({ view }: { readonly view: HomeView }) {
  const { awaiting, waiting } = view;
  return (
    <div class="home__side">
      <Card title="En attente de réponse" id="attente" flush>
        {awaiting.length > 0 ? (
          <DayLines lines={awaiting.map((line) => lineOf(line, line.childName))} />
        ) : (
          <p class="card__none">Toutes vos demandes ont reçu leur réponse.</p>
        )}
      </Card>
      <LinkButton href={view.receiptsHref} icon="inbox">
        Mes accusés de réception
      </LinkButton>
      {waiting.length > 0 && (
        <Card title="Listes d’attente" id="listes" flush>
          <DayLines lines={waiting.map((line) => lineOf(line, line.childName))} />
        </Card>
      )}
    </div>
  );
}

/** What is coming, what awaits an answer, and the one thing to do. */
export function HomePage(view: HomeView) {
  const { now, firstName, agendaHref, children, nextLimit, notice } = view;
  const today = wallAt(now).date;
  return (
    <div class="home">
      <div class="hero">
        <Landscape />
        <div class="hero__words">
          <p class="hero__date">{formatDate(today)}</p>
          <h1>{`Bonjour ${firstName}`}</h1>
        </div>
      </div>
      {notice && <NoticeBanner notice={notice} />}
      <section class="invite" aria-labelledby="inscriptions">
        <div>
          <h2 id="inscriptions">Réalisez des inscriptions ou des annulations</h2>
          <p>
            Cochez les jours dans l’agenda. Vous savez aussitôt si c’est accepté ou en attente de
            validation.
          </p>
          {nextLimit && (
            <p class="reminder">
              <Icon name="clock" />
              <span>
                {'Prochaine limite\u00a0: '}
                <b>{limitWords(nextLimit.at, today)}</b>
                {`, ${formatDistance(limitDate(nextLimit.at), today)}.`}
              </span>
            </p>
          )}
        </div>
        <LinkButton href={agendaHref} tone="primary" iconAfter="arrow-right">
          Réserver ou annuler
        </LinkButton>
      </section>
      {children.length === 0 ? (
        <EmptyState icon="users" title="Aucun enfant n’est encore rattaché à votre dossier">
          <p>L’accueil des familles s’en charge avec vous, par téléphone ou au guichet.</p>
        </EmptyState>
      ) : (
        <div class="home__columns">
          <section class="home__main" aria-labelledby="a-venir">
            <h2 id="a-venir">Réservé ces prochains jours</h2>
            <div class="home__children">
              {children.map((child, index) => (
                <Child key={child.agendaHref} child={child} index={index} />
              ))}
            </div>
          </section>
          <Waiting view={view} />
        </div>
      )}
    </div>
  );
}
