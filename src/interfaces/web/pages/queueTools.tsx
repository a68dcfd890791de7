import { Button } from '../components/button.tsx';
import { SelectField, TextField } from '../components/field.tsx';
import { UNTIL_FIELD, WHICH_FIELD } from '../views/queueAddress.ts';
import type { QueueTools as Tools } from './validationView.ts';

/** Name of the field of the search. */
export const NAME_FIELD = 'nom';

/** Which part of the queue is listed: by activity and day in the address, by name in a form that leaves no trace. */
export function QueueTools({ tools }: { readonly tools: Tools }) {
  const { filter, search, isPart, wholeHref, csvHref } = tools;
  return (
    <div class="queue-tools">
      <form class="queue-tools__form" method="get" action={filter.action}>
        <SelectField
          id="pour"
          name={WHICH_FIELD}
          label="Activité"
          choices={[filter.all]}
          groups={filter.groups}
          value={filter.which}
        />
        <TextField
          id="jusquau"
          name={UNTIL_FIELD}
          type="date"
          label="Jusqu’au"
          {...(filter.until === undefined ? {} : { value: filter.until })}
        />
        <Button>Afficher</Button>
      </form>
      <form class="queue-tools__form" method="post" action={search.action}>
        <input type="hidden" name="csrf" value={search.csrf} />
        <TextField
          id="nom"
          name={NAME_FIELD}
          type="search"
          label="Enfant ou responsable"
          autocomplete="off"
          maxLength={80}
          {...(search.words === undefined ? {} : { value: search.words })}
        />
        <Button>Chercher</Button>
      </form>
      {isPart && (
        <a class="queue-tools__whole" href={wholeHref}>
          Toutes les demandes
        </a>
      )}
      {csvHref && (
        <a class="queue-tools__whole" href={csvHref} download>
          Télécharger (CSV)
        </a>
      )}
    </div>
  );
}
