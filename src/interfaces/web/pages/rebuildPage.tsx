import { Banner } from '../components/banner.tsx';
import { Button, LinkButton } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';

/** A reading about to be rebuilt. */
export interface RebuildView {
  readonly name: string;
  readonly label: string;
  readonly form: { readonly action: string; readonly csrf: string };
  readonly backHref: string;
}

export const rebuildTitle = ({ label }: RebuildView): string => `Reconstruire\u00a0: ${label}`;

/** Rebuilding loses nothing, but keeps the machine busy: it is confirmed. */
export function RebuildPage({ name, label, form, backHref }: RebuildView) {
  return (
    <form class="narrow" method="post" action={form.action}>
      <input type="hidden" name="csrf" value={form.csrf} />
      <h1>Reconstruire une lecture</h1>
      <p class="subject">
        <Icon name="refresh-cw" size={24} />
        <span>
          <b>{label}</b>
          <span class="code">{name}</span>
        </span>
      </p>
      <Banner tone="info" title="Les pages restent lisibles pendant ce temps">
        <p>
          À faire quand une page ne montre pas ce qui a été enregistré. Le portail relit tout depuis
          le début, à côté, puis remplace l’ancienne lecture d’un coup&nbsp;: rien n’est perdu. Il
          travaille davantage, de quelques secondes à quelques minutes.
        </p>
      </Banner>
      <div class="actions">
        <Button tone="primary" icon="refresh-cw">
          Reconstruire
        </Button>
        <LinkButton href={backHref} icon="arrow-left">
          Ne rien changer
        </LinkButton>
      </div>
    </form>
  );
}
