import type { Request } from 'express';
import { localDateAt, type Instant } from '../../../domain/kernel/parisTime.ts';
import { keptAgendaHref } from '../views/keptAgenda.ts';
import { allTicksOf } from '../views/tickCode.ts';

/** Names of the fields that a sign-in page receives when a session is over: that it is, and where to go on. */
export const OVER_FIELD = 'fin';
export const COME_BACK_FIELD = 'suite';

/** What a session that ended leaves to say. */
export interface Ended {
  /** The agenda, with the boxes that were ticked. */
  readonly comeBack?: string;
}

/** An agenda of the portal, and nothing else: anybody may write an address. */
const agendaAddress = /^\/reservations\?[\w.*=&%-]{1,10000}$/;

const comeBackIn = (fields: Readonly<Record<string, unknown>>): string | undefined => {
  const { [COME_BACK_FIELD]: address } = fields;
  return typeof address === 'string' && agendaAddress.test(address) ? address : undefined;
};

/** Whether the visitor comes from a session that ended, and where to go on; undefined for anybody else. */
export function endedOf(fields: Readonly<Record<string, unknown>>): Ended | undefined {
  if (fields[OVER_FIELD] !== '1') return undefined;
  const comeBack = comeBackIn(fields);
  return comeBack === undefined ? {} : { comeBack };
}

/** Where a form of the agenda finds its ticks again; undefined when it holds none. */
export const agendaOf = ({ body }: Request, now: Instant): string | undefined =>
  agendaWith(body as Readonly<Record<string, unknown>>, now);

/** The same for an address of the agenda that carries ticks. */
export const agendaInAddress = ({ query }: Request, now: Instant): string | undefined =>
  agendaWith(query, now);

function agendaWith(fields: Readonly<Record<string, unknown>>, now: Instant): string | undefined {
  const ticks = allTicksOf(fields);
  return ticks.book.length + ticks.cancel.length > 0
    ? keptAgendaHref(ticks, localDateAt(now))
    : undefined;
}

/** The address of the sign-in page, told that a session ended. */
export function endedHref(signInPath: string, comeBack: string | undefined): string {
  const query = new URLSearchParams({ [OVER_FIELD]: '1' });
  if (comeBack !== undefined) query.set(COME_BACK_FIELD, comeBack);
  return `${signInPath}?${query.toString()}`;
}
