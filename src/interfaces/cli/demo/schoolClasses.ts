/** Classes from the first year of nursery school to the last of primary school. */
export const schoolClasses = ['PS', 'MS', 'GS', 'CP', 'CE1', 'CE2', 'CM1', 'CM2'] as const;

/** The year in which children of a class were born, for the school year that begins in September of `year`. */
export const birthYearOf = (level: number, year: number): number => year - 3 - level;
