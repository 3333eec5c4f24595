/** Where the page starts. */
import { type JSX, render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { askForPin, isFree, open, screen } from "./app.ts";
import { keepInstallOffer } from "./device/installing.ts";
import { hasUpdate, keepOffline, takeOver } from "./device/updating.ts";
import { Icon } from "./icons.tsx";
import "./look.css";
import { t } from "./texts.ts";
import { Heading } from "./worker/heading.tsx";
import { isShared } from "./worker/place.ts";
import { Sitting } from "./worker/sitting.tsx";

function Page(): JSX.Element {
  const now = screen.value;
  switch (now.name) {
    case "visit":
      return <Sitting visit={now.visit} onStaff={isShared(now.visit.place) ? () => askForPin(now.visit) : undefined} />;
    case "gate":
    case "desk":
      return <Staff />;
    case "broken":
      return <Apology title={t("app.failed.title")} body={t("app.failed.body")} again={t("app.failed.retry")} />;
    case "no_link":
      return now.isUnknown ? (
        <Apology title={t("link.unknown.title")} body={t("link.unknown.body")} again={t("link.retry")} />
      ) : (
        <Apology title={t("link.offline.title")} body={t("link.offline.body")} again={t("link.retry")} />
      );
    default:
      return <Opening />;
  }
}

const Opening = (): JSX.Element => (
  <main class="screen">
    <p class="opening" role="status">
      {t("app.loading.label")}
    </p>
  </main>
);

/** A browser asks only once for a part of a page that it could not get; and the hop may have a newer page without that part. */
function tryAgain(): void {
  if (hasUpdate.value) takeOver();
  else if (navigator.onLine) location.reload();
  else void open();
}

const Apology = ({ title, body, again }: { title: string; body: string; again: string }): JSX.Element => (
  <div class="screen">
    <main class="column farewell">
      <span class="roundel large">
        <Icon name="alert" />
      </span>
      <Heading>{title}</Heading>
      <p class="lead">{body}</p>
    </main>
    <footer class="actions">
      <button type="button" class="primary" onClick={tryAgain}>
        {again}
      </button>
    </footer>
  </div>
);

/** Staff's screens come when they are needed; a worker's phone never loads them. */
function Staff(): JSX.Element {
  const [Desk, setDesk] = useState<(() => JSX.Element) | undefined>(undefined);
  useEffect(() => {
    import("./staff/staff.tsx").then(
      (loaded) => setDesk(() => loaded.Staff),
      () => (screen.value = { name: "broken" }),
    );
  }, []);
  return Desk ? <Desk /> : <Opening />;
}

const place = document.getElementById("page");
if (place) render(<Page />, place);
addEventListener("hashchange", () => void open());
keepInstallOffer();
void open().then(() => keepOffline(isFree));
