import { anyDeadline, deadlineLines } from '../deadline/deadline.ts';
import type { Infer } from '../schema/schema.ts';
import { object } from '../schema/structures.ts';
import { oneOf } from '../schema/values.ts';
import { CLAUSE, warnedAt, type AbsencePart } from './absencePart.ts';
import { compileNotice, keptBy, noticed, noticeFaults } from './noticeLimit.ts';

const schema = object({
  deadline: anyDeadline,
  /** Told once from the first day absent, or from each: a family that warns late may still save the next days. */
  from: oneOf('first_day', 'each_day'),
});
/** Until when the family must have told the absence. */
export interface Notice extends Infer<typeof schema> {}

export const notice: AbsencePart<Notice> = {
  schema,
  faults({ deadline }, at, context, report) {
    noticeFaults(deadline, [...at, 'deadline'], context, report);
  },
  line({ deadline, from }, context) {
    const day = from === 'first_day' ? 'le premier jour' : 'chaque jour';
    return `à signaler, pour ${day} d’absence, ${deadlineLines(deadline, context).join(CLAUSE)}`;
  },
  compile({ deadline, from }, context) {
    const rule = compileNotice(deadline, context);
    return (absence) => (date) => {
      const limit = rule(absence, from === 'first_day' ? absence.first : date);
      if (noticed(absence, limit)) return undefined;
      const why = warnedAt(absence) === undefined ? 'no_notice' : 'notice_late';
      return { due: true, why, ...keptBy(limit) };
    };
  },
};
