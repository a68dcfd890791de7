import type { TownWords } from '../layout/pageFrame.ts';
import { Icon } from './icon.tsx';

/** The service that answers families: its name, address, telephone and mail (CRPA R112-11-1). */
export const DeskAddress = ({ desk }: { readonly desk: TownWords }) => (
  <address class="desk">
    <b>{desk.deskName}</b>
    <span>{desk.address.join(', ')}</span>
    <span>
      <Icon name="phone" size={18} />
      {desk.phone}
    </span>
    <span>
      <Icon name="mail" size={18} />
      {desk.email}
    </span>
  </address>
);
