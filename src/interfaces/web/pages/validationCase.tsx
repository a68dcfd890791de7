import type { Instant } from '../../../domain/kernel/parisTime.ts';
import { longest } from '../../../domain/kernel/words.ts';
import { Banner } from '../components/banner.tsx';
import { Button } from '../components/button.tsx';
import { ErrorSummary } from '../components/errorSummary.tsx';
import { TextField } from '../components/field.tsx';
import { Icon } from '../components/icon.tsx';
import { KeyHints, type KeyHint } from '../components/keyHints.tsx';
import { Places } from '../components/progress.tsx';
import { activityIcon } from '../components/slot.ts';
import { formatDate } from '../../../domain/kernel/french/dates.ts';
import { formatTimeLeft } from '../../../domain/kernel/french/deadlines.ts';
import { formatMoment, formatTime } from '../../../domain/kernel/french/times.ts';
import { plural } from '../../../domain/kernel/french/words.ts';
import { CASE_ID } from '../views/queueAddress.ts';
import type { ValidationCase } from './validationView.ts';

/** Names of the decision's fields. */
export const DECISION_FIELD = 'decision';
export const READY_FIELD = 'phrase';
export const REASON_FIELD = 'motif';
export const RESERVATION_FIELD = 'reservation';

/** The letters that serve on a case: a request whose session is gone can't be accepted. */
export const decisionKeys = ({
  gone,
  previousHref,
  nextHref,
}: Pick<ValidationCase, 'gone' | 'previousHref' | 'nextHref'>): readonly KeyHint[] => [
  ...(gone ? [] : [{ key: 'A', does: 'accepter' }]),
  { key: 'R', does: 'refuser' },
  { key: '↵', does: 'valider et suivant' },
  ...(previousHref ? [{ key: 'P', does: 'précédente' }] : []),
  ...(nextHref ? [{ key: 'S', does: 'suivante' }] : []),
];

function Beside({ opened: { previousHref, nextHref } }: { readonly opened: ValidationCase }) {
  if (!previousHref && !nextHref) return null;
  return (
    <nav class="case__beside" aria-label="Demandes voisines">
      {previousHref && (
        <a href={previousHref} data-shortcut="p">
          <Icon name="chevron-left" size={18} />
          Précédente
        </a>
      )}
      {nextHref && (
        <a href={nextHref} data-shortcut="s">
          Suivante
          <Icon name="chevron-right" size={18} />
        </a>
      )}
    </nav>
  );
}

function Facts({ opened, now }: { readonly opened: ValidationCase; readonly now: Instant }) {
  const { group, date, hours, place, requestedAt, dueAt, age, familyName } = opened;
  return (
    <dl class="facts">
      <div>
        <dt>Séance</dt>
        <dd>
          {formatDate(date)}
          {hours && (
            <small>{`de ${formatTime(hours.startsAt)} à ${formatTime(hours.endsAt)}`}</small>
          )}
        </dd>
      </div>
      {place && (
        <div>
          <dt>Lieu</dt>
          <dd>{place}</dd>
        </div>
      )}
      <div>
        <dt>Famille</dt>
        <dd>
          {familyName}
          {age !== undefined && <small>{`enfant de ${plural(age, 'an')} ce jour-là`}</small>}
        </dd>
      </div>
      {group && (
        <div>
          <dt>{`Groupe ${group.name}`}</dt>
          <dd>
            <Places held={group.held} total={group.places} />
            {group.waiting > 0 && <small>{`${group.waiting} sur liste d’attente`}</small>}
          </dd>
        </div>
      )}
      <div>
        <dt>Demande reçue</dt>
        <dd>
          {formatMoment(requestedAt)}
          {dueAt && <small>{formatTimeLeft(dueAt, now)}</small>}
        </dd>
      </div>
    </dl>
  );
}

function Refusal({ opened, readySentences }: CaseProps) {
  const fault = opened.faults.find(({ fieldId }) => fieldId === 'motif');
  return (
    <div class="refusal">
      <fieldset>
        <legend>La phrase que la famille lira</legend>
        {readySentences.map((sentence, index) => (
          <label key={sentence} class="check__line" for={`phrase-${index}`}>
            <input
              type="radio"
              class="box box--round"
              id={`phrase-${index}`}
              name={READY_FIELD}
              value={sentence}
              data-ready
            />
            <span>{sentence}</span>
          </label>
        ))}
      </fieldset>
      <TextField
        id="motif"
        name={REASON_FIELD}
        label="Ou la vôtre"
        hint="Si cette zone est remplie, c’est elle qui part."
        rows={3}
        maxLength={longest.refusal}
        {...(opened.given?.reason === undefined ? {} : { value: opened.given.reason })}
        {...(fault ? { error: fault.message } : {})}
      />
    </div>
  );
}

interface CaseProps {
  readonly opened: ValidationCase;
  readonly readySentences: readonly string[];
}

/** One request, and the decision to take. */
export function ValidationCaseCard({
  opened,
  now,
  queueHref,
  readySentences,
}: CaseProps & { readonly now: Instant; readonly queueHref: string }) {
  const { form, given, gone } = opened;
  const decision = given?.decision ?? (gone ? 'refuser' : undefined);
  const radio = (value: 'accepter' | 'refuser') => (
    <input
      type="radio"
      class="choice__radio"
      id={value}
      name={DECISION_FIELD}
      value={value}
      required
      checked={decision === value}
      data-shortcut={value === 'accepter' ? 'a' : 'r'}
    />
  );
  return (
    <form class="case" id={CASE_ID} method="post" action={form.action} data-shortcuts>
      <input type="hidden" name="csrf" value={form.csrf} />
      <input type="hidden" name={RESERVATION_FIELD} value={form.reservationId} />
      <div class="case__ways">
        <a class="case__back" href={queueHref}>
          <Icon name="arrow-left" size={18} />
          La liste
        </a>
        <Beside opened={opened} />
      </div>
      <div class="case__head">
        <span class="case__icon">
          <Icon name={activityIcon(opened.kind)} size={26} />
        </span>
        <h2>
          {opened.childName}
          <small>{opened.label}</small>
        </h2>
      </div>
      <ErrorSummary faults={opened.faults} />
      {gone && (
        <Banner tone="stop" title={gone.title}>
          <p>{gone.why}</p>
        </Banner>
      )}
      <Facts opened={opened} now={now} />
      {opened.note && (
        <figure class="case__note">
          <figcaption>
            <Icon name="message-square" size={18} />
            Le mot de la famille
          </figcaption>
          <blockquote class="quote">{opened.note}</blockquote>
        </figure>
      )}
      <fieldset class={`choice${gone ? ' choice--one' : ''}`}>
        <legend class="visually-hidden">Votre décision</legend>
        {!gone && (
          <>
            {radio('accepter')}
            <label class="choice__face choice__face--accept" for="accepter">
              <Icon name="check" />
              Accepter
            </label>
          </>
        )}
        {radio('refuser')}
        <label class="choice__face choice__face--refuse" for="refuser">
          <Icon name="x" />
          Refuser
        </label>
        <Refusal opened={opened} readySentences={readySentences} />
      </fieldset>
      <div class="case__foot">
        <KeyHints hints={decisionKeys(opened)} />
        <Button tone="primary" iconAfter="arrow-right">
          Valider et suivant
        </Button>
      </div>
    </form>
  );
}
