/** Calendar days as responses carry them: the day itself, or the first day of its week or month. Never a time. */

/** From one ISO day to another, both included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

export type DayUnit = "day" | "week" | "month";

const two = (number: number): string => String(number).padStart(2, "0");

export const dayOf = (moment: Date): string => `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;

export function coarseDay(day: string, unit: DayUnit): string {
  if (unit === "month") return `${day.slice(0, 8)}01`;
  const moment = new Date(`${day}T12:00`);
  return unit === "week" ? dayOf(new Date(moment.getFullYear(), moment.getMonth(), moment.getDate() - ((moment.getDay() + 6) % 7))) : day;
}

/** The day itself, or the nearest of the period: a clock that is years off shall mark nothing by an odd date. */
export const dayWithin = (day: string, { from, to }: Period): string => (day < from ? from : day > to ? to : day);

let period: Period | undefined;

/** From now on answers are judged within this campaign's period. */
export const answerWithin = (campaign: Period): void => void (period = campaign);

/** The day by which answers are judged and recorded: inside the campaign's period, whatever the device's clock says. */
export const today = (): string => (period ? dayWithin(dayOf(new Date()), period) : dayOf(new Date()));
