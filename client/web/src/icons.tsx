/** The page's few pictures, drawn in one stroke weight. They never stand alone: a word is always beside or behind them. */
import type { JSX } from "preact";

const PATHS = {
  mask: "M4 6.500c2.500-1 5.300-1.500 8-1.500s5.500.5 8 1.500v5c0 4.500-3.400 7.500-8 8.500-4.600-1-8-4-8-8.500zM8 11c.8-.7 2-.7 2.800 0M13.200 11c.8-.7 2-.7 2.800 0M9.500 15.200c1.500.9 3.500.9 5 0",
  lock: "M6.500 10.500h11a1.500 1.500 0 0 1 1.500 1.500v6.500a1.500 1.500 0 0 1-1.500 1.500h-11A1.500 1.500 0 0 1 5 18.500V12a1.500 1.500 0 0 1 1.500-1.500zM8.500 10.500V7.500a3.500 3.500 0 0 1 7 0v3M12 14v2.500",
  people: "M9 11.500a3.200 3.200 0 1 0 0-6.400 3.200 3.200 0 0 0 0 6.400zM3 19c.4-3.200 2.900-5 6-5s5.600 1.800 6 5M16 5.400a3 3 0 0 1 0 5.800M17.500 14.300c2 .7 3.300 2.400 3.500 4.700",
  back: "M14.500 5.500 8 12l6.500 6.500",
  next: "M9.500 5.500 16 12l-6.500 6.500",
  cover: "M3 12c2.200-4 5.300-6 9-6 1.300 0 2.500.2 3.600.7M20 9.700c.4.7.7 1.400 1 2.300-2.200 4-5.300 6-9 6-1.300 0-2.500-.2-3.600-.7M5 19 19 5",
  exit: "M10 4.500H6.500A1.500 1.500 0 0 0 5 6v12a1.500 1.500 0 0 0 1.500 1.500H10M14.500 8l4 4-4 4M18.500 12H9.500",
  phone: "M7 4h2.500l1.500 4-2 1.500a11 11 0 0 0 5.500 5.500l1.500-2 4 1.500V17c0 1.700-1.300 3-3 3C10.500 20 4 13.500 4 7c0-1.700 1.300-3 3-3z",
  alert: "M12 4.500 21 19.500H3zM12 10v4.500M12 17v.2",
  check: "M5 12.500l4.500 4.500L19 7.500",
  clock: "M12 20.500a8.500 8.500 0 1 0 0-17 8.500 8.500 0 0 0 0 17zM12 7.500V12l3 2",
  eye: "M3 12c2.200-4 5.300-6 9-6s6.800 2 9 6c-2.200 4-5.300 6-9 6s-6.800-2-9-6zM12 14.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z",
  sync: "M20 5.500v5h-5M4 18.500v-5h5M19.300 10.500A7.500 7.500 0 0 0 6 7.700L4.800 9M4.700 13.500A7.500 7.500 0 0 0 18 16.300l1.200-1.300",
  staff: "M12 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM5 20c.5-4 3.300-6 7-6s6.500 2 7 6z",
  site: "M4 20V9l5 3V9l5 3V5.500h6V20zM8 16h1.500M12.500 16H14",
  close: "M6 6l12 12M18 6 6 18",
} as const;

export type IconName = keyof typeof PATHS;

export const IconPath = ({ path }: { path: string }): JSX.Element => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d={path} />
  </svg>
);

export const Icon = ({ name }: { name: IconName }): JSX.Element => <IconPath path={PATHS[name]} />;

/** The mark of the project: a word spoken, and the waves in which it is heard. */
export const Waves = (): JSX.Element => (
  <svg class="waves" viewBox="0 0 200 200" aria-hidden="true">
    <path d="M40 60c28 22 28 58 0 80M72 36c44 36 44 92 0 128M104 12c62 50 62 126 0 176M136-10c80 62 80 158 0 220" />
  </svg>
);
