import { Icon } from '../components/icon.tsx';
import { portalNameOf } from '../townIdentity.ts';
import type { MenuItem } from './menus.ts';
import type { PageFrame, SignedIn } from './pageFrame.ts';

interface MenuProps {
  readonly menu: readonly MenuItem[];
  readonly current?: string | undefined;
}

const Menu = ({ menu, current }: MenuProps) => (
  <ul class="menu">
    {menu.map(({ key, href, label, icon, count }) => (
      <li key={key}>
        <a class="menu__link" href={href} aria-current={key === current ? 'page' : undefined}>
          <Icon name={icon} />
          <span>{count === undefined ? label : `${label} (${count})`}</span>
        </a>
      </li>
    ))}
  </ul>
);

const Leave = ({ signedIn }: { readonly signedIn: SignedIn }) => (
  <form class="who" method="post" action={signedIn.leave.action}>
    <input type="hidden" name="csrf" value={signedIn.leave.csrf} />
    <p class="who__name">
      <Icon name="circle-user-round" />
      <span>
        {signedIn.name}
        {signedIn.role && <small>{signedIn.role}</small>}
      </span>
    </p>
    <button type="submit" class="who__leave">
      <Icon name="log-out" size={18} />
      {signedIn.leave.label}
    </button>
  </form>
);

/**
 * The town, the menu, who is signed in. Below 900 px the menu folds into a `details`, which opens without a script;
 * only one of the two stands in the page that a screen reader meets.
 */
export function Header({ frame }: { readonly frame: PageFrame }) {
  const { town, assets, menu, current, signedIn, side } = frame;
  const title = side === 'staff' ? town.deskName : portalNameOf(town);
  const folds = menu.length > 0 || signedIn !== undefined;
  return (
    <header class="header">
      {frame.demonstration && (
        <p class="demonstration">{'Démonstration\u00a0: personnes et données inventées'}</p>
      )}
      <div class="header__inner">
        <a class="town" href="/">
          <img class="town__logo" src={assets.logo} width="44" height="44" alt="" />
          <span class="town__words">
            <b>{title}</b>
            <span>{town.name}</span>
          </span>
        </a>
        {signedIn && (
          <div class="header__who">
            <Leave signedIn={signedIn} />
          </div>
        )}
        {folds && (
          <details class="fold">
            <summary class="fold__summary">
              <Icon name="menu" size={22} />
              <span>Menu</span>
            </summary>
            <div class="fold__panel">
              <nav aria-label="Menu principal">
                <Menu menu={menu} current={current} />
              </nav>
              {signedIn && <Leave signedIn={signedIn} />}
            </div>
          </details>
        )}
      </div>
      {menu.length > 0 && (
        <nav class="header__menu" aria-label="Menu principal">
          <Menu menu={menu} current={current} />
        </nav>
      )}
    </header>
  );
}
