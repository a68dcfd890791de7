import type { RequestHandler } from 'express';
import { parse } from 'node:querystring';
import { readBytes } from '../http/bodyBytes.ts';

/** Forms of 400 lines and a note stay far below. */
const maxBytes = 200 * 1024;
const maxFields = 1_500;

const formType = /^application\/x-www-form-urlencoded\s*(;\s*charset="?utf-8"?\s*)?$/i;

/** A form that can't be taken, with the status of its refusal. */
class FormRefusedError extends Error {
  override readonly name = 'FormRefusedError';
  constructor(readonly status: 413 | 415) {
    super(status === 413 ? 'the form is too long' : 'the form is no plain UTF-8');
  }
}

/**
 * Reads what a page sends into `request.body`: the fields of a form, none where nothing was sent, or what is no form.
 * Refuses at once, and leaves the rest unread, what is too long, is compressed, or does not say its length and is no
 * form: no browser sends that.
 */
export const readForm: RequestHandler = async (request, _response, next) => {
  const { headers } = request;
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '');
  if (isForm || headers['transfer-encoding'] !== undefined) {
    const plain = (headers['content-encoding'] ?? 'identity') === 'identity';
    if (!plain || !formType.test(headers['content-type'] ?? '')) throw new FormRefusedError(415);
    const bytes = await readBytes(request, maxBytes);
    if (!bytes) throw new FormRefusedError(413);
    request.body = fieldsOf(bytes.toString('utf8'));
  } else if (Number(headers['content-length'] ?? 0) > maxBytes) throw new FormRefusedError(413);
  else request.body = {};
  next();
};

function fieldsOf(text: string): object {
  if (text.split('&', maxFields + 1).length > maxFields) throw new FormRefusedError(413);
  return parse(text, '&', '=', { maxKeys: 0 });
}
