"""Where the focus is shows calmly and plainly; only what is wrong looks wrong."""

import pytest

from tests.support.page_optional_fields import asking

CONTRAST = """one => {
  const light = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(Number).map(part => part / 255)
    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0.05);
  const [ring, around] = [getComputedStyle(one).outlineColor, getComputedStyle(document.body).backgroundColor].map(light);
  return Math.max(ring, around) / Math.min(ring, around);
}"""
COLOURS = (
    "one => { const {outlineColor, borderTopColor} = getComputedStyle(one); return [outlineColor, borderTopColor]; }"
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_field_that_one_writes_in_does_not_look_like_a_mistake(worker, page, scheme):
    page.emulate_media(color_scheme=scheme)
    phone = worker(asking("hours"))
    phone.field("hours").fill("17")
    ring, border = phone.field("hours").evaluate(COLOURS)
    assert phone.field("hours").evaluate(CONTRAST) >= 3
    phone.goes_on()
    wrong = page.locator(".problem:not(:empty)").evaluate("one => getComputedStyle(one).color")
    assert ring != wrong != border
    assert phone.field("hours").evaluate(COLOURS) == [ring, wrong]
