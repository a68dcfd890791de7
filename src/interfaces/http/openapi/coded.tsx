import { typeset } from '../../rejectionWords.ts';

/** Words between backticks are code; the others are set in type. */
export const Coded = ({ text }: { readonly text: string }) => (
  <>
    {text
      .split('`')
      .map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : typeset(part)))}
  </>
);
