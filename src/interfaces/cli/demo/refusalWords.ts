/** What an agent writes to a family; it names nobody. */
export const refusalReasons = [
  'Ce jour-là, l’équipe est réduite et nous ne pouvons pas accueillir un enfant de plus. Appelez-nous\u00a0: nous chercherons un autre jour avec vous.',
  'Une sortie est prévue ce jour-là et le car est complet. Une autre date vous conviendrait-elle\u00a0?',
  'La fiche sanitaire de cette année n’est pas encore arrivée. Dès que nous l’aurons, nous pourrons accepter votre demande.',
] as const;

/** To those for whom no place was freed. */
export const stayedFull =
  'La séance est restée complète\u00a0: nous n’avons pas pu vous proposer de place, et nous le regrettons. Rien n’est facturé.';

/** What families write beside a request. */
export const familyNotes = [
  'Nous arriverons vers 9\u00a0h\u00a030, après un rendez-vous.',
  'C’est la première fois\u00a0: pourrons-nous visiter avant\u00a0?',
  'Nous commençons un nouveau travail, cette journée nous aiderait beaucoup.',
  'Si une seule journée est possible, le matin suffira.',
] as const;
