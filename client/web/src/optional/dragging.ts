/** Moving a row of a list with a finger or a mouse. A grip starts it, so that a touch anywhere else still scrolls the page. */
import { useEffect, useRef, useState } from "preact/hooks";

const FROM_HERE_ON = 6;
const NEAR_EDGE = 96;
const STEP = 9;

interface DraggedRow {
  readonly name: string;
  readonly from: number;
  y: number;
  frame: number;
}

interface Dragging {
  /** The row that is being moved. */
  readonly held: string | undefined;
  readonly handlers: {
    onPointerDown(event: PointerEvent): void;
    onPointerMove(event: PointerEvent): void;
    onPointerUp(): void;
    onPointerCancel(): void;
  };
}

/** Rows are children of the list with `data-name`, their grips have `data-grip`. `index` counts the other rows above the finger. */
export function useDragging(list: { current: HTMLElement | null }, moveTo: (name: string, index: number) => void): Dragging {
  const held = useRef<DraggedRow | undefined>(undefined);
  const move = useRef(moveTo);
  move.current = moveTo;
  const [name, show] = useState<string | undefined>(undefined);
  const settle = (): void => {
    const { current: now } = held;
    if (!now || !list.current) return;
    const others = [...list.current.children].filter((row) => (row as HTMLElement).dataset["name"] !== now.name);
    move.current(now.name, others.filter((row) => middleOf(row) < now.y).length);
  };
  const follow = (): void => {
    if (!held.current) return;
    const step = held.current.y < NEAR_EDGE ? -STEP : held.current.y > innerHeight - NEAR_EDGE ? STEP : 0;
    if (step) scrollBy(0, step);
    settle();
    held.current.frame = requestAnimationFrame(follow);
  };
  const drop = (): void => {
    cancelAnimationFrame(held.current?.frame ?? 0);
    held.current = undefined;
    show(undefined);
  };
  useEffect(() => drop, []);
  const onPointerMove = (event: PointerEvent): void => {
    const { current: now } = held;
    if (!now) return;
    now.y = event.clientY;
    if (now.frame || Math.abs(now.y - now.from) < FROM_HERE_ON) return;
    list.current?.setPointerCapture(event.pointerId);
    show(now.name);
    follow();
  };
  const onPointerDown = (event: PointerEvent): void => {
    const grip = (event.target as Element).closest("[data-grip]");
    const row = grip?.closest<HTMLElement>("[data-name]")?.dataset["name"];
    if (row && event.isPrimary && event.button === 0) held.current = { name: row, from: event.clientY, y: event.clientY, frame: 0 };
  };
  return { held: name, handlers: { onPointerDown, onPointerMove, onPointerUp: drop, onPointerCancel: drop } };
}

function middleOf(row: Element): number {
  const { top, height } = row.getBoundingClientRect();
  return top + height / 2;
}
