import type { ActivityKind } from '../../../domain/activity/activityTerms.ts';
import type { LocalDate } from '../../../domain/kernel/localDate.ts';
import { LinkButton } from '../components/button.tsx';
import { Card } from '../components/card.tsx';
import { DeskAddress } from '../components/deskAddress.tsx';
import { Icon } from '../components/icon.tsx';
import { activityIcon } from '../components/slot.ts';
import { formatDate, formatFullDate } from '../../../domain/kernel/french/dates.ts';
import { ofName } from '../../../domain/kernel/french/words.ts';
import type { TownWords } from '../layout/pageFrame.ts';

/** A booking that staff refused, and what its family may do about it. */
export interface RefusalView {
  readonly childName: string;
  readonly label: string;
  readonly place: string;
  readonly kind: ActivityKind;
  readonly date: LocalDate;
  /** The sentence that staff wrote; absent once it was erased. */
  readonly reason?: string;
  readonly desk: TownWords;
  readonly agendaHref: string;
}

export const refusalTitle = ({ label, date }: Pick<RefusalView, 'label' | 'date'>): string =>
  `Refus\u00a0: ${label}, ${formatDate(date)}`;

/** Who refused, why, and the ways to contest it, with their time (CRPA L211-5, L411-2, CJA R421-1, R421-5). */
export function RefusalPage(view: RefusalView) {
  const { childName, label, place, kind, date, reason, desk, agendaHref } = view;
  return (
    <div class="narrow">
      <h1>Réservation refusée</h1>
      <p class="subject">
        <Icon name={activityIcon(kind)} size={24} />
        <span>
          <b>{`${label} ${ofName(childName)}`}</b>
          <span>{`${place}, ${formatFullDate(date)}`}</span>
        </span>
      </p>
      <Card title="La réponse de l’équipe" id="reponse">
        {reason !== undefined && <p class="quote">{reason}</p>}
        <p>{`Décision du service ${desk.deskName}, ${desk.name}. Rien ne vous est facturé pour cette demande.`}</p>
      </Card>
      <Card title="Si vous n’êtes pas d’accord" id="contester">
        <ul class="plain">
          <li>
            Demandez au service de revoir sa réponse, par courrier ou par courriel, dans les deux
            mois qui suivent le jour où vous l’avez lue. Dites de quel jour il s’agit, et pourquoi
            la réponse vous semble à revoir.
          </li>
          <li>
            Vous pouvez aussi saisir le tribunal administratif, par courrier ou sur telerecours.fr,
            dans ces mêmes deux mois. Si vous avez d’abord écrit au service, deux nouveaux mois
            partent de sa réponse. Sans réponse au bout de deux mois, c’est un refus, et deux
            nouveaux mois partent de ce jour.
          </li>
        </ul>
        <DeskAddress desk={desk} />
      </Card>
      <div class="actions">
        <LinkButton href={agendaHref} tone="primary" icon="calendar-days">
          Revenir à l’agenda
        </LinkButton>
      </div>
    </div>
  );
}
