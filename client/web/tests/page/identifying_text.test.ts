import { expect, test } from "vitest";
import { warningsIn } from "../../src/worker/identifying_text.ts";

test.each([
  ["gọi tôi số 0912 345 678", ["phone"]],
  ["CCCD 001099012345", ["phone"]],
  ["+84.912.345.678", ["phone"]],
  ["viết cho lan.tran@congty.vn", ["email"]],
  ["zalo: lanmay", ["email"]],
  ["chị Lan ở chuyền 3 hay la mắng", ["name"]],
  ["Sếp Hùng không cho nghỉ", ["name"]],
  ["Nguyễn Văn Bình tổ 2", ["name"]],
  ["ông Trần Văn A, 0912345678", ["phone", "name"]],
])("%s", (text, expected) => {
  expect(warningsIn(text)).toEqual(expected);
});

test.each([
  "Mong có nhà trẻ gần công ty.",
  "Anh Chị em trong tổ đều vất vả",
  "Từ năm 2020 đến 2026 lương tăng 5%",
  "Tôi làm ở Hà Nội, trước ở Cao Bằng",
  "chị em nghỉ thai sản 6 tháng",
  "I would like a nursery near the factory.",
  "Lê thê quá",
  "",
])("nothing to warn about in: %s", (text) => {
  expect(warningsIn(text)).toEqual([]);
});

test("text typed in decomposed letters is read like any other", () => {
  expect(warningsIn("Nguyễn Thị Hoa".normalize("NFD"))).toEqual(["name"]);
});
