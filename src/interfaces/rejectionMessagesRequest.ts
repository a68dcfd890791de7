import { numberOf, plain, type RejectionTable } from './rejectionWords.ts';

const tryAgain = 'Rien n’a été perdu : réessayez dans un instant.';

/** Refusals that come before any rule of the town: who asks, how it is asked, what the portal can do now. */
export const requestRejections = {
  'REQUEST.UNREADABLE': plain(
    400,
    'Demande illisible',
    'La demande n’est pas du HTTP lisible. Rien n’a été enregistré.',
  ),
  'REQUEST.MALFORMED_JSON': plain(
    400,
    'Demande illisible',
    'Le contenu envoyé n’est pas du JSON lisible. Rien n’a été enregistré.',
  ),
  'REQUEST.INVALID': plain(
    400,
    'Demande à corriger',
    'Certaines informations manquent ou ne conviennent pas. Rien n’a été enregistré : corrigez les champs signalés et renvoyez.',
  ),
  'REQUEST.TOO_LARGE': {
    status: 413,
    title: 'Envoi trop volumineux',
    detail(values) {
      const max = numberOf(values, 'maxBytes');
      return `L’envoi dépasse la taille permise${max === undefined ? '' : ` (${Math.floor(max / 1024)}\u00a0ko)`}. Rien n’a été enregistré : envoyez-le en plusieurs fois.`;
    },
    sample: { maxBytes: 262_144 },
  },
  'REQUEST.HEADERS_TOO_LARGE': plain(
    431,
    'Demande trop longue',
    'L’adresse ou les en-têtes de la demande sont trop longs. Rien n’a été enregistré.',
  ),
  'REQUEST.UNSUPPORTED_TYPE': plain(
    415,
    'Format non pris en charge',
    'Envoyez du JSON en UTF-8, non compressé, avec l’en-tête « Content-Type: application/json ».',
  ),
  'REQUEST.TIMEOUT': plain(
    408,
    'Envoi trop lent',
    'La demande n’est pas arrivée en entier dans le temps prévu. Rien n’a été enregistré : réessayez.',
  ),
  'REQUEST.KEY_REUSED': plain(
    422,
    'Clé déjà utilisée',
    'Cette clé « Idempotency-Key » a déjà servi pour une autre demande. Rien n’a été enregistré cette fois : utilisez une clé neuve.',
  ),
  'ROUTE.UNKNOWN': plain(404, 'Adresse inconnue', 'Rien ne se trouve à cette adresse.'),
  'METHOD.NOT_ALLOWED': plain(
    405,
    'Méthode non permise',
    'Cette adresse existe, mais pas pour cette méthode. L’en-tête « Allow » nomme celles qu’elle permet.',
  ),
  'ACCESS.SIGN_IN': plain(
    401,
    'Connexion nécessaire',
    'Connectez-vous pour continuer. Si vous l’étiez, votre connexion a expiré.',
  ),
  'ACCESS.DENIED': {
    ...plain(403, 'Accès refusé', 'Votre compte ne permet pas cette action sur ce dossier.'),
    sample: { action: 'readAgenda' },
  },
  'ACCESS.CROSS_SITE': plain(
    403,
    'Demande venue d’un autre site',
    'Cette demande ne vient pas d’une page du portail. Rien n’a été enregistré.',
  ),
  'REVISION.STALE': {
    ...plain(
      412,
      'Changé entre-temps',
      'Quelqu’un d’autre a modifié ces informations depuis que vous les avez lues. Rien n’a été enregistré : relisez-les, puis recommencez.',
    ),
    sample: { revision: 4 },
  },
  'REVISION.REQUIRED': plain(
    428,
    'Version lue à préciser',
    'Dites quelle version vous avez lue, avec l’en-tête « If-Match » : ainsi personne n’efface le travail d’un autre.',
  ),
  'STORE.UNAVAILABLE': plain(
    503,
    'Portail momentanément indisponible',
    `Le portail ne peut pas enregistrer ou lire en ce moment. ${tryAgain}`,
  ),
  'PORTAL.NOT_READY': plain(
    503,
    'Portail en préparation',
    'Le portail démarre, ou une de ses parties ne répond pas. Réessayez dans un instant.',
  ),
  'PORTAL.STOPPING': plain(
    503,
    'Portail en cours d’arrêt',
    'Le portail s’arrête, et la demande n’est pas arrivée en entier à temps. Rien n’a été enregistré : renvoyez-la dans un instant.',
  ),
  'PROJECTION.UNKNOWN': plain(
    404,
    'Lecture inconnue',
    'Aucune lecture du portail ne porte ce nom.',
  ),
  'SUBJECT.ERASED': plain(
    410,
    'Données effacées',
    'Les données de cette personne ont été effacées à sa demande : plus rien ne peut être enregistré à son nom.',
  ),
  'EVENT.TOO_LARGE': plain(
    413,
    'Trop d’informations à la fois',
    'La demande contient trop d’informations pour être enregistrée. Rien ne l’a été : raccourcissez-la.',
  ),
  INTERNAL: plain(
    500,
    'Erreur du portail',
    'Une erreur est survenue de notre côté. Réessayez ; si elle persiste, donnez la référence de cette demande à l’accueil des familles.',
  ),
} as const satisfies RejectionTable;
