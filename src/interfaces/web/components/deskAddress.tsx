import type { TownWords } from '../layout/pageFrame.ts';
import { Icon } from './icon.tsx';
import { telephoneHref, telephoneWords } from './telephone.ts';

/** The service that answers families: its name, address, telephone and mail (CRPA R112-11-1). */
export const DeskAddress = ({ desk }: { readonly desk: TownWords }) => (
  <address class="desk">
    <b>{desk.deskName}</b>
    <span>{desk.address.join(', ')}</span>
    <a href={telephoneHref(desk.phone)}>
      <Icon name="phone" size={18} />
      {telephoneWords(desk.phone)}
    </a>
    <a href={`mailto:${desk.email}`}>
      <Icon name="mail" size={18} />
      {desk.email}
    </a>
  </address>
);
