"""Every kind of figure is read in its own form, in the reader's language, and what is missing says why."""

from typing import get_args

import pytest
from flask import Flask

from server.analysis.edition.figures import (
    Comparison,
    Count,
    Figure,
    Mean,
    Missing,
    Quantile,
    Reason,
    Share,
    Span,
    Target,
)
from server.analysis.edition.release import Column, Row
from server.console.figures import spell, spell_target
from server.console.wording import foot_notes
from tests.support.releases import Press

SOME = Span(40, 44)
FORMS: list[tuple[Figure, tuple[str, str], tuple[str, str]]] = [
    (Count(12345), ("12.345", ""), ("12,345", "")),
    (Share(0.453, 0.401, 0.507, SOME), ("45,3%", "40,1–50,7%"), ("45.3%", "40.1–50.7%")),
    (Share(0.01, 0.0, 0.05, Span(0, 4), "under"), ("dưới 5 người", "0,0–5,0%"), ("under 5 people", "0.0–5.0%")),
    (
        Share(0.99, 0.95, 1.0, Span(295, 310), "at_least"),
        ("ít nhất 295 người", "95,0–100,0%"),
        ("at least 295 people", "95.0–100.0%"),
    ),
    (Share(0.056, 0.056, 0.056, SOME), ("5,6%", ""), ("5.6%", "")),
    (Mean(61.4, 58.0, 64.9, 0, 100, SOME), ("61,4", "58,0–64,9"), ("61.4", "58.0–64.9")),
    (Mean(63.0, 56.0, 70.0, 0, 100, SOME), ("63", "56–70"), ("63", "56–70")),
    (Mean(3.25, 3.0, 3.5, 1, 5, SOME), ("3,25", "3,00–3,50"), ("3.25", "3.00–3.50")),
    (Quantile(12.5, 11.0, 13.5), ("12,5", "11,0–13,5"), ("12.5", "11.0–13.5")),
    (Quantile(19.0, 17.0, None), ("19", ""), ("19", "")),
    (Comparison(-6.0, -14.0, 2.0, "points"), ("−6 điểm", "−14 đến +2"), ("−6 points", "−14 to +2")),
    (Comparison(4.2, 0.0, 8.4, "score"), ("+4,2 điểm", "0,0 đến +8,4"), ("+4.2 points", "0.0 to +8.4")),
    (Comparison(0.5, -1.0, 2.0, "number"), ("+0,5", "−1 đến +2"), ("+0.5", "−1 to +2")),
    (Comparison(1.4, 1.15, 1.8, "ratio"), ("1,40 lần", "1,15–1,80"), ("1.40 times", "1.15–1.80")),
    (Missing("few"), ("quá ít người", ""), ("too few people", "")),
    (Missing("changed", 2, "2026-11-20"), ("đã đổi từ phiên bản 2", ""), ("changed with version 2", "")),
    (Missing("place"), ("chỉ có số chung", ""), ("for everybody only", "")),
    (Missing("coarse"), ("chỉ có số chung", ""), ("for everybody only", "")),
    (Missing("held"), ("không đưa ra", ""), ("held back", "")),
    (Missing("unworked"), ("phiên bản này chưa tính", ""), ("not worked out in this version", "")),
    (Missing("no_bounds"), ("chưa có số lớn nhất", ""), ("no greatest number set", "")),
    (Missing("absent"), ("–", ""), ("–", "")),
]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("form", FORMS, ids=lambda form: repr(form[0])[:40])
def test_a_figure_is_read_in_its_form(
    read_app: Flask, form: tuple[Figure, tuple[str, str], tuple[str, str]], language: str
):
    with read_app.test_request_context(f"/?lang={language}"):
        entry = spell(form[0], 1)
        assert (entry.text, entry.below) == form[1 if language == "vi" else 2]


def test_every_reason_has_words_and_a_sentence_below_the_table(read_app: Flask, press: Press):
    for reason in get_args(Reason):
        row = Row("a", {"vi": "Một"}, (Missing(reason),))
        release = press.release("question", "q", {}, (Column("@all"),), (row,), bracket=0)
        with read_app.test_request_context("/?lang=vi"):
            assert spell(row.figures[0]).text
            assert len(foot_notes(release, release.rows)) == (reason != "absent"), reason


STILL = ("still", "still_few_asked", "still_changed", "still_moved", "still_regrouped")


@pytest.mark.parametrize("kind", ["question", "likert"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_table_of_an_earlier_edition_says_so_and_each_reason_in_words_of_its_own(
    read_app: Flask, press: Press, language: str, kind: str
):
    sentences = []
    for code in STILL:
        release = press.release(kind, "q", {}, (), (), bracket=0, counted=1, notes=(code,))
        with read_app.test_request_context(f"/?lang={language}"):
            (note,) = foot_notes(release, ())
        whose, _, reason = note.partition(". ")
        assert "1" in whose
        sentences.append(reason)
    assert all(sentences)
    assert len(set(sentences)) == len(STILL)


TARGET = Target(60.0, 2030, "T3.1", verified=False)


@pytest.mark.parametrize(
    ("target", "beside", "words"),
    [
        (Target(0.6, 2030, "T3.1", verified=True), Share(0.5, 0.4, 0.6, SOME), "60%"),
        (TARGET, Mean(61.4, 58.0, 64.9, 0, 100, SOME), "60"),
        (Target(1.4, 2030, "T3.1", verified=True), Comparison(1.6, 1.2, 1.8, "ratio"), "1,4 lần"),
        (Target(5, 2030, "T3.1", verified=True), Comparison(8, 1, 12, "points"), "+5 điểm"),
        (TARGET, Missing("unworked"), "60"),
    ],
)
def test_a_target_is_read_in_the_unit_of_the_figure_beside_it(
    read_app: Flask, target: Target, beside: Figure, words: str
):
    with read_app.test_request_context("/?lang=vi"):
        assert spell_target(target, beside) == words
