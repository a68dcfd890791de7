import { maxLines } from '../../../application/reservation/submission.ts';
import { Button, LinkButton } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import { telephoneHref, telephoneWords } from '../components/telephone.ts';
import type { IconName } from '../icons.ts';
import type { TownWords } from '../layout/pageFrame.ts';
import { receiptsPath } from '../views/receiptsPageView.ts';

export type MessageKind =
  | 'signIn'
  | 'sessionOver'
  | 'ticksKept'
  | 'notFound'
  | 'forbidden'
  | 'failed'
  | 'unavailable'
  | 'notKept'
  | 'maybeKept'
  | 'catchingUp'
  | 'formTooOld'
  | 'formTooLarge'
  | 'formUnreadable'
  | 'tooManyDays'
  | 'sentAlready';

/** A form that was sent, as it was. */
export interface Resend {
  readonly action: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
}

/** A page that only says what happened, what it means and what to do. */
export interface MessageView {
  readonly kind: MessageKind;
  readonly backHref: string;
  /** The same page again, where that may help. */
  readonly retryHref?: string;
  /** A form that sends the same again, where that does no harm. */
  readonly resend?: Resend;
  /** To be quoted on the phone. */
  readonly reference?: string;
  readonly desk: Pick<TownWords, 'deskName' | 'phone'>;
}

/** What a button says that leads to the same page again; « Réessayer » unless told. */
const retryWords: Readonly<Partial<Record<MessageKind, string>>> = {
  catchingUp: 'Actualiser',
  ticksKept: 'Retrouver mes jours cochés',
};

/** Messages after which a family looks for its proofs. */
const afterSending: ReadonlySet<MessageKind> = new Set(['maybeKept', 'sentAlready']);

interface Words {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
}

/** How long a session lasts, for whoever wonders why theirs is over. */
const howLong =
  'Une connexion dure douze heures après la dernière page ouverte, une semaine au plus.';

const messages: Readonly<Record<MessageKind, Words>> = {
  signIn: {
    icon: 'users',
    title: 'Ouvrir votre compte',
    text: 'Les comptes s’ouvrent avec le service, sur rendez-vous\u00a0: vous y remplissez votre dossier, puis vous recevez un lien pour entrer. Vous avez déjà un compte\u00a0? Entrez avec ce lien.',
  },
  sessionOver: {
    icon: 'clock',
    title: 'Votre connexion a pris fin',
    text: `Rien n’a été enregistré\u00a0: connectez-vous, puis recommencez. ${howLong}`,
  },
  ticksKept: {
    icon: 'clock',
    title: 'Votre connexion a pris fin',
    text: `Rien n’a été envoyé\u00a0: connectez-vous, vos jours cochés vous attendent dans l’agenda. Si vous aviez écrit un mot pour l’équipe, écrivez-le de nouveau. ${howLong}`,
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
  unavailable: {
    icon: 'refresh-cw',
    title: 'Cette page ne peut pas s’afficher pour le moment',
    text: 'Ce qui est enregistré l’est toujours. Réessayez dans une minute.',
  },
  notKept: {
    icon: 'refresh-cw',
    title: 'Nous n’avons pas pu enregistrer',
    text: 'Rien n’a été perdu, réessayez. Vos jours cochés sont toujours dans la page précédente.',
  },
  maybeKept: {
    icon: 'refresh-cw',
    title: 'Nous n’avons pas pu aller au bout',
    text: 'Certains jours sont peut-être déjà enregistrés\u00a0: votre agenda fait foi. Vous pouvez renvoyer la demande, rien ne sera compté deux fois.',
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
  formTooLarge: {
    icon: 'triangle-alert',
    title: 'Votre envoi est trop long',
    text: 'Rien n’a été enregistré, et rien n’est perdu\u00a0: revenez en arrière, cochez moins de jours ou raccourcissez votre texte, puis envoyez en plusieurs fois.',
  },
  formUnreadable: {
    icon: 'triangle-alert',
    title: 'Nous n’avons pas pu lire votre envoi',
    text: 'Rien n’a été enregistré. Revenez en arrière, actualisez la page et envoyez de nouveau.',
  },
  tooManyDays: {
    icon: 'calendar-days',
    title: 'Trop de jours à la fois',
    text: `Un envoi compte au plus ${maxLines}\u00a0jours. Rien n’a été enregistré\u00a0: revenez en arrière, décochez des jours, puis envoyez les autres ensuite.`,
  },
  sentAlready: {
    icon: 'circle-check',
    title: 'Cette page a déjà servi à un envoi',
    text: 'Son accusé de réception est parmi les vôtres, dans votre compte. Vos derniers changements, eux, n’ont pas été enregistrés\u00a0: cochez-les de nouveau dans l’agenda, puis envoyez.',
  },
};

export const messageTitle = ({ kind }: Pick<MessageView, 'kind'>): string => messages[kind].title;

const ResendForm = ({ action, fields }: Resend) => (
  <form method="post" action={action}>
    {fields.map(([name, value]) => (
      <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
    ))}
    <Button tone="primary" icon="refresh-cw">
      Renvoyer la demande
    </Button>
  </form>
);

export function MessagePage({ kind, backHref, retryHref, resend, reference, desk }: MessageView) {
  const { icon, title, text } = messages[kind];
  return (
    <div class="message">
      <span class="message__icon">
        <Icon name={icon} size={32} />
      </span>
      <h1>{title}</h1>
      <p class="lead">{text}</p>
      <div class="actions">
        {resend && <ResendForm {...resend} />}
        {retryHref && (
          <LinkButton href={retryHref} tone="primary" icon="refresh-cw">
            {retryWords[kind] ?? 'Réessayer'}
          </LinkButton>
        )}
        {afterSending.has(kind) && (
          <LinkButton href={receiptsPath} icon="inbox">
            Mes accusés de réception
          </LinkButton>
        )}
        {kind === 'signIn' ? (
          // Home would lead back here.
          <LinkButton href={telephoneHref(desk.phone)} tone="primary" icon="phone">
            Appeler le service
          </LinkButton>
        ) : (
          <LinkButton
            href={backHref}
            tone={retryHref || resend ? 'secondary' : 'primary'}
            icon="arrow-left"
          >
            Revenir à l’accueil
          </LinkButton>
        )}
      </div>
      <p class="message__desk">
        {`Besoin d’aide\u00a0? ${desk.deskName}, ${telephoneWords(desk.phone)}.`}
        {reference && ` Référence à donner\u00a0: ${reference}.`}
      </p>
    </div>
  );
}
