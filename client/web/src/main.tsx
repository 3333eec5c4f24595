/** Where the page starts. */
import { type ComponentChildren, type JSX, render } from "preact";
import { useEffect, useErrorBoundary, useState } from "preact/hooks";
import { askForPin, backToVisit, endKiosk, followAddress, handOver, mayReload, isOver, loadStaff, openFirstScreen } from "./app.ts";
import { missingEnvelopes } from "./device/data_loss.ts";
import { keepInstallOffer } from "./device/installing.ts";
import { activateUpdate, hasUpdate, keepOffline } from "./device/updating.ts";
import { Icon } from "./icons.tsx";
import "./main.css";
import { isKiosk, screen, type StaffActions } from "./screens.ts";
import { t } from "./texts.ts";
import { Heading } from "./worker/heading.tsx";
import { WaitingEnvelopes, whyClosed } from "./worker/link_notices.tsx";
import { tabletModule } from "./worker/optional_parts.ts";
import { isSharedDevice } from "./worker/session.ts";
import { IdleWarning, VisitScreen } from "./worker/visit_screen.tsx";

function Page(): JSX.Element {
  const now = screen.value;
  const [fault, forgive] = useErrorBoundary();
  if (fault) return <Ended isOver={false} onAgain={forgive} />;
  switch (now.name) {
    case "visit":
      if (isSharedDevice(now.visit.session) && now.visit.stage.value === "welcome" && isOver(now.visit.session)) return <Ended isOver />;
      return <VisitScreen visit={now.visit} onStaff={isSharedDevice(now.visit.session) ? () => void askForPin(now.visit) : undefined} />;
    case "gate":
      return (
        <>
          <Staff />
          {now.visit && <IdleWarning visit={now.visit} />}
        </>
      );
    case "desk":
      return <Staff />;
    case "ended":
      return <Ended isOver={now.isOver} />;
    case "broken":
      return (
        <Apology title={t("app.failed.title")} body={t("app.failed.body")} again={t("app.failed.retry")}>
          {missingEnvelopes.value !== undefined && <p role="status">{t("app.failed.lost", { count: missingEnvelopes.value })}</p>}
        </Apology>
      );
    case "no_link":
      return (
        <Apology {...whyClosed(now.closed)} again={t("link.retry")}>
          <WaitingEnvelopes />
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

/** A browser asks only once for a chunk that it could not get; and the hop may have a newer page without that chunk. */
function tryAgain(): void {
  if (hasUpdate.value) activateUpdate();
  else if (navigator.onLine) location.reload();
  else void openFirstScreen();
}

/** A sitting that cannot go on still holds the device until staff come with their PIN. */
function Ended({ isOver, onAgain }: { isOver: boolean; onAgain?: () => void }): JSX.Element {
  const say = tabletModule.value?.tTablet;
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
    <main class="column end-screen">
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
            void askForPin();
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

const ACTIONS: StaffActions = { open: openFirstScreen, handOver, endKiosk, backToVisit };

/** Staff's screens come when they are needed; a worker's phone never loads them. */
function Staff(): JSX.Element {
  const [Screens, setScreens] = useState<((props: { actions: StaffActions }) => JSX.Element) | undefined>(undefined);
  useEffect(() => {
    loadStaff().then(
      (loaded) => setScreens(() => loaded.Staff),
      () => (screen.value = { name: "broken" }),
    );
  }, []);
  return Screens ? <Screens actions={ACTIONS} /> : <Opening />;
}

/** Where check.js found something missing, the sentence of index.html stays; else it makes room. */
function start(place: HTMLElement): void {
  place.textContent = "";
  render(<Page />, place);
  addEventListener("hashchange", followAddress);
  keepInstallOffer();
  void openFirstScreen().then(() => keepOffline(mayReload));
}

const place = document.getElementById("page");
if (place && !document.documentElement.hasAttribute("data-too-old")) start(place);
