import { NBSP } from '../../../domain/kernel/french/typography.ts';

/** What a tap on a number calls. */
export const telephoneHref = (phone: string): string => `tel:${phone.replace(/[^\d+]/g, '')}`;

/** A number in a sentence: it never breaks between its pairs. */
export const telephoneWords = (phone: string): string => phone.replaceAll(' ', NBSP);
