/** Never breaks: before « : », before « € », inside « 9 h ». */
export const NBSP = '\u00a0';
/** Narrow, never breaks: between thousands. */
export const NNBSP = '\u202f';
