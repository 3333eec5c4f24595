/** Some browsers offer to put the page on the home screen; the offer is kept for staff, workers are not bothered with it. */
import { signal } from "@preact/signals";

interface InstallOffer extends Event {
  prompt(): Promise<unknown>;
}

export const offer = signal<InstallOffer | undefined>(undefined);

export function keepInstallOffer(): void {
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offer.value = event as InstallOffer;
  });
  addEventListener("appinstalled", () => {
    offer.value = undefined;
  });
}
