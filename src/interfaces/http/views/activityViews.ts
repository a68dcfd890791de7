import { activityKinds } from '../../../domain/activity/activityTerms.ts';
import type { DefinedActivity } from '../../../domain/activity/activity.ts';
import type { AgendaActivity } from '../../../application/reservation/agendaView.ts';
import { day, id, list, object, ref, text, whole, words } from './schemaWords.ts';

const reference = {
  activityId: id,
  kind: words(...activityKinds),
  name: text,
  facility: ref('Facility'),
};

export const activitySchemas = {
  Facility: object({ facilityId: id, name: text }),
  ActivityReference: object(reference),
  Activity: object({
    ...reference,
    versions: list(object({ version: whole, effectiveFrom: day, terms: ref('ActivityTermsBody') })),
  }),
  ActivityList: object({ activities: list(ref('Activity')) }),
};

/** An activity with all its rules, oldest first. */
export const activityView = ({
  activityId,
  kind,
  name,
  facility,
  versions,
}: DefinedActivity): object => ({ activityId, kind, name, facility, versions });

/** Which activity, for lists. */
export const activityReference = ({
  activityId,
  kind,
  name,
  facility,
}: AgendaActivity): object => ({ activityId, kind, name, facility });
