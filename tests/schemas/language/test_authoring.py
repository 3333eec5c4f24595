"""A survey can be written out as its author would write it, and read back without loss."""

import pytest

from schemas.authoring import as_yaml, authored
from schemas.file_reading import read_bytes
from schemas.pack_reader import pack_names, read_pack
from schemas.publishing import published
from schemas.survey import load_survey
from tests.support.surveys import document, number, select


@pytest.mark.parametrize("name", pack_names())
def test_every_pack_survives_being_written_as_yaml(name):
    pack = read_pack(name)
    again = load_survey(read_bytes(as_yaml(pack).encode(), as_json=False))
    assert published(again) == published(pack)


def test_expressions_are_plain_text_again():
    survey = load_survey(document(select("q"), number("n", relevant="${q} = 'yes'")))
    assert authored(survey)["sections"][0]["questions"][1]["relevant"] == "${q} = 'yes'"


@pytest.mark.parametrize(
    "words",
    [
        "yes",
        "no",
        "true",
        "null",
        "~",
        "12",
        "1.5",
        "2026-01-02",
        "0123",
        "- a",
        "a: b",
        "# x",
        "'",
        '"',
        "«Huế»",
        "a\nb",
        " x",
        "%",
        "{a}",
        "1e5",
        "=",
        "|",
    ],
)
def test_texts_that_yaml_could_take_for_something_else_stay_texts(words):
    survey = load_survey(document(select("q", label={"vi": words, "en": words})))
    again = load_survey(read_bytes(as_yaml(survey).encode(), as_json=False))
    assert again.question("q").label == survey.question("q").label
