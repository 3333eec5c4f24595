"""Codes survive keyboards, eyes and habits: what is typed is read as what was said."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.codes import ALPHABET, new_code, readings
from tests.support.envelopes import SeededChance
from tests.support.vietnamese_keyboards import telex, vni

OLD_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
codes = st.integers(0, 2**64).map(lambda seed: new_code(SeededChance(seed), 15))
old_codes = st.text(OLD_ALPHABET, min_size=8, max_size=8)


def share_changed(keyboard, count=4000):
    chance = SeededChance("old")
    made = ["".join(OLD_ALPHABET[byte % 30] for byte in chance.bytes(8)) for _ in range(count)]
    return sum(keyboard(code) != code for code in made) / count


def test_the_keyboards_of_these_tests_do_what_was_seen_in_the_field():
    assert telex("ASK7WD42") == "ÁK7ƯD42"
    assert (telex("DANG DDOO"), vni("D9A2NG")) == ("DANG ĐÔ", "ĐÀNG")
    assert share_changed(telex) > 0.3
    assert share_changed(vni) > 0.1


@pytest.mark.parametrize("keyboard", [telex, vni])
def test_no_keyboard_changes_any_three_letters_of_a_code(keyboard):
    runs = ("".join(run) for run in itertools.product(ALPHABET, repeat=3) if run[0] != run[1] != run[2])
    assert [run for run in runs if keyboard(run) != run] == []


@given(codes)
def test_no_keyboard_changes_a_whole_code(code):
    groups = "-".join(code[start : start + 5] for start in range(0, 15, 5))
    assert telex(code) == vni(code) == code
    assert telex(groups.lower()) == vni(groups.lower()) == groups


def test_no_letter_is_taken_for_another():
    for alike in ("0OD", "1IL", "2Z", "5S", "8B", "6G", "UV", "MW", "CE"):
        assert len(set(alike) & set(ALPHABET)) <= 1, alike


def test_every_letter_is_equally_likely_and_none_stands_twice_in_a_row():
    code = new_code(SeededChance("long"), 17_000)
    assert all(one != another for one, another in itertools.pairwise(code))
    assert all(850 < code.count(letter) < 1150 for letter in ALPHABET)


@given(
    codes,
    st.sampled_from(
        [
            str.lower,
            lambda code: f"  {code[:5]} {code[5:10]}\u00a0{code[10:]}\n",
            lambda code: f"{code[:5]}-{code[5:10]}–{code[10:]}.",
            lambda code: "".join(chr(ord(letter) + 0xFEE0) for letter in code),
            "\u200b".join,
            lambda code: code.replace("8", "B").replace("5", "s").replace("2", "z").replace("G", "6"),
        ]
    ),
)
def test_habits_of_typing_change_nothing(code, typed):
    assert code in list(readings(typed(code)))


@pytest.mark.parametrize(
    ("code", "keyboard"),
    [
        ("ASK7WD42", telex),
        ("DD42AAKC", telex),
        ("EF3HEE7J", telex),
        ("HA4KMTCD", vni),
        ("A6KE5MD9", vni),
        ("A8KTA3HC", vni),
    ],
)
def test_a_code_of_an_earlier_version_is_read_in_spite_of_the_keyboard(code, keyboard):
    assert keyboard(code) != code
    assert code in list(readings(keyboard(code)))
    assert code in list(readings(keyboard(code).lower()))


@given(old_codes)
def test_a_code_of_an_earlier_version_is_first_read_as_it_is(code):
    assert next(readings(code.lower())) == code


@given(st.text(max_size=300))
def test_whatever_is_typed_has_few_readings_of_plain_letters(typed):
    found = list(readings(typed))
    assert 1 <= len(found) <= 4
    assert all(reading == "" or reading.isascii() for reading in found)
