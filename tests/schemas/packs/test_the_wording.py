"""The words keep to the guidance: short, kind, both languages, composed letters, no slogans, no double negatives."""

import re
import unicodedata

import pytest

LONGEST_ITEM = 25
# Officers read a form at a desk, not in a shift break.
LONGEST_FIELD = 40
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


def is_marked(text):
    """Whether the text has a letter that Vietnamese has and English has not."""
    return bool(re.search("[\u0300-\u036fđĐ]", unicodedata.normalize("NFD", text)))


def labels(pack):
    return [
        (question.name, question.label) for question in pack.questions if question.type not in ("calculate", "note")
    ]


def test_every_text_is_there_in_both_languages(written):
    assert [place for place, text in texts(written) if set(text) != {"vi", "en"} or not all(text.values())] == []


def test_every_letter_is_composed(written):
    assert [
        place for place, text in texts(written) for said in text.values() if said != unicodedata.normalize("NFC", said)
    ] == []


def test_vietnamese_looks_vietnamese_and_english_does_not(written):
    said = {place: text["vi"] for place, text in texts(written)}
    assert [place for place, text in said.items() if syllables(text) > 4 and not is_marked(text)] == []
    assert [place for place, text in texts(written) if is_marked(text["en"])] == []


def test_an_item_is_said_in_one_breath(pack):
    most = LONGEST_FIELD if pack.kind == "unit_form" else LONGEST_ITEM
    assert {name: syllables(label["vi"]) for name, label in labels(pack) if syllables(label["vi"]) > most} == {}


def test_the_english_is_no_longer(pack):
    most = LONGEST_FIELD if pack.kind == "unit_form" else LONGEST_ITEM
    assert {name: label["en"] for name, label in labels(pack) if len(label["en"].split()) > most} == {}


def test_consent_fits_on_one_screen(anonymous):
    assert len(anonymous.consent[anonymous.languages[0]].split()) <= LONGEST_CONSENT
    assert len(anonymous.consent["en"].split()) <= LONGEST_CONSENT


def test_consent_says_what_workers_need_to_believe_it(anonymous):
    said = anonymous.consent["vi"]
    needed = ["Công đoàn", f"{anonymous.minutes} phút", "tự nguyện", "bỏ qua", "dừng", "tên", "số điện thoại", "vị trí"]
    needed += ["giờ trả lời", "Công ty", "quản lý", "Cần hỏi thêm"]
    assert [word for word in needed if word not in said] == []
    assert re.search(r"\b[1-9]\d người trở lên", said)


def test_the_consent_names_the_number_of_people_that_the_pack_keeps(anonymous):
    promised = int(re.search(r"(\d+) người trở lên", anonymous.consent["vi"])[1])
    assert promised >= 10
    assert f"{promised} or more" in anonymous.consent["en"]
    assert anonymous.pack.min_n == promised


def test_no_slogan_and_no_word_that_belittles_or_overpromises(written):
    found = [(place, word) for place, text in texts(written) for word in NOT_SAID if word in text["vi"].lower()]
    assert found == []


def test_an_opinion_or_a_question_denies_at_most_once(anonymous):
    negation = re.compile(r"\b(không|chưa|chẳng|đừng)\b", re.IGNORECASE)
    assert {name: label["vi"] for name, label in labels(anonymous) if len(negation.findall(label["vi"])) > 1} == {}


def test_an_opinion_is_turned_round_by_its_content_and_never_by_a_negation(pack):
    reversed_items = {item.question for scale in pack.scales for item in scale.items if item.reversed}
    assert [
        name for name in reversed_items if re.search(r"\bkhông\b", pack.question(name).label["vi"], re.IGNORECASE)
    ] == []


def test_questions_speak_to_anh_chi(anonymous):
    """Asked face to face, so to speak; what is one statement among others in a table speaks as the worker does."""
    tables = {section.name for section in anonymous.sections if section.appearance == "table-list"}
    quiz = {question.name for question in anonymous.questions if question.correct}
    asked = [
        question.label["vi"]
        for question in anonymous.questions
        if question.label.get("vi", "").endswith("?") and question.section not in tables and question.name not in quiz
    ]
    assert [said for said in asked if not re.search(r"\b(Anh/Chị|Chị|Anh)\b", said)] == []


def test_no_quiz_item_shows_an_article_of_law(pack):
    quiz = [question.label["vi"] for question in pack.questions if question.correct]
    assert [said for said in quiz if re.search(r"\b(Điều|khoản) \d", said)] == []


def test_agreement_is_labelled_in_full_and_has_no_polite_yes_in_the_middle(pack):
    said = [choice.label["vi"] for choice in pack.choice_lists.get("agree5", ())]
    assert said in (
        [],
        [
            "Hoàn toàn không đồng ý",
            "Không đồng ý",
            "Phân vân",
            "Đồng ý",
            "Hoàn toàn đồng ý",
            "Không biết",
            "Không muốn trả lời",
        ],
    )


def test_whoever_writes_is_asked_to_name_nobody(anonymous):
    for question in anonymous.questions:
        if question.type == "text" and question.specifies is None:
            assert "tên" in question.hint["vi"], question.name
            assert "số điện thoại" in question.hint["vi"], question.name


@pytest.mark.parametrize("language", ["vi", "en"])
def test_whoever_writes_is_told_that_the_union_cannot_find_them(full, language):
    assert "113" not in full.question("one_change").hint[language]
    assert ("công đoàn không tìm được", "the union cannot")[language == "en"] in full.question("one_change").hint[
        language
    ]
