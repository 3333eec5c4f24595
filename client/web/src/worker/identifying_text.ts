/** Looks for what could name a person in free text, before it is sealed. It warns and never forbids: a word can be innocent. */

export type Warning = "phone" | "email" | "name";

const NUMBER = /(?:\+?\d[\s.()-]{0,2}){8,}/u;
const ADDRESS = /[\p{L}\d._%+-]+\s?@\s?[\p{L}\d-]+|(?:facebook|fb|zalo|tiktok|instagram)\s*[:./@]\s*\S+/iu;

/** Titles that stand before a name, then a word with a capital letter: "chị Lan", "ông Trần Văn A". */
const TITLED = /(?:^|[\s,.;:("“])(?:anh|chị|ông|bà|cô|chú|bác|em|sếp|tổ trưởng|chuyền trưởng|quản đốc|giám đốc|trưởng phòng|mr|mrs|ms|manager|supervisor)\.?\s+(\p{Lu}\p{L}*)/iu;

/** A family name that is common in Viet Nam, then one or more capitalised words. */
const FAMILY =
  /(?:^|[\s,.;:("“])(?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Đoàn|Trịnh|Mai|Lương|Trương|Tạ|Hà|Cao|Tô|Châu|Nguyen|Tran|Le|Pham|Hoang|Huynh|Vu|Vo|Dang|Bui|Ngo|Duong)(?:\s+\p{Lu}\p{Ll}*){1,4}(?=$|[\s,.;:)!?”"])/u;

/** Places and bodies that begin like a person's name. */
const INNOCENT = /\b(?:Hà (?:Nội|Nam|Tĩnh|Giang)|Cao Bằng|Lý Sơn|Mai Châu|Châu Đốc|Châu Âu|Châu Á|Hồ Chí Minh|Đinh Lăng|Lê Duẩn)\b/gu;

export function warningsIn(text: string): Warning[] {
  const plain = text.normalize("NFC");
  const found: Warning[] = [];
  if (NUMBER.test(plain)) found.push("phone");
  if (ADDRESS.test(plain)) found.push("email");
  if (hasName(plain.replace(INNOCENT, " "))) found.push("name");
  return found;
}

function hasName(text: string): boolean {
  const titled = TITLED.exec(text)?.[1];
  return (titled !== undefined && isCapital(titled)) || FAMILY.test(text);
}

/** The expression above ignores case for the title; the name itself has to begin with a capital, and "Anh Chị" is nobody. */
function isCapital(word: string): boolean {
  const first = word.charAt(0);
  return first === first.toLocaleUpperCase("vi") && first !== first.toLocaleLowerCase("vi") && !/^(?:Chị|Anh|Em|Ấy|Tôi)$/u.test(word);
}
