import type { ActivityKind } from '../../../domain/activity/activityTerms.ts';
import type { LocalDate } from '../../../domain/kernel/localDate.ts';
import { longest } from '../../../domain/kernel/words.ts';
import { Banner } from '../components/banner.tsx';
import { Button, LinkButton } from '../components/button.tsx';
import { Card } from '../components/card.tsx';
import { ErrorSummary, type Fault } from '../components/errorSummary.tsx';
import { TextField } from '../components/field.tsx';
import { Icon } from '../components/icon.tsx';
import { activityIcon } from '../components/slot.ts';
import { formatDate } from '../../../domain/kernel/french/dates.ts';
import { plural } from '../../../domain/kernel/french/words.ts';

/** A session about to be closed by the town. */
export interface CloseSessionView {
  readonly label: string;
  readonly kind: ActivityKind;
  readonly facility: string;
  readonly date: LocalDate;
  /** Families concerned, and reservations that end free of charge, those that wait included. */
  readonly families: number;
  readonly reservations: number;
  readonly form: { readonly action: string; readonly csrf: string };
  readonly backHref: string;
  readonly readyReasons: readonly string[];
  readonly reason?: string;
  readonly faults: readonly Fault[];
  /** Why it is closed already: there is nothing to do then. */
  readonly closedBecause?: string;
}

export const closeSessionTitle = ({ label, date }: CloseSessionView): string =>
  `Fermer ${label}, ${formatDate(date)}`;

/** Closing concerns families: how many is said first, and it takes a reason that they will read. */
export function CloseSessionPage(view: CloseSessionView) {
  const { label, kind, facility, date, families, reservations, form, backHref, faults } = view;
  const fault = faults.find(({ fieldId }) => fieldId === 'motif');
  const subject = (
    <p class="subject">
      <Icon name={activityIcon(kind)} size={24} />
      <span>
        <b>{label}</b>
        <span>{`${facility}, ${formatDate(date)}`}</span>
      </span>
    </p>
  );
  if (view.closedBecause !== undefined)
    return (
      <div class="narrow">
        <h1>Fermer une séance</h1>
        {subject}
        <Banner tone="info" title={`Séance déjà fermée\u00a0: ${view.closedBecause}`}>
          <p>Les familles le voient dans leur agenda. Une séance fermée ne se rouvre pas.</p>
        </Banner>
        <div class="actions">
          <LinkButton href={backHref} icon="arrow-left">
            Revenir aux séances
          </LinkButton>
        </div>
      </div>
    );
  return (
    <form class="narrow" method="post" action={form.action}>
      <input type="hidden" name="csrf" value={form.csrf} />
      <h1>Fermer une séance</h1>
      {subject}
      <ErrorSummary faults={faults} />
      <Banner
        tone={families === 0 ? 'info' : 'stop'}
        title={
          families === 0
            ? 'Aucune famille n’est concernée'
            : `${plural(families, 'famille')} ${families > 1 ? 'sont concernées' : 'est concernée'}`
        }
      >
        <p>
          {families === 0
            ? 'La séance ne pourra plus être réservée.'
            : `${plural(reservations, 'réservation')} ${reservations > 1 ? 'seront annulées' : 'sera annulée'}, sans rien facturer. ${families > 1 ? 'Les familles' : 'La famille'} le ${families > 1 ? 'verront dans leur' : 'verra dans son'} agenda\u00a0; le portail n’envoie aucun message. Une séance fermée ne se rouvre pas.`}
        </p>
      </Banner>
      <Card>
        <TextField
          id="motif"
          name="motif"
          label="Motif, tel que les familles le liront"
          hint={`Un ou deux mots suffisent\u00a0: ${view.readyReasons.join(', ')}. Ne nommez personne.`}
          required
          maxLength={longest.closure}
          autocomplete="off"
          {...(view.reason === undefined ? {} : { value: view.reason })}
          {...(fault ? { error: fault.message } : {})}
        />
      </Card>
      <div class="actions">
        <Button tone="danger" icon="ban">
          Fermer la séance
        </Button>
        <LinkButton href={backHref} icon="arrow-left">
          Ne rien changer
        </LinkButton>
      </div>
    </form>
  );
}
