"""A file is read without trust: whatever is in it, the answer is a survey or a finding, soon."""

from contextlib import suppress

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.file_reading import LARGEST_FILE, read_bytes
from schemas.findings import SurveyInvalid
from schemas.survey import read_survey
from tests.support.bounded_work import bounded_work
from tests.support.surveys import document

BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n"
REFUSED = {
    "larger than any survey": (b"x" * (LARGEST_FILE + 1), "file.too_large"),
    "in another encoding": ("title: Công đoàn".encode("utf-16"), "file.encoding"),
    "in an old Vietnamese encoding": ("title: cảm ơn".encode("cp1258", "replace") + b"\xf0", "file.encoding"),
    "an alias bomb": (BOMB.encode(), "file.alias"),
    "a tag that would run code": (b"!!python/object/apply:os.system ['true']", "file.tag"),
    "a tag on a plain value": (b"id: !!str 5", "file.tag"),
    "flow brackets without end": (b"[" * 50_000, "file.too_deep"),
    "deep block lists": (b"\n".join(b" " * depth + b"- " for depth in range(200)), "file.too_deep"),
    "a key twice": (b"id: a\nversion: 1\nid: b\n", "file.syntax"),
    "a key that is a list": (b"? [a, b]\n: c\n", "file.syntax"),
    "broken YAML": (b"a: [b\nc: d", "file.syntax"),
    "control characters": (b"a: \x00", "file.syntax"),
    "many keys and one of them twice": (b"".join(b"k%d: 1\n" % n for n in range(60_000)) + b"k0: 1\n", "file.syntax"),
    "two documents": (b"a: 1\n---\nb: 2\n", "file.syntax"),
}
REFUSED_JSON = {
    "deep JSON": (b"[" * 100_000, "file.too_deep"),
    "broken JSON": (b'{"a": ', "file.syntax"),
    "a JSON key twice": (b'{"a": 1, "a": 2}', "file.syntax"),
    "a number beyond numbers": (b'{"a": Infinity}', "file.syntax"),
    "a number of many digits": (b'{"a": ' + b"9" * 5000 + b"}", "file.syntax"),
}


@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED)
def test_hostile_yaml_is_a_finding(data, code):
    with bounded_work(), pytest.raises(SurveyInvalid) as refused:
        read_bytes(data, as_json=False)
    assert [finding.code for finding in refused.value.findings] == [code]


@pytest.mark.parametrize(("data", "code"), REFUSED_JSON.values(), ids=REFUSED_JSON)
def test_hostile_json_is_a_finding(data, code):
    with pytest.raises(SurveyInvalid) as refused:
        read_bytes(data, as_json=True)
    assert [finding.code for finding in refused.value.findings] == [code]


def test_the_message_names_the_line():
    with pytest.raises(SurveyInvalid, match="line 3"):
        read_bytes(b"a: 1\nb: [\n", as_json=False)
    with pytest.raises(SurveyInvalid, match="line 3: the key"):
        read_bytes(b"x: 1\ny:\n  a: 1\n  a: 2\n", as_json=False)


def test_a_number_with_very_many_digits_is_told_in_words_for_authors():
    with pytest.raises(SurveyInvalid, match="is no number that a survey can use"):
        read_bytes(b'{"version": ' + b"9" * 5_000 + b"}", as_json=True)


def test_words_stay_words():
    text = "[yes, no, on, off, NO, 2026-01-01, 010, 1:30, 0x10, 1_000, .5, 1e3, Null, True]"
    assert read_bytes(text.encode(), as_json=False) == text[1:-1].split(", ")
    assert read_bytes(b"[true, false, null, 5, -3, 0.25, ~]", as_json=False) == [True, False, None, 5, -3, 0.25, None]


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    path = tmp_path / "survey.yaml"
    path.write_text("\ufeff" + yaml.safe_dump(document(), allow_unicode=True), "utf-8")
    assert read_survey(path).id == "test"


def test_a_file_that_is_not_there_is_a_finding(tmp_path):
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(SurveyInvalid, match="cannot be read"):
            read_survey(path)


@settings(max_examples=300, deadline=None)
@given(
    data=st.binary(max_size=60) | st.text("ab:-[]{}&*!|>'\"#%@`?, \n\t", max_size=60).map(str.encode),
    as_json=st.booleans(),
)
def test_no_bytes_bring_the_reader_down(data, as_json):
    with suppress(SurveyInvalid):
        read_bytes(data, as_json=as_json)
