"""On paper stands every word that a person may see, numbered, with the way through it in words, and nothing else."""

import re
from html.parser import HTMLParser

import pytest

from schemas.model import Question
from schemas.pack_reader import pack_names, read_pack
from schemas.piping import PIPE
from schemas.survey import load_survey
from server.surveys.paper import LANGUAGES, printed, sheet_of, words_in
from server.surveys.routing import RoutingText
from tests.support.surveys import both, document, number, select


class Text(HTMLParser):
    """The words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def shown(page: str) -> str:
    return re.sub(r"\s+", " ", " ".join(Text(page).words))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", pack_names())
def test_every_pack_prints_each_of_its_words(name: str, language: str):
    pack = read_pack(name)
    page = shown(printed(pack, language))
    for question in pack.questions:
        for text in (question.label, question.hint, *(choice.label for choice in question.choices)):
            words = (text or {}).get(language, "")
            if words and not PIPE.search(words):
                assert re.sub(r"\s+", " ", words).strip() in page, (question.name, words)
    assert "${" not in page


@pytest.mark.parametrize("name", pack_names())
def test_questions_are_numbered_from_one_without_a_gap(name: str):
    sheet = sheet_of(read_pack(name), "vi")
    numbers = [int(line.number) for part in sheet.parts for line in part.lines if line.number.isdigit()]
    assert numbers == list(range(1, len(numbers) + 1))


def in_words(expression: str, language: str = "vi") -> str:
    survey = load_survey(
        document(
            select("q"),
            number("age"),
            {"type": "calculate", "name": "twice", "calculation": "${age} * 2"},
            {"type": "select_multiple", "name": "m", "list": "agree", "label": both("m")},
            select("last", relevant=expression),
            choice_lists=dict(document(select("q"), select("r", "agree"))["choice_lists"]),
        )
    )
    last: Question = survey.question("last")
    numbers = {"q": "1", "age": "2", "m": "3", "last": "4"}
    return RoutingText(survey, language, numbers, words_in(language)).tell(last.relevant)


@pytest.mark.parametrize(
    ("expression", "vietnamese", "english"),
    [
        ("${q} = 'yes'", "câu 1 là «Có»", "question 1 is «Có»"),
        ("'yes' = ${q}", "câu 1 là «Có»", "question 1 is «Có»"),
        ("${q} != 'no'", "câu 1 không phải là «Không»", "question 1 is not «Không»"),
        ("${age} >= 18", "câu 2 ít nhất là 18", "question 2 is at least 18"),
        ("18 <= ${age}", "câu 2 ít nhất là 18", "question 2 is at least 18"),
        ("${age} < 30", "câu 2 nhỏ hơn 30", "question 2 is less than 30"),
        ("selected(${m}, 'dk')", "câu 3 có chọn «Không biết»", "question 3 includes «Không biết»"),
        ("not(selected(${m}, 'dk'))", "câu 3 không chọn «Không biết»", "question 3 does not include «Không biết»"),
        (
            "count-selected(${m}) > 2",
            "số ý chọn ở câu 3 lớn hơn 2",
            "the number of choices in question 3 is more than 2",
        ),
        ("${q} = ''", "câu 1 để trống", "question 1 is left empty"),
        ("${q} != ''", "câu 1 có trả lời", "question 1 is answered"),
        (
            "${q} = 'yes' and (${age} < 18 or ${age} > 60)",
            "câu 1 là «Có» và (câu 2 nhỏ hơn 18 hoặc câu 2 lớn hơn 60)",
            "question 1 is «Có» and (question 2 is less than 18 or question 2 is more than 60)",
        ),
        ("${age} > ${m}", "câu 2 lớn hơn câu 3", "question 2 is more than question 3"),
        ("${twice} > 60", "máy tính thấy cần", "the device works out that it applies"),
        ("not(${q} = 'yes')", "không phải trường hợp: câu 1 là «Có»", "this does not hold: question 1 is «Có»"),
    ],
)
def test_conditions_are_put_into_words(expression: str, vietnamese: str, english: str):
    assert in_words(expression) == vietnamese
    assert in_words(expression, "en") == english


@pytest.mark.parametrize("expression", ["${age} * 2 > 30", "regex(${q}, 'y.*')", "coalesce(${age}, 0) = 3"])
def test_what_has_no_plain_reading_stands_as_it_was_written(expression: str):
    assert in_words(expression) == PIPE.sub(lambda found: f"[{ {'age': 2, 'q': 1, 'm': 3}[found[1]] }]", expression)


def test_a_quiz_has_its_answers_on_a_sheet_of_their_own():
    page = shown(printed(read_pack("law_women_quiz"), "vi"))
    assert "Đáp án" in page
    assert "đến hết 30/06/2026" in page
    assert "Đáp án" not in shown(printed(read_pack("event_pre"), "vi"))


def test_hostile_words_are_words_on_the_page():
    nasty = "<script>alert(1)</script>{{ 7 * 7 }}"
    page = printed(load_survey(document(select("q", label=both(nasty), hint=both(nasty)), title=both(nasty))), "vi")
    assert "<script" not in page
    assert page.count("{{ 7 * 7 }}") >= 3


def test_both_catalogues_have_the_same_words_and_gaps():
    vietnamese, english = words_in("vi"), words_in("en")
    assert vietnamese.keys() == english.keys()
    for key, words in vietnamese.items():
        assert set(re.findall(r"\{\w+\}", words)) == set(re.findall(r"\{\w+\}", english[key])), key


def test_a_survey_in_a_third_language_prints_its_own_words():
    whole = document(select("q", label={"km": "x", "vi": "y"}), languages=["km", "vi"])
    whole["title"] = {"km": "T", "vi": "T"}
    whole["consent"] = {"km": "C", "vi": "C"}
    for choice in whole["choice_lists"]["yesno"]:
        choice["label"] = {"km": "k", "vi": "v"}
    assert '<html lang="km">' in printed(load_survey(whole), "km")


def test_line_breaks_of_a_text_are_kept_and_its_signs_are_no_markup():
    asked = load_survey(document(select("q", label=both("Dòng một\nDòng hai <b>đậm</b> **sao**"))))
    page = printed(asked, "vi")
    assert "Dòng một\nDòng hai &lt;b&gt;đậm&lt;/b&gt; **sao**" in page
    assert re.search(r"\.label\b[^{]*\{ white-space: pre-line; }", page)


def test_of_thousands_of_choices_one_is_written_by_hand():
    choices = [{"name": f"x{n}", "label": both(f"Xã {n}")} for n in range(3_321)]
    asked = load_survey(document(select("q", "communes"), choice_lists={"communes": choices}))
    page = printed(asked, "vi")
    assert "theo danh sách 3321 ý trên máy" in page
    assert "Xã 17" not in page


def test_amounts_are_grouped_and_years_are_not():
    pay, year = ({"start": start, "end": end} for start, end in ((0, 9_000), (1980, 2026)))
    page = shown(printed(load_survey(document(number("pay", range=pay), number("since", range=year))), "vi"))
    assert "từ 0 đến 9.000" in page
    assert "từ 1980 đến 2026" in page


def test_what_a_star_at_a_number_means_is_said_once():
    support = [{"label": both(name), "phone": "115", "verified": name == "a"} for name in ("a", "b", "c")]
    page = shown(printed(load_survey(document(support=support)), "vi"))
    assert page.count("chưa được gọi thử") == 1
    assert page.count("115 *") == 2
