"""A spoilt registry is refused with every finding, and never half read."""

from datetime import date

import pytest

from schemas.registry.loading import RegistryInvalid
from schemas.registry.reader import read_registry


def codes(folder):
    with pytest.raises(RegistryInvalid) as refused:
        read_registry(folder)
    return {finding.code: finding for finding in refused.value.findings}


def set_on(place, /, **keys):
    return lambda entries: entries[place].update(keys)


def test_the_copy_as_it_is_can_be_read(copied, known):
    assert read_registry(copied).all_entries == known.all_entries


@pytest.mark.parametrize(
    ("stem", "change", "code"),
    [
        ("laws", set_on(0, opinion="x"), "key.unknown"),
        ("laws", set_on(0, opinion=None), "key.unknown"),
        ("laws", set_on(0, source=None), "key.wrong"),
        ("laws", set_on(0, source=[]), "key.wrong"),
        ("laws", set_on(0, source=["S9999"]), "registry.unknown"),
        ("laws", set_on(0, unsettled=["because"]), "registry.unknown"),
        ("laws", set_on(0, unsettled="O6"), "key.wrong"),
        ("laws", set_on(0, confidence="quite"), "key.wrong"),
        ("laws", set_on(0, checked_on="21/11/2026"), "day.shape"),
        ("laws", set_on(0, checked_on="2026-02-30"), "day.none"),
        ("laws", set_on(0, checked_on="20261121"), "day.shape"),
        ("laws", set_on(0, checked_on=None), "registry.unread"),
        ("laws", set_on(0, valid_to="2020-12-31"), "registry.backwards"),
        ("laws", set_on(0, rests_on=["gossip"]), "registry.reference"),
        ("laws", set_on(0, statement="nude text"), "text.shape"),
        ("laws", set_on(0, statement={"vi": "x" * 6_000, "en": "x"}), "text.too_long"),
        ("laws", set_on(0, value=float(10**16)), "key.wrong"),
        ("laws", set_on(0, value=True), "key.wrong"),
        ("laws", set_on(0, audience=["everybody"]), "key.wrong"),
        ("laws", set_on(0, id="F02"), "registry.overlap"),
        ("laws", set_on(0, id="../../F01"), "id.shape"),
        ("laws", lambda entries: entries.append(["not", "an", "entry"]), "key.wrong"),
        ("frameworks", set_on(0, found=False), "registry.slot"),
        ("frameworks", set_on(0, found="no"), "key.wrong"),
        ("targets", set_on(0, parts=[{"label": {"vi": "x"}, "unit": "share", "milestones": []}]), "key.wrong"),
        ("help_lines", set_on(0, number="113; DROP"), "number.shape"),
        ("help_lines", set_on(0, number="+84 113"), "number.shape"),
        ("help_lines", set_on(0, area="99"), "registry.reference"),
        ("occasions", set_on(0, start="13-01"), "month_day.shape"),
        ("provinces", set_on(0, id="04"), "registry.overlap"),
        ("provinces", set_on(0, name="Hà\u0000Nội"), "line.shape"),
        ("wards", set_on(0, within="80000"), "registry.reference"),
        ("sectors", set_on(0, scheme="NACE"), "key.wrong"),
        ("sources", set_on(0, id="S2"), "registry.twice"),
        ("remarks", lambda entries: entries.clear(), "registry.remarks"),
    ],
)  # fmt: skip
def test_a_spoilt_entry_is_refused(spoil, stem, change, code):
    found = codes(spoil(stem, change))
    assert code in found
    assert found[code].message


def test_the_finding_names_file_entry_and_key(spoil):
    found = codes(spoil("laws", set_on(0, checked_on="yesterday")))
    assert found["day.shape"].place == "laws / F01 / checked_on"


def test_all_files_are_told_of_at_once(spoil):
    spoil("laws", set_on(0, opinion="x"))
    found = codes(spoil("provinces", set_on(0, form="kingdom")))
    assert {finding.place.split(" / ")[0] for finding in found.values()} == {"laws", "provinces"}


@pytest.mark.parametrize(
    ("end", "code"), [("2026-06-29", "registry.gap"), ("2026-07-01", "registry.overlap"), (None, "registry.overlap")]
)
def test_two_times_of_one_rule_follow_each_other_day_on_day(spoil, end, code):
    def change(entries):
        old = next(entry for entry in entries if entry["id"] == "F09")
        if end is None:
            del old["valid_to"]
        else:
            old["valid_to"] = end

    assert code in codes(spoil("laws", change))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("entries: [&a x, *a]", "file.alias"),
        ("entries: [!!python/object:os.system x]", "file.tag"),
        ("entries: " + "[" * 60 + "]" * 60, "file.too_deep"),
        ("entries: [", "file.syntax"),
        ("- just\n- a list", "registry.shape"),
        ("entries: []\nextra: 1", "registry.shape"),
        ("entries: {F01: x}", "registry.shape"),
        ("defaults: []\nentries: []", "registry.shape"),
        ("entries: [" + "1," * 501 + "]", "registry.shape"),
        ("# " + "x" * 1_100_000, "file.too_large"),
        ("", "registry.shape"),
    ],
    ids=lambda value: str(value)[:20],
)  # fmt: skip
def test_a_hostile_file_is_refused(copied, text, code):
    (copied / "laws.yaml").write_text(text, encoding="utf-8")
    assert code in codes(copied)


def test_other_encodings_are_refused(copied):
    (copied / "laws.yaml").write_bytes("entries: ['Huế']".encode("utf-16"))
    assert "file.encoding" in codes(copied)


def test_a_missing_file_is_told_of(copied):
    (copied / "targets.yaml").unlink()
    assert codes(copied)["registry.missing"].place == "targets"


def test_a_default_can_be_taken_back(spoil):
    folder = spoil("laws", set_on(1, checked_on=None, confidence="medium"))
    changed = read_registry(folder).entry("law", "F02", date(2026, 11, 25))
    assert changed.checked_on is None
