/** Where a person can turn. Numbers are plain text: a tap on a call link would leave a trace on the device. */
import type { JSX } from "preact";
import { Icon } from "../icons.tsx";
import type { SupportLine } from "../language/survey.ts";
import { localized, t } from "../texts.ts";

export function Support({ lines, isFolded = false }: { lines: readonly SupportLine[]; isFolded?: boolean }): JSX.Element {
  const list = (
    <>
      <ul class="support">
        {lines.map((line) => (
          <li key={line.phone}>
            <span class="support-who">
              {localized(line.label)}
              {line.note && <small>{localized(line.note)}</small>}
            </span>
            <b class="support-number">{line.verified ? line.phone : `${line.phone}\u00a0*`}</b>
          </li>
        ))}
      </ul>
      {lines.some((line) => !line.verified) && <p class="hint">{t("support.unverified")}</p>}
    </>
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
