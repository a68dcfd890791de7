import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';

interface FieldFrame {
  readonly id: string;
  readonly label: string;
  /** What is expected, with an example (RGAA 11.10). */
  readonly hint?: string;
  /** What to mend, in words (RGAA 11.11). */
  readonly error?: string;
  readonly optional?: boolean;
}

const describedBy = ({ id, hint, error }: FieldFrame): string | undefined =>
  [hint && `${id}-aide`, error && `${id}-a-revoir`].filter(Boolean).join(' ') || undefined;

function Frame({ field, children }: { field: FieldFrame; children: ComponentChildren }) {
  const { id, label, hint, error, optional } = field;
  return (
    <div class={`field${error ? ' field--wrong' : ''}`}>
      <label class="field__label" for={id}>
        {label}
        {optional && <span class="field__optional"> (facultatif)</span>}
      </label>
      {hint && (
        <p class="field__hint" id={`${id}-aide`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="field__error" id={`${id}-a-revoir`}>
          <Icon name="triangle-alert" size={18} />
          {error}
        </p>
      )}
      {children}
    </div>
  );
}

interface TextFieldProps extends FieldFrame {
  readonly name: string;
  readonly type?: 'text' | 'email' | 'tel' | 'date' | 'password' | 'search';
  readonly value?: string;
  /** Token of HTML's autocomplete list (RGAA 11.13). */
  readonly autocomplete?: string;
  readonly required?: boolean;
  /** Several lines. */
  readonly rows?: number;
  readonly maxLength?: number;
}

export function TextField(props: TextFieldProps) {
  const { id, name, value, autocomplete, required, rows, maxLength, type = 'text', error } = props;
  const shared = {
    id,
    name,
    class: 'field__input',
    required,
    maxLength,
    autocomplete,
    'aria-describedby': describedBy(props),
    'aria-invalid': error ? ('true' as const) : undefined,
  };
  return (
    <Frame field={props}>
      {rows ? (
        <textarea {...shared} rows={rows}>
          {value}
        </textarea>
      ) : (
        <input {...shared} type={type} value={value} />
      )}
    </Frame>
  );
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface ChoiceGroup {
  readonly label: string;
  readonly choices: readonly Choice[];
}

interface SelectFieldProps extends FieldFrame {
  readonly name: string;
  readonly choices: readonly Choice[];
  /** Choices under a heading, after the others. */
  readonly groups?: readonly ChoiceGroup[];
  readonly value?: string;
}

const Options = ({ choices, value }: Pick<SelectFieldProps, 'choices' | 'value'>) => (
  <>
    {choices.map((choice) => (
      <option key={choice.value} value={choice.value} selected={choice.value === value}>
        {choice.label}
      </option>
    ))}
  </>
);

export function SelectField(props: SelectFieldProps) {
  const { id, name, choices, groups = [], value, error } = props;
  const chosen = value === undefined ? {} : { value };
  return (
    <Frame field={props}>
      <span class="select">
        <select
          id={id}
          name={name}
          class="field__input"
          aria-describedby={describedBy(props)}
          aria-invalid={error ? 'true' : undefined}
        >
          <Options choices={choices} {...chosen} />
          {groups.map((group) => (
            <optgroup key={group.label} label={group.label}>
              <Options choices={group.choices} {...chosen} />
            </optgroup>
          ))}
        </select>
        <Icon name="chevron-down" size={18} />
      </span>
    </Frame>
  );
}

interface CheckFieldProps {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly required?: boolean;
  readonly checked?: boolean;
  readonly error?: string;
  readonly children: ComponentChildren;
}

/** One box to tick, with its sentence. */
export function CheckField({
  id,
  name,
  value,
  required,
  checked,
  error,
  children,
}: CheckFieldProps) {
  return (
    <div class={`check${error ? ' field--wrong' : ''}`}>
      {error && (
        <p class="field__error" id={`${id}-a-revoir`}>
          <Icon name="triangle-alert" size={18} />
          {error}
        </p>
      )}
      <label class="check__line" for={id}>
        <input
          type="checkbox"
          class="box"
          id={id}
          name={name}
          value={value}
          required={required}
          checked={checked}
          aria-describedby={error ? `${id}-a-revoir` : undefined}
          aria-invalid={error ? 'true' : undefined}
        />
        <span>{children}</span>
      </label>
    </div>
  );
}
