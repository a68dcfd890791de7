import { Icon } from '../components/icon.tsx';
import { telephoneHref } from '../components/telephone.ts';
import type { PageFrame } from './pageFrame.ts';

/** Who answers, and what the law wants at the foot of every page (RGAA, mentions). */
export function Footer({ frame: { town } }: { readonly frame: PageFrame }) {
  return (
    <footer class="footer">
      <div class="footer__inner">
        <address class="footer__desk">
          <b>{town.deskName}</b>
          <a href={telephoneHref(town.phone)}>
            <Icon name="phone" size={18} />
            {town.phone}
          </a>
          <a href={`mailto:${town.email}`}>
            <Icon name="mail" size={18} />
            {town.email}
          </a>
          {town.openingHours && (
            <span>
              <Icon name="clock" size={18} />
              {town.openingHours}
            </span>
          )}
        </address>
        <ul class="footer__links">
          <li>
            <a href="/accessibilite">{'Accessibilité\u00a0: non conforme'}</a>
          </li>
          <li>
            <a href="/donnees-personnelles">Données personnelles</a>
          </li>
        </ul>
      </div>
    </footer>
  );
}
