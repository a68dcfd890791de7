import { plural } from '../../../domain/kernel/french/words.ts';
import { Icon } from './icon.tsx';

export interface Fault {
  /** Id of the field to mend. */
  readonly fieldId: string;
  readonly message: string;
}

/** What remains to be mended, each line leading to its field (RGAA 11.10). Nothing when all is well. */
export function ErrorSummary({ faults }: { readonly faults: readonly Fault[] }) {
  if (faults.length === 0) return null;
  return (
    <div class="banner banner--stop" role="alert" id="a-revoir" tabindex={-1} data-focus>
      <Icon name="triangle-alert" size={24} />
      <div>
        <h2 class="banner__title">
          {`Il reste ${plural(faults.length, 'point')} à revoir, rien n’est perdu`}
        </h2>
        <ul class="banner__list">
          {faults.map(({ fieldId, message }) => (
            <li key={fieldId}>
              <a href={`#${fieldId}`}>{message}</a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
