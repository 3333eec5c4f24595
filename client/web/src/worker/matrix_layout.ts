/**
 * Chooses how a matrix is laid out by measuring it: letters have other widths on every device, so counting them says too little.
 * Where nothing can be measured (an old browser) every scale is a list, which fits always.
 */

const MOST_SIDE_BY_SIDE = 5;
const TABLE_FROM_EM = 54;
/** What a statement needs beside its cells, its margins and the way to clear it. */
const LABEL_EM = 21.5;
const LAYOUTS = ["table", "row", "tight"] as const;

/** Lay it out now, and anew whenever its room or the size of its letters changes. Gives what ends that. */
export function keepLayoutFitting(matrix: HTMLElement): (() => void) | undefined {
  if (!("ResizeObserver" in globalThis)) return undefined;
  let measured = "";
  const fit = (): void => {
    const room = `${matrix.clientWidth} ${em(matrix)}`;
    if (room === measured) return;
    measured = room;
    matrix.dataset["layout"] = LAYOUTS.find((layout) => fits(matrix, layout)) ?? "list";
  };
  fit();
  // In the next frame, since a new layout changes what is observed; the room it has does not change with it.
  const observer = new ResizeObserver(() => requestAnimationFrame(fit));
  observer.observe(matrix);
  return () => observer.disconnect();
}

const em = (element: Element): number => parseFloat(getComputedStyle(element).fontSize);

function fits(matrix: HTMLElement, layout: (typeof LAYOUTS)[number]): boolean {
  matrix.dataset["layout"] = layout;
  if (layout === "table") return fitsAsTable(matrix);
  const scale = matrix.querySelector(".scale");
  return scale !== null && scale.childElementCount <= MOST_SIDE_BY_SIDE && scale.scrollWidth <= scale.clientWidth;
}

/** The columns are as wide as the longest word above them. */
function fitsAsTable(matrix: HTMLElement): boolean {
  if (matrix.clientWidth < TABLE_FROM_EM * em(matrix)) return false;
  matrix.style.removeProperty("--cell");
  const heads = [...matrix.querySelectorAll<HTMLElement>(".head")];
  const width = Math.max(...heads.map((head) => (head.scrollWidth > head.clientWidth ? head.scrollWidth + em(head) : head.offsetWidth)));
  matrix.style.setProperty("--cell", `${Math.ceil(width)}px`);
  return matrix.clientWidth >= heads.length * width + LABEL_EM * em(matrix);
}
