/** Where a person can turn. Numbers are plain text: a tap on a call link would leave a trace on the device. */
import type { JSX } from "preact";
import { Icon } from "../icons.tsx";
import type { SupportLine } from "../language/survey.ts";
import { said, t } from "../texts.ts";

export function Support({ lines, isFolded = false }: { lines: readonly SupportLine[]; isFolded?: boolean }): JSX.Element {
  const list = (
    <ul class="support">
      {lines.map((line) => (
        <li key={line.phone}>
          <span class="support-who">
            {said(line.label)}
            {line.note && <small>{said(line.note)}</small>}
            {!line.verified && <small>{t("support.unverified")}</small>}
          </span>
          <b class="support-number">{line.phone}</b>
        </li>
      ))}
    </ul>
  );
  if (!isFolded) {
    return (
      <section aria-labelledby="support">
        <h2 id="support" class="small-title">
          {t("support.title")}
        </h2>
        {list}
      </section>
    );
  }
  return (
    <details class="fold">
      <summary>
        <Icon name="phone" /> {t("support.open")}
      </summary>
      {list}
    </details>
  );
}
