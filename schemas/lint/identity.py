"""Questions by which a person could be told: asking who somebody is (refused), and asking what few people share (a warning)."""

import re
from collections.abc import Callable, Iterator

from schemas.expressions import references
from schemas.findings import Finding, error, place, warning
from schemas.lint.wording import asks_who
from schemas.model import Question, Survey
from schemas.ordering import in_order
from schemas.parts import place_of_question
from schemas.questions import kind_of
from schemas.texts import Text, nfc
from schemas.words import say, sentence

WRITTEN = ("words", "digits")
EXACT = ("digits", "day")
# Those who fill these in are named on purpose: an office fills in a form, somebody is put forward by name.
NAMED_ON_PURPOSE = ("unit_form", "nomination")


def nobody_is_asked_who_they_are(survey: Survey) -> Iterator[Finding]:
    """Where there is room to write, nobody is asked for a name, a number or an address."""
    if survey.kind in NAMED_ON_PURPOSE:
        return
    for where, text in _where_people_write(survey):
        for language, words in text.items():
            if found := asks_who(words):
                message = say(
                    "«{found}» asks for something that identifies; nothing that identifies is ever collected",
                    found=found,
                )
                yield error("wording.identifies", place(where, language), message)


def _where_people_write(survey: Survey) -> Iterator[tuple[str, Text]]:
    for question in survey.questions:
        if kind_of(question).entry in WRITTEN:
            yield from (
                (place_of_question(question, key), text)
                for key in ("label", "hint")
                if (text := getattr(question, key))
            )
    for name, choices in survey.choice_lists.items():
        yield from (
            (place(f"choice list {name}", f"choice {choice.name}"), choice.label) for choice in choices if choice.other
        )


def words_decide_nothing(survey: Survey) -> Iterator[Finding]:
    """Remarks are stored apart from the answers; an answer that is there because of a remark would join the two again."""
    if survey.kind in NAMED_ON_PURPOSE:
        return
    words = {question.name for question in survey.questions if kind_of(question).written}
    for question in in_order(survey):
        if question.calculation and words & references.names(question.calculation):
            words.add(question.name)
    for section in survey.sections:
        for question in section.questions:
            conditions = (section.relevant, question.relevant, question.choice_filter)
            used = frozenset[str]().union(*(references.names(one) for one in conditions if one))
            if kind_of(question).closed and (deciding := sorted(words & used)):
                message = say(
                    "whoever answers this wrote something in {deciding}: that would join her words to her answers; ask it of all",
                    deciding=deciding[0],
                )
                yield warning("text.decides", place_of_question(question), message)


_RARE: dict[str, re.Pattern[str]] = {
    "ethnic origin": re.compile(
        r"\b((là |thuộc )?(người )?dân tộc (của|nào|gì|thiểu số)|thành phần dân tộc|dân tộc\W*$|ethnic(ity)?|race)\b"
    ),
    "religion": re.compile(r"\b(tôn giáo|theo đạo|religions?|religious|faith)\b"),
    "HIV": re.compile(r"\b(hiv|aids)\b"),
    # Asked in one breath with having a small child, it does not tell who is pregnant.
    "pregnancy": re.compile(
        r"^(?!.*\b(nuôi con|sinh con|con nhỏ|child|baby|birth)).*\b(mang thai|có thai|có bầu|mang bầu|pregnan(t|cy))\b"
    ),
    "disability": re.compile(r"\b(khuyết tật|disabled|disabilit(y|ies))\b"),
    "sexual orientation": re.compile(
        r"\b(xu hướng tính dục|đồng tính|song tính|chuyển giới|lgbt\w*|sexual orientation|transgender)\b"
    ),
    "political views": re.compile(r"\b(đảng viên|party member|political (view|opinion)s?)\b"),
}
_ABOUT_ONESELF = re.compile(r"\b(anh|chị|bạn|anh/chị|quý vị|của mình|you|your)\b")
_AGE = re.compile(
    r"\b(tuổi|năm sinh|sinh (vào )?(tháng.*)?năm (nào|bao nhiêu)|your age|how old|year of birth|birth year|were you born)\b"
)
_TENURE = re.compile(
    r"\b(thâm niên|năm (công tác|làm việc|vào làm)|làm (việc )?(ở đây )?(được )?(bao lâu|mấy năm|bao nhiêu năm)|"
    r"tenure|years of service|(how (long|many years)).*work\w*)\b"
)


def rare_traits_are_asked_with_care(survey: Survey) -> Iterator[Finding]:
    """What the law calls sensitive, and what marks the few: not by the side of other traits, and easy to leave out."""
    if survey.kind in NAMED_ON_PURPOSE:
        return
    sections = {section.name for section in survey.sections if section.sensitive}
    for question in survey.questions:
        asked = kind_of(question)
        if not asked.asked or asked.counting == "assent" or question.appearance == "likert" or question.keys:
            continue
        topic = _topic(question)
        if topic and question.dimension:
            message = say(
                "{topic} marks few people and is sensitive by law; ask it, if at all, without dimension: results would point at them",
                topic=sentence(topic),
            )
            yield warning("rare.dimension", place_of_question(question, "dimension"), message)
        elif topic and not question.sensitive and question.section not in sections:
            message = say(
                "{topic} is sensitive personal data by law; leave it out, or mark the question sensitive",
                topic=sentence(topic),
            )
            yield warning("rare.unmarked", place_of_question(question), message)
        if asked.entry in EXACT and not question.dimension and (kind := _exact(question)):
            message = say(
                "an exact {kind} singles people out; ask for a group (select_one), or give it bands as a dimension",
                kind=sentence(kind),
            )
            yield warning("rare.exact", place_of_question(question), message)


def _topic(question: Question) -> str | None:
    said = [nfc(words).casefold() for words in question.label.values()]
    about_oneself = [
        words for words in said if question.dimension or _ABOUT_ONESELF.search(words) or len(words.split()) <= 4
    ]
    return next((topic for topic, pattern in _RARE.items() if any(map(pattern.search, about_oneself))), None)


def _exact(question: Question) -> str | None:
    kinds: dict[str, Callable[[str], re.Match[str] | None]] = {"age": _AGE.search, "time of service": _TENURE.search}
    said = [nfc(words).casefold() for words in question.label.values()]
    about_oneself = [words for words in said if _ABOUT_ONESELF.search(words) or len(words.split()) <= 3]
    return next((kind for kind, search in kinds.items() if any(map(search, about_oneself))), None)
