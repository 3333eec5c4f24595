/** Calendar days as responses carry them: the day itself, or the first day of its week or month. Never a time. */

export type DayUnit = "day" | "week" | "month";

const two = (number: number): string => String(number).padStart(2, "0");

export const dayOf = (moment: Date): string => `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;

export function coarseDay(moment: Date, unit: DayUnit): string {
  if (unit === "month") return dayOf(new Date(moment.getFullYear(), moment.getMonth(), 1));
  if (unit === "week") return dayOf(new Date(moment.getFullYear(), moment.getMonth(), moment.getDate() - ((moment.getDay() + 6) % 7)));
  return dayOf(moment);
}
