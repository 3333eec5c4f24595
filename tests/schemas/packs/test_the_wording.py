"""The words keep to the guidance: short, kind, both languages, composed letters, no slogans, no double negatives."""

import re
import unicodedata

import pytest

LONGEST_ITEM = 25
LONGEST_CONSENT = 90
NOT_SAID = [
    "chị em phụ nữ", "phái yếu", "phái đẹp", "cánh mày râu", "đảm việc nhà", "chỗ dựa", "hậu phương", "trụ cột", "thiên chức",
    "tuyệt đối", "bảo mật", "đồng chí", "bình thường nhất", "không có ý kiến", "điều luật",
]  # fmt: skip
SYLLABLE = re.compile(r"[^\W_]+(?:[-.,]\d+)*")


def texts(node, place=""):
    """Every text of a pack with its place: whatever has the languages as its keys."""
    if isinstance(node, dict) and "vi" in node:
        yield place, node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from texts(value, f"{place}/{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from texts(value, f"{place}/{value.get('name', index) if isinstance(value, dict) else index}")


def syllables(text):
    return len(SYLLABLE.findall(text))


def labels(pack):
    return [(question.name, question.label) for question in pack.questions if question.type != "calculate"]


def test_every_text_is_there_in_both_languages(written):
    assert [place for place, text in texts(written) if set(text) != {"vi", "en"} or not all(text.values())] == []


def test_every_letter_is_composed(written):
    assert [
        place for place, text in texts(written) for said in text.values() if said != unicodedata.normalize("NFC", said)
    ] == []


def test_vietnamese_looks_vietnamese_and_english_does_not(written):
    marked = re.compile("[ăâđêôơưàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵ]", re.IGNORECASE)
    said = {place: unicodedata.normalize("NFC", text["vi"]) for place, text in texts(written)}
    assert [place for place, text in said.items() if syllables(text) > 4 and not marked.search(text)] == []
    assert [place for place, text in texts(written) if marked.search(text["en"])] == []


def test_an_item_is_said_in_one_breath(pack):
    long = {name: syllables(label["vi"]) for name, label in labels(pack) if syllables(label["vi"]) > LONGEST_ITEM}
    assert long == {}


def test_the_english_is_no_longer_than_twenty_five_words(pack):
    assert {name: label["en"] for name, label in labels(pack) if len(label["en"].split()) > 25} == {}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_consent_fits_on_one_screen(pack, language):
    assert len(pack.consent[language].split()) <= LONGEST_CONSENT


def test_consent_says_what_workers_need_to_believe_it(pack):
    said = pack.consent["vi"]
    needed = [
        "Công đoàn",
        "bình đẳng giới",
        f"{pack.minutes} phút",
        "tự nguyện",
        "bỏ qua",
        "dừng",
        "tên",
        "số điện thoại",
    ]
    needed += ["vị trí", "giờ trả lời", "Công ty", "quản lý", "10 người trở lên", "Cần hỏi thêm"]
    assert [word for word in needed if word not in said] == []


def test_no_slogan_and_no_word_that_belittles_or_overpromises(written):
    found = [(place, word) for place, text in texts(written) for word in NOT_SAID if word in text["vi"].lower()]
    assert found == []


def test_an_item_denies_at_most_once(pack):
    negation = re.compile(r"\b(không|chưa|chẳng|đừng)\b", re.IGNORECASE)
    assert {name: label["vi"] for name, label in labels(pack) if len(negation.findall(label["vi"])) > 1} == {}


def test_an_opinion_is_turned_round_by_its_content_and_never_by_a_negation(pack):
    reversed_items = {item.question for scale in pack.scales for item in scale.items if item.reversed}
    negated = [
        name for name in reversed_items if re.search(r"\bkhông\b", pack.question(name).label["vi"], re.IGNORECASE)
    ]
    assert negated == []


def test_questions_speak_to_anh_chi(pack):
    asked = [label["vi"] for name, label in labels(pack) if label["vi"].endswith("?")]
    assert asked
    assert [said for said in asked if "Anh/Chị" not in said] == []


def test_no_quiz_item_shows_an_article_of_law(pack):
    quiz = [question.label["vi"] for question in pack.questions if question.correct]
    assert [said for said in quiz if re.search(r"\d", said) or "Điều" in said] == []


def test_agreement_is_labelled_in_full_and_has_no_polite_yes_in_the_middle(pack):
    said = [choice.label["vi"] for choice in pack.choice_lists["agree5"]]
    assert said == [
        "Hoàn toàn không đồng ý",
        "Không đồng ý",
        "Phân vân",
        "Đồng ý",
        "Hoàn toàn đồng ý",
        "Không biết",
        "Không muốn trả lời",
    ]


def test_whoever_writes_is_asked_to_name_nobody(pack):
    hint = pack.question("one_change").hint
    assert "tên" in hint["vi"]
    assert "số điện thoại" in hint["vi"]
