/**
 * The code in the address of a link, whatever messengers, keyboards and people put around it: a full stop or a slash behind it,
 * `%23` for `#`, tracking parameters, invisible signs, the sentence that followed.
 */

const CODE = /^[\w-]{1,64}/;
/** Also as somebody copies it from paper: with 1 or I for l, or the other slash. */
const PLACE = /(?:^|[/#\\])(?:[l1i|][/\\]+)+[\W_]*(.+)/is;
/** The server's own codes (server/keys/codes.py), now and before. They have no small letters: where there are some, a keyboard made them. */
const OF_SERVER = /^(?:[CGHKMNPQTV2-57-9]{17}|[2-9A-HJKMNP-TV-Z]{14})/i;

/** The code that one part of an address holds, if it holds one. */
export function linkCode(part: string): string | undefined {
  const [, rest = ""] = PLACE.exec(plain(part)) ?? [];
  return OF_SERVER.exec(rest.replace(/[\s-]/g, ""))?.[0].toUpperCase() ?? CODE.exec(rest)?.[0];
}

/** Unescaped, as often as it was escaped; without signs that nobody sees, and with wide letters made narrow. */
function plain(address: string): string {
  let text = address;
  for (let times = 0; times < 3; times += 1) text = text.replace(/(?:%[0-9a-f]{2})+/gi, decoded);
  return text.normalize("NFKD").replace(/\p{Cf}|\p{Cc}/gu, "");
}

function decoded(escaped: string): string {
  try {
    return decodeURIComponent(escaped);
  } catch {
    return " ";
  }
}
