/** The few components of which staff's forms are made. */
import type { ComponentChildren, JSX } from "preact";
import { Icon } from "../icons.tsx";

interface TextInputProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly hint?: string;
  readonly kind?: "text" | "code" | "pin";
}

/** A PIN is masked for eyes and for screen readers alike; as a code for one time it is none that browsers offer to remember. */
const KINDS = {
  text: {},
  code: { autocapitalize: "characters", spellcheck: false, class: "code" },
  pin: { type: "password", inputMode: "numeric", maxLength: 8, class: "code", autocomplete: "one-time-code" },
} as const;

export const TextInput = ({ id, label, value, onValue, hint, kind = "text" }: TextInputProps): JSX.Element => (
  <div class="entry">
    <label for={id}>{label}</label>
    <input
      id={id}
      type="text"
      maxLength={64}
      autocomplete="off"
      value={value}
      aria-describedby={hint ? `${id}-hint` : undefined}
      onInput={(event) => onValue(event.currentTarget.value)}
      {...KINDS[kind]}
    />
    {hint && (
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
    )}
  </div>
);

export const ErrorMessage = ({ children }: { children: ComponentChildren }): JSX.Element => (
  <p class="problem" role="alert">
    {children && (
      <>
        <Icon name="alert" /> {children}
      </>
    )}
  </p>
);

export const Card = ({ title, id, children }: { title: string; id: string; children: ComponentChildren }): JSX.Element => (
  <section class="card" aria-labelledby={id}>
    <h2 id={id} tabIndex={-1}>
      {title}
    </h2>
    {children}
  </section>
);
