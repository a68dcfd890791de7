import { LinkButton } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import type { IconName } from '../icons.ts';
import type { TownWords } from '../layout/pageFrame.ts';

export type MessageKind =
  'signIn' | 'notFound' | 'forbidden' | 'failed' | 'notKept' | 'catchingUp' | 'formTooOld';

/** A page that only says what happened, what it means and what to do. */
export interface MessageView {
  readonly kind: MessageKind;
  readonly backHref: string;
  /** The same page again, where that may help. */
  readonly retryHref?: string;
  /** To be quoted on the phone. */
  readonly reference?: string;
  readonly desk: Pick<TownWords, 'deskName' | 'phone'>;
}

interface Words {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
}

const messages: Readonly<Record<MessageKind, Words>> = {
  signIn: {
    icon: 'users',
    title: 'Ouvrir votre compte',
    text: 'Les comptes s’ouvrent avec le service, sur rendez-vous : vous y remplissez votre dossier, puis vous recevez un lien pour entrer.',
  },
  notFound: {
    icon: 'map-pin',
    title: 'Cette page n’existe pas',
    text: 'L’adresse a peut-être changé, ou il y manque une lettre.',
  },
  forbidden: {
    icon: 'lock',
    title: 'Cette page n’est pas pour votre compte',
    text: 'Chaque famille ne voit que son dossier, chaque service que ce dont il a la charge.',
  },
  failed: {
    icon: 'triangle-alert',
    title: 'Quelque chose n’a pas marché de notre côté',
    text: 'Ce n’est pas de votre fait. Ce qui était enregistré l’est toujours\u00a0; réessayez dans un instant.',
  },
  notKept: {
    icon: 'refresh-cw',
    title: 'Nous n’avons pas pu enregistrer',
    text: 'Rien n’a été perdu, réessayez. Vos jours cochés sont toujours dans la page précédente.',
  },
  catchingUp: {
    icon: 'hourglass',
    title: 'La réponse arrive…',
    text: 'Votre demande est enregistrée. Cette page la montrera dans un instant.',
  },
  formTooOld: {
    icon: 'clock',
    title: 'Cette page était ouverte depuis longtemps',
    text: 'Par prudence, rien n’est parti. Revenez en arrière, actualisez la page et envoyez de nouveau.',
  },
};

export const messageTitle = ({ kind }: Pick<MessageView, 'kind'>): string => messages[kind].title;

export function MessagePage({ kind, backHref, retryHref, reference, desk }: MessageView) {
  const { icon, title, text } = messages[kind];
  return (
    <div class="message">
      <span class="message__icon">
        <Icon name={icon} size={32} />
      </span>
      <h1>{title}</h1>
      <p class="lead">{text}</p>
      <div class="actions">
        {retryHref && (
          <LinkButton href={retryHref} tone="primary" icon="refresh-cw">
            {kind === 'catchingUp' ? 'Actualiser' : 'Réessayer'}
          </LinkButton>
        )}
        <LinkButton href={backHref} tone={retryHref ? 'secondary' : 'primary'} icon="arrow-left">
          Revenir à l’accueil
        </LinkButton>
      </div>
      <p class="message__desk">
        {`Besoin d’aide\u00a0? ${desk.deskName}, ${desk.phone}.`}
        {reference && ` Référence à donner\u00a0: ${reference}.`}
      </p>
    </div>
  );
}
