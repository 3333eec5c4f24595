/** Numbers with a fraction as people write them: a comma or a point, digits in groups or not. */

const MOST_DIGITS = 15;

/** The number that was meant; undefined for an empty field, NaN for what is no number. A lone comma or point begins the fraction. */
export function readDecimal(text: string): number | undefined {
  const tidy = text.replace(/[\s_']/g, "").replace(/^[−–]/, "-");
  if (!tidy) return undefined;
  const fraction = fractionMark(tidy);
  const plain = [...tidy].map((letter, place) => (letter !== "," && letter !== "." ? letter : place === fraction ? "." : "")).join("");
  const isNumber = /^-?(\d+\.?\d*|\.\d+)$/.test(plain) && (fraction === tidy.search(/[.,]/) || isGrouped(tidy, fraction));
  return isNumber && plain.replace(/\D/g, "").length <= MOST_DIGITS ? Number(plain) : NaN;
}

/** Where the fraction begins: at the last mark, unless the same mark stands there several times and so only groups digits. */
function fractionMark(text: string): number {
  const marks = text.match(/[.,]/g) ?? [];
  const last = Math.max(text.lastIndexOf(","), text.lastIndexOf("."));
  return marks.length > 1 && marks.every((mark) => mark === text[last]) ? -1 : last;
}

/** Whether the marks before the fraction stand after every three digits. */
function isGrouped(text: string, fraction: number): boolean {
  const whole = fraction < 0 ? text : text.slice(0, fraction);
  return /^-?\d{1,3}(,\d{3})+$/.test(whole) || /^-?\d{1,3}(\.\d{3})+$/.test(whole);
}
