/** Calendar days as responses carry them: the day itself, or the first day of its week or month. Never a time. */

export type DayUnit = "day" | "week" | "month";

const two = (number: number): string => String(number).padStart(2, "0");

export const dayOf = (moment: Date): string => `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;

export function coarseDay(day: string, unit: DayUnit): string {
  if (unit === "month") return `${day.slice(0, 8)}01`;
  const moment = new Date(`${day}T12:00`);
  return unit === "week" ? dayOf(new Date(moment.getFullYear(), moment.getMonth(), moment.getDate() - ((moment.getDay() + 6) % 7))) : day;
}

/** The day itself, or the nearest of the period: a clock that is years off shall mark nothing by an odd date. */
export const dayWithin = (day: string, { from, to }: { readonly from: string; readonly to: string }): string => (day < from ? from : day > to ? to : day);
