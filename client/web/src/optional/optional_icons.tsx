/** Icons that only this chunk uses, in the stroke of the others. */
import type { JSX } from "preact";
import { IconPath } from "../icons.tsx";

const PATHS = {
  up: "M5.500 14.500 12 8l6.500 6.500",
  down: "M5.500 9.500 12 16l6.500-6.500",
  sound: "M4 9.500v5h3.500l4.500 4V5.500l-4.500 4zM15.500 9c1.300 1.700 1.300 4.300 0 6M18 6.500c2.700 3.200 2.700 7.800 0 11",
  stop: "M7 7h10v10H7z",
} as const;

export const OptionalIcon = ({ name }: { name: keyof typeof PATHS }): JSX.Element => <IconPath path={PATHS[name]} />;
