"""Pictures and sounds travel inside the survey: only files that every device can use, bounded, and what they say they are."""

import base64
import json
import os
from pathlib import Path

import pytest

from schemas import media as rules
from schemas.media import bytes_of, data_uri
from schemas.publishing import published
from schemas.survey import SurveyInvalid, load_survey, read_survey
from tests.support.media_files import plain_png
from tests.support.surveys import document, select

PNG, MP3 = plain_png(), b"ID3\x04\x00\x00\x00\x00\x00\x00" + bytes(40)


def codes(survey: object) -> set[str]:
    with pytest.raises(SurveyInvalid) as refused:
        load_survey(survey)
    return {finding.code for finding in refused.value.findings}


def with_files(**files: str) -> dict[str, object]:
    return document(select("q", image="q.png", audio={"vi": "q.vi.mp3"})) | {"media": files}


WHOLE = {"q.png": data_uri("q.png", PNG), "q.vi.mp3": data_uri("q.vi.mp3", MP3)}


def test_files_are_published_inside_the_survey_and_come_back():
    survey = load_survey(document(select("q", image="q.png", audio={"vi": "q.vi.mp3"})) | {"media": WHOLE})
    assert survey.question("q").media == {"image": {"*": "q.png"}, "audio": {"vi": "q.vi.mp3"}}
    assert load_survey(published(survey)) == survey
    assert bytes_of(survey.media["q.png"]) == PNG


def test_files_beside_the_survey_are_read(tmp_path: Path):
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "q.png").write_bytes(PNG)
    path = tmp_path / "s.yaml"
    path.write_text(
        "{id: s, version: 1, title: {vi: S}, languages: [vi], sections: [{name: a, questions: "
        "[{type: note, name: n, label: {vi: N}, image: q.png}]}]}",
        "utf-8",
    )
    assert bytes_of(read_survey(path).media["q.png"]) == PNG


def test_a_link_out_of_the_folder_and_a_pipe_count_as_no_file(tmp_path: Path):
    (tmp_path / "media").mkdir()
    (tmp_path / "elsewhere.png").write_bytes(plain_png())
    (tmp_path / "media" / "link.png").symlink_to(tmp_path / "elsewhere.png")
    os.mkfifo(tmp_path / "media" / "pipe.png")
    for name in ("link.png", "pipe.png"):
        (tmp_path / "s.yaml").write_text(json.dumps(document(select("q", image=name))), encoding="utf-8")
        with pytest.raises(SurveyInvalid) as refused:
            read_survey(tmp_path / "s.yaml")
        assert [finding.code for finding in refused.value.findings] == ["media.missing"]


def test_a_file_that_is_not_there_is_named_with_its_place():
    with pytest.raises(SurveyInvalid) as refused:
        load_survey(document(select("q", image="gone.png")))
    [finding] = refused.value.findings
    assert (finding.code, finding.place) == ("media.missing", "section work / question q / image")
    assert "gone.png" in finding.message


@pytest.mark.parametrize(
    "name", ["../secret.png", "a/b.png", "q.svg", "q.exe", ".png", "q png.png", "", 5, {"vi": 5}, {"x y": "q.png"}]
)
def test_a_name_that_leads_elsewhere_or_to_another_type_is_refused(name):
    with pytest.raises(SurveyInvalid):
        load_survey(document(select("q", image=name)))


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("q.png", MP3, "media.type"),
        ("q.png", b"<svg onload=alert(1)>", "media.type"),
        ("q.png", PNG + bytes(rules.LARGEST), "media.too_large"),
        ("q.png", PNG[:16] + b"\x00\x00\xff\xff" * 2 + PNG[24:], "media.too_large"),
        ("q.png", PNG[:20], "media.type"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(name, data, code):
    assert code in codes(with_files(**WHOLE | {name: data_uri(name, data)}))


@pytest.mark.parametrize(
    "uri",
    [
        "data:image/png;base64,%%%",
        "data:text/html;base64,PGI+",
        "https://example.org/q.png",
        "",
        7,
        "data:image/png;base64,",
    ],
)
def test_what_is_no_data_uri_of_that_type_is_refused(uri):
    with pytest.raises(SurveyInvalid):
        load_survey(with_files(**WHOLE | {"q.png": uri}))


def test_all_files_together_are_bounded():
    data = PNG + bytes(rules.LARGEST - len(PNG))
    names = [f"p{at}.png" for at in range(6)]
    questions = [select(f"q{at}", image=name) for at, name in enumerate(names)]
    assert "media.too_many" in codes(document(*questions) | {"media": {name: data_uri(name, data) for name in names}})


def test_a_survey_of_its_own_without_files_has_no_key_for_them():
    assert "media" not in published(load_survey(document()))


def test_base64_is_taken_only_whole():
    cut = "data:image/png;base64," + base64.b64encode(PNG).decode()[:-3]
    assert "media.data" in codes(with_files(**WHOLE | {"q.png": cut}))


@pytest.mark.parametrize(
    ("kind", "data", "pixels"),
    [
        ("image/png", plain_png(30, 20), 600),
        ("image/gif", b"GIF89a" + (30).to_bytes(2, "little") + (20).to_bytes(2, "little"), 600),
        (
            "image/jpeg",
            b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc4\x00\x03c\xff\xc2\x00\x11\x08\x00\x14\x00\x1e",
            600,
        ),
        ("image/webp", b"RIFF....WEBPVP8X" + bytes(8) + (29).to_bytes(3, "little") + (19).to_bytes(3, "little"), 600),
        ("image/webp", b"RIFF....WEBPVP8L" + bytes(5) + (29 | 19 << 14).to_bytes(4, "little"), 600),
        ("image/webp", b"RIFF....WEBPVP8 " + bytes(10) + (30).to_bytes(2, "little") + (20).to_bytes(2, "little"), 600),
        ("image/jpeg", b"\xff\xd8\xff\xe0\x00\x00", None),
        ("image/gif", b"GIF89a", None),
    ],
)
def test_a_picture_s_size_is_read_from_its_head(kind, data, pixels):
    assert rules.pixels_of(kind, data) == pixels
