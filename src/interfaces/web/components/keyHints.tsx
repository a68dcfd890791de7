import { Dialog } from './dialog.tsx';
import { Icon } from './icon.tsx';

export interface KeyHint {
  /** As written on the key. */
  readonly key: string;
  readonly does: string;
}

const Keys = ({ hints }: { readonly hints: readonly KeyHint[] }) => (
  <ul class="keys">
    {hints.map(({ key, does }) => (
      <li key={key}>
        <kbd>{key}</kbd> {does}
      </li>
    ))}
  </ul>
);

interface KeyHintsProps {
  readonly hints: readonly KeyHint[];
}

/** Shortcuts shown where they serve, and a window to switch them off (WCAG 2.1.4). Hidden without the script. */
export function KeyHints({ hints }: KeyHintsProps) {
  return (
    <div class="key-hints needs-script">
      <Keys hints={hints} />
      <button type="button" class="icon-button icon-button--quiet" data-opens="raccourcis">
        <Icon name="keyboard" />
        <span class="visually-hidden">Régler les raccourcis clavier</span>
      </button>
    </div>
  );
}

/** The window of the shortcuts: stands outside of any form. */
export function KeyHintsDialog({ hints }: KeyHintsProps) {
  return (
    <Dialog id="raccourcis" title="Raccourcis clavier">
      <Keys hints={hints} />
      <p>Ils se taisent dès que vous écrivez dans une zone de texte.</p>
      <label class="check__line" for="raccourcis-actifs">
        <input type="checkbox" class="box" id="raccourcis-actifs" checked data-shortcut-switch />
        <span>Utiliser ces raccourcis sur ce poste</span>
      </label>
    </Dialog>
  );
}
