"""Forms as others write them are taken, or refused with what their author can do about it."""

import pytest

from schemas.survey import load_survey
from tests.support import xlsform_real_forms as real
from tests.support.media_files import plain_png
from tests.support.xlsform_files import complaints, form, read, remarks


def complains(data, sheet, row, column, words):
    """Whether the author is told these words at this place."""
    place = f"sheet {sheet}, row {row}, column {column}: "
    return any(line.startswith(place) and words in line for line in complaints(data))


def test_a_form_from_odk_is_taken_whole():
    survey = load_survey(read(real.odk_satisfaction()).document)
    assert (survey.id, survey.version, survey.languages) == ("satisfaction_2024", 1, ("en", "fr"))
    assert [section.name for section in survey.sections] == [
        "questions",
        "work",
        "shift",
        "work_2",
        "views",
        "questions_2",
    ]
    assert [question.name for question in survey.questions] == (
        "intro dept dept_other night nights many wish fair safe mark since ok more".split()
    )
    assert survey.sections[2].relevant.text == "${dept} != ''"
    assert survey.sections[2].title == {"en": "Your work – Your shift", "fr": "Votre travail – Votre équipe"}
    assert survey.sections[4].appearance == "table-list"
    assert survey.question("ok").type == "acknowledge"
    assert survey.question("since").appearance == "month-year"
    assert survey.question("night").required is True
    assert [choice.name for choice in survey.question("dept").choices if choice.other] == ["other"]


def test_its_author_is_told_what_was_left_out():
    said = remarks(real.odk_satisfaction())
    for words in (
        "w2 has no effect",
        "no-ticks",
        "no-calendar",
        "required_message",
        "not a number from 1",
        "the group work goes on here",
    ):
        assert words in said


def test_a_form_from_kobo_is_told_all_that_stands_in_its_way():
    data = real.kobo_household()
    assert complains(data, "survey", 8, "type", "repeats are refused; ask how many")
    assert complains(data, "survey", 12, "type", "geopoint is refused")
    assert len(complaints(data)) == 2


def test_a_form_from_surveycto_is_told_what_to_do_instead():
    data = real.surveycto_cascade()
    assert complains(data, "survey", 6, "appearance", "search() looks in other data; put the list on the choices sheet")
    assert len(complaints(data)) == 1  # what is looked up elsewhere nothing hangs on


def test_a_form_by_a_union_officer_is_taken():
    imported = read(real.union_canteen())
    survey = load_survey(imported.document)
    assert survey.languages == ("vi",)
    assert survey.question("chuyen").choices[0].columns == {"xuong": "may"}
    said = "\n".join(map(str, imported.remarks))
    assert "taken as Tiếng Việt (vi)" in said
    assert "these columns are not read: ghi chú của chị Lan" in said
    assert "these sheets are not read: Ghi chú" in said


def test_choices_come_from_a_file_beside_the_form():
    found = load_survey(read(real.lookup_from_file(), media={"provinces.csv": real.PROVINCES}.get).document)
    province = found.question("province")
    assert [(choice.name, choice.label["vi"], choice.columns) for choice in province.choices] == [
        ("hn", "Hà Nội", {"region": "north"}),
        ("hcm", "TP. Hồ Chí Minh", {"region": "south"}),
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "lay it into the folder media"),
        (b"", "must name the columns code and title"),
        (b"code,title\nhn,H\nhn,K\n", "the name hn stands in row 2 already"),
        (b"code;title\n" + b"".join(b"a%d;A\n" % n for n in range(5_001)), "it has 5,001 choices"),
        (b"code,title\nhn,\x00", "its letters cannot be read"),
        (b"x" * 1_000_000, "more than 900,000 bytes"),
        (b"code,title,code\nhn,H,1\n", "two of its columns have the same name"),
        (b'code,title\n"hn,H', "no CSV"),
    ],
)
def test_a_file_of_choices_that_will_not_do_is_told(content, words):
    assert words in "\n".join(complaints(real.lookup_from_file(), media=lambda _: content))


def with_pictures():
    """A form that names a picture for each language and a sound for all."""
    header = ["type", "name", "label::vi", "label::en", "media::image::vi", "image::en", "media::audio"]
    return form(header, ["integer", "age", "Tuổi?", "Age?", "jr://images/vi.png", "en.png", "age.mp3"])


def test_pictures_and_sounds_are_named_in_the_document():
    question = read(with_pictures()).document["sections"][0]["questions"][0]
    assert question["image"] == {"vi": "vi.png", "en": "en.png"}
    assert question["audio"] == {"*": "age.mp3"}


def test_a_picture_that_is_not_there_is_told_by_its_cell():
    found = read(with_pictures(), media={"en.png": plain_png(), "age.mp3": b"ID3"}.get)
    [remark] = [remark for remark in found.remarks if remark.code == "media.left_out"]
    assert (remark.place, "vi.png" in remark.message) == ("sheet survey, row 2, column media::image::vi", True)
    assert found.document["sections"][0]["questions"][0]["image"] == {"en": "en.png"}


def test_a_picture_that_is_none_is_told_by_its_name():
    assert any("media / en.png" in line for line in complaints(with_pictures(), media=lambda _: b"no picture"))
