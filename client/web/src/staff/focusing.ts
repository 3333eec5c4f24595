/** After a tap that changes the desk, staff see what comes next, and the keyboard and screen readers go on from there. */

/** `whole` is what should be in sight as far as it fits, from its top on. */
export function focusAndShow(place: HTMLElement | null | undefined, whole: HTMLElement | null = place ?? null): void {
  place?.focus({ preventScroll: true });
  whole?.scrollIntoView({ block: "start" });
}
