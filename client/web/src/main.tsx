/** Where the page starts. */
import { type ComponentChildren, type JSX, render } from "preact";
import { useEffect, useErrorBoundary, useState } from "preact/hooks";
import { askForPin, follow, isFree, isKiosk, isOver, open, screen } from "./app.ts";
import { keepInstallOffer } from "./device/installing.ts";
import { lost } from "./device/loss.ts";
import { hasUpdate, keepOffline, takeOver } from "./device/updating.ts";
import { Icon } from "./icons.tsx";
import "./look.css";
import { t } from "./texts.ts";
import { Heading } from "./worker/heading.tsx";
import { isShared } from "./worker/place.ts";
import { Sitting, StillThere } from "./worker/sitting.tsx";
import { tablet } from "./worker/seldom.ts";
import { StillHere, whyClosed } from "./worker/link.tsx";

function Page(): JSX.Element {
  const now = screen.value;
  const [fault, forgive] = useErrorBoundary();
  if (fault) return <Ended isOver={false} onAgain={forgive} />;
  switch (now.name) {
    case "visit":
      if (isShared(now.visit.place) && now.visit.stage.value === "welcome" && isOver(now.visit.place)) return <Ended isOver />;
      return <Sitting visit={now.visit} onStaff={isShared(now.visit.place) ? () => askForPin(now.visit) : undefined} />;
    case "gate":
      return (
        <>
          <Staff />
          {now.visit && <StillThere visit={now.visit} />}
        </>
      );
    case "desk":
      return <Staff />;
    case "ended":
      return <Ended isOver={now.isOver} />;
    case "broken":
      return (
        <Apology title={t("app.failed.title")} body={t("app.failed.body")} again={t("app.failed.retry")}>
          {lost.value !== undefined && <p role="status">{t("app.failed.lost", { count: lost.value })}</p>}
        </Apology>
      );
    case "no_link":
      return (
        <Apology {...whyClosed(now.closed)} again={t("link.retry")}>
          <StillHere />
        </Apology>
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

/** A sitting that cannot go on still holds the device until staff come with their PIN. */
function Ended({ isOver, onAgain }: { isOver: boolean; onAgain?: () => void }): JSX.Element {
  const say = tablet.value?.sayOnTablet;
  const way = isOver ? "kiosk.over" : "kiosk.unreadable";
  return <Apology title={say?.(`${way}.title`) ?? t("app.failed.title")} body={say?.(`${way}.body`) ?? ""} again={t("link.retry")} onAgain={onAgain} />;
}

interface ApologyProps {
  readonly title: string;
  readonly body: string;
  readonly again: string;
  readonly onAgain?: (() => void) | undefined;
  readonly children?: ComponentChildren;
}

const Apology = ({ title, body, again, onAgain, children }: ApologyProps): JSX.Element => (
  <div class="screen">
    <main class="column farewell">
      <span class="roundel large">
        <Icon name="alert" />
      </span>
      <Heading>{title}</Heading>
      <p class="lead">{body}</p>
      {children}
    </main>
    <footer class="actions">
      {isKiosk.value && (
        <button
          type="button"
          class="secondary"
          onClick={() => {
            onAgain?.();
            askForPin();
          }}
        >
          <Icon name="staff" /> {t("welcome.staff")}
        </button>
      )}
      <button
        type="button"
        class="primary"
        onClick={() => {
          onAgain?.();
          tryAgain();
        }}
      >
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

/** Where check.js found something missing, the sentence of index.html stays; else it makes room. */
function start(place: HTMLElement): void {
  place.textContent = "";
  render(<Page />, place);
  addEventListener("hashchange", follow);
  keepInstallOffer();
  void open().then(() => keepOffline(isFree));
}

const place = document.getElementById("page");
if (place && !document.documentElement.hasAttribute("data-too-old")) start(place);
