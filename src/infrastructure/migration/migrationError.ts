import type { FoundFault } from '../events/hashChain.ts';

const messages = {
  'MIGRATION.SOURCE_EMPTY':
    'La source ne contient aucun événement\u00a0: vérifiez ses réglages. Rien n’a été copié',
  'MIGRATION.SOURCE_DAMAGED':
    'L’historique de la source est abîmé\u00a0: restaurez une sauvegarde avant de le copier. Rien n’a été copié cette fois',
  'MIGRATION.TARGET_FOREIGN':
    'La cible contient déjà autre chose que le début de la source\u00a0: donnez une cible vide. Rien n’y a été écrit',
  'MIGRATION.TARGET_AHEAD':
    'La cible contient des événements que la source n’a pas\u00a0: la source a perdu sa fin, ou ce n’est pas la bonne. Rien n’a été écrit',
  'MIGRATION.KEYS_FOREIGN':
    'La cible contient d’autres clés que celles de la source\u00a0: donnez une cible vide. Rien n’y a été écrit',
  'MIGRATION.TARGET_CHANGED':
    'Un autre programme écrit dans la cible pendant la copie\u00a0: arrêtez-le, puis recommencez avec une cible vide',
  'MIGRATION.SOURCE_CHANGED':
    'La source a changé pendant la copie\u00a0: arrêtez tous ses portails, puis relancez la même commande',
  'MIGRATION.COPY_DIFFERS':
    'La copie n’est pas égale à la source\u00a0: ne démarrez aucun portail sur la cible, et recommencez avec une cible vide',
  'MIGRATION.UNFINISHED':
    'Une copie vers ces données n’est pas allée à son bout, elles n’ont peut-être que le début de l’historique\u00a0: relancez la même commande «\u00a0portail migrate-store\u00a0», ou videz cette cible',
  'MIGRATION.RUNNING':
    'Une copie utilise ces serveurs en ce moment\u00a0: attendez son message final, puis recommencez',
  'MIGRATION.PORTALS_RUNNING':
    'Un portail utilise ces serveurs en ce moment\u00a0: arrêtez tous les portails, puis relancez la même commande',
  'MIGRATION.UNAVAILABLE':
    'Un stockage ne répond pas\u00a0: relancez la même commande, elle reprend où elle s’est arrêtée',
} as const;

export type MigrationCode = keyof typeof messages;

/** Why a migration stopped. The message, in French, is for the operator and ends with the code. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
  constructor(
    readonly code: MigrationCode,
    detail?: string,
    options?: ErrorOptions,
  ) {
    const more = detail === undefined ? '' : ` (${detail})`;
    super(`${messages[code]}${more}. [${code}]`, options);
  }
}

/** « flux X, événement N », as `portail verify` counts. */
export const placeOf = ({ stream, revision }: Pick<FoundFault, 'stream' | 'revision'>): string =>
  `flux ${stream}, événement ${revision}`;
