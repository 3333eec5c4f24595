"""How likely people are to recommend something: eleven numbers as a histogram, above it the mean, the three groups and the net score."""

import json

import pytest
from flask import Flask

from schemas.survey import load_survey
from server.console.pictures import picture_of
from server.console.release_parts import parts_of
from server.console.tables import headlines_of, table_of
from server.console.wording import foot_notes
from tests.support.decided import decided_world
from tests.support.surveys import LISTS, both, document, select

WORDS = {
    "vi": (
        "Trung bình",
        "Không ủng hộ (0 đến 6)",
        "Trung lập (7 hoặc 8)",
        "Ủng hộ (9 hoặc 10)",
        "Điểm ủng hộ ròng (NPS)",
    ),
    "en": ("Mean", "Detractors (0 to 6)", "Passives (7 or 8)", "Promoters (9 or 10)", "Net promoter score"),
}


@pytest.mark.parametrize("language", WORDS)
def test_it_is_read_as_a_histogram_with_the_net_score_above(own_app: Flask, language: str):
    genders = [{"name": name, "label": both(name)} for name in ("female", "male")]
    asked = document(
        {"type": "nps", "name": "likely", "label": both("Giới thiệu?")},
        select("gender", "genders", dimension=True),
        choice_lists={"genders": genders, "yesno": LISTS["yesno"]},
    )
    survey = load_survey(asked)
    release = decided_world(survey, 600).release("question", "likely")
    with own_app.test_request_context(f"/?lang={language}"):
        (part,) = parts_of(release, survey)
        above = headlines_of(release, part)
        assert tuple(label for label, _ in above) == WORDS[language]
        assert all(entry.text for _, entry in above)
        lines = table_of(release, part, survey).lines
        assert [line.label for line in lines][:11] == [str(point) for point in range(11)]
        chart = json.dumps(picture_of(release, part, survey, "wide"), ensure_ascii=False)
        assert all(f'"{point}"' in chart for point in range(11))
        assert any("-100" in note for note in foot_notes(release, part.rows))
