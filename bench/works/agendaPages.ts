import type { Services } from '../../src/application/services.ts';
import type { YearMonth } from '../../src/domain/kernel/localDate.ts';
import type { Instant } from '../../src/domain/kernel/parisTime.ts';
import type { TownCalendar } from '../../src/domain/kernel/townCalendar.ts';
import { familyMenu } from '../../src/interfaces/web/layout/menus.ts';
import { renderPage } from '../../src/interfaces/web/layout/page.tsx';
import type { PageFrame } from '../../src/interfaces/web/layout/pageFrame.ts';
import { AgendaPage, agendaTitle } from '../../src/interfaces/web/pages/agendaPage.tsx';
import { defaultTown } from '../../src/interfaces/web/townIdentity.ts';
import { agendaPageView } from '../../src/interfaces/web/views/agendaPageView.ts';
import type { BenchFamily } from '../town/benchTown.ts';

const address = '/assets/portail.0123456789ab.css';
const assets = {
  styles: address,
  town: address,
  script: address,
  sprite: '/assets/icons.0123456789ab.svg',
  logo: address,
  font: address,
};
const csrf = 'A'.repeat(43);

/** The agenda's page as the route makes it: dossier, names, bookings and places read, then rendered. */
export class AgendaPages {
  constructor(
    private readonly services: Services,
    private readonly calendar: TownCalendar,
    private readonly now: Instant,
  ) {}

  /** The page, and how to render it again from what was read. Throws when it lacks a child of the family. */
  async month({ family, children }: BenchFamily, month: YearMonth) {
    const { agenda, familyDirectory } = this.services;
    const whole = await agenda.month(family.familyId, month, this.now);
    const household = await familyDirectory.household(family.familyId);
    const view = agendaPageView(whole, {
      childId: undefined,
      csrf,
      kept: { book: [], cancel: [] },
      calendar: this.calendar,
      catchingUp: false,
    });
    const guardian = household?.guardians[0];
    const frame: PageFrame = {
      title: agendaTitle(view),
      town: defaultTown,
      assets,
      side: 'family',
      menu: familyMenu,
      current: 'reservations',
      signedIn: {
        name: `${guardian?.firstName} ${guardian?.lastName}`,
        leave: { action: '/deconnexion', label: 'Quitter', csrf },
      },
    };
    const render = (): string => renderPage(frame, AgendaPage(view));
    const html = render();
    if (!children.every(({ child }) => html.includes(child.identity.firstName)))
      throw new Error('a child is missing from the page');
    return { html, render };
  }
}
