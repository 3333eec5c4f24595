import { describe, expect, test } from "vitest";
import { linkCode } from "../../src/link_code.ts";
import { fc } from "../transport/properties.ts";

/** As the server draws them now, and as it did before. */
const CODES = ["CGHKMNPQTV2345789", "7K2MABCDWXYZ39"];
const ALPHABETS: readonly [string, number][] = [
  ["CGHKMNPQTV2345789", 17],
  ["23456789ABCDEFGHJKMNPQRSTVWXYZ", 14],
];

/** What browsers, messengers, mail programs and people make of `#/l/CODE`. */
const SHAPES = [
  "#/l/CODE",
  "#/l/CODE.",
  "#/l/CODE,",
  "#/l/CODE/",
  "#/l/CODE ",
  "#/l/CODE%20",
  "#/l/CODE)",
  "#/l/CODE]",
  "#/l/CODE>",
  "#/l/CODE\"",
  "#/l/CODE'",
  "#/l/CODE”",
  "#/l/CODE!",
  "#/l/CODE…",
  "#/l/CODE?fbclid=IwAR0abc",
  "#/l/CODE&utm_source=zalo",
  "#/l/CODE#",
  "#/l/CODE#fragment",
  "#/l/CODE\u200b",
  "#/l/\u200bCODE",
  "#/l/CODE%E2%80%8B",
  "#/l/CODE\ufeff",
  "#/l/CODE\u00a0",
  "#/l/CODE%0D%0A",
  "#/l/CODE%20M%E1%BB%9Di%20m%E1%BB%8Di%20ng%C6%B0%E1%BB%9Di%20tr%E1%BA%A3%20l%E1%BB%9Di",
  "#/l/CODE Mời mọi người trả lời",
  "#/l/CODEMời",
  "#/l/CODE%",
  "#/l/CODE%E2%80",
  "#/l//CODE",
  "#//l/CODE",
  "#l/CODE",
  "#!/l/CODE",
  "#/L/CODE",
  "#/1/CODE",
  "#/I/CODE",
  "#\\l\\CODE",
  "#/l/l/CODE",
  "#/l/_CODE_",
  "#35;/l/CODE",
  "#%2Fl%2FCODE",
  "/%23/l/CODE",
  "/%23%2Fl%2FCODE",
  "/%2523/l/CODE",
  "/l/CODE",
  "/l/CODE/",
  "/l/CODE?fbclid=IwAR0abc",
  "/?fbclid=IwAR0abc#/l/CODE",
];

describe("the code of a link", () => {
  describe.each(CODES)("%s", (code) => {
    test.each(SHAPES)("is found in %j", (shape) => {
      expect(linkCode(shape.replace("CODE", code))).toBe(code);
      expect(linkCode(shape.replace("CODE", code.toLowerCase()))).toBe(code);
    });
  });

  test.each(["#/l/7K2M-ABCD-WXYZ-39", "#/l/7K2MABCD%20WXYZ39", "#/l/7K2MABCDWX\nYZ39", "#/l/\uff17K2MABCDWXYZ39"])("is put together from %j", (shape) => {
    expect(linkCode(shape)).toBe("7K2MABCDWXYZ39");
  });

  test("is put together from the groups in which it is read out", () => {
    expect(linkCode("#/l/CGHKM-NPQTV-23457-89")).toBe("CGHKMNPQTV2345789");
  });

  test.each(ALPHABETS)("of %s is found whatever stands behind it", (alphabet, length) => {
    const code = fc.array(fc.constantFrom(...alphabet), { minLength: length, maxLength: length }).map((letters) => letters.join(""));
    fc.assert(
      fc.property(code, fc.string({ unit: "grapheme" }), (letters, behind) => {
        expect(linkCode(`#/l/${letters}${behind}`)).toBe(letters);
      }),
    );
  });

  test.each(["", "#", "#/", "#/l/", "/", "/?l=1", "/answer", "/console/l", "#/x/7K2MABCDWXYZ39", "#/%%%"])("is not found in %j", (shape) => {
    expect(linkCode(shape)).toBeUndefined();
  });

  test("of another kind stays as it is written", () => {
    expect(linkCode("#/l/lien-ket-cong-doan")).toBe("lien-ket-cong-doan");
    expect(linkCode("#/l/vi_Ab-9_x.")).toBe("vi_Ab-9_x");
    expect(linkCode("#/l/7K2")).toBe("7K2"); // cut off: the hop says that there is no such link
  });
});
