"""Scales that lean are told: lists, keys, statements that deny or join two things; plain ones pass, in both languages."""

import pytest

from schemas.lint.phrasing import asks_two_things, denies_twice, is_a_polite_yes, leans, opens_with_a_negative
from tests.support.linted import codes, found
from tests.support.surveys import LISTS, both, document, select


def scale(*items):
    return [{"name": "s", "title": both("S"), "items": list(items), "score": "mean"}]


def likert(label, **more):
    return select("q", "agree", appearance="likert", label=label if isinstance(label, dict) else both(label), **more)


def agreeing(*pairs):
    """A list with these labels in both languages, scored upwards."""
    choices = [
        {"name": f"c{place}", "label": {"vi": vi, "en": en}, "score": place} for place, (vi, en) in enumerate(pairs)
    ]
    return document(likert("Nhà ăn sạch."), choice_lists={"agree": choices})


FIVE = (
    ("Hoàn toàn không đồng ý", "Strongly disagree"), ("Không đồng ý", "Disagree"), ("Phân vân", "Undecided"),
    ("Đồng ý", "Agree"), ("Hoàn toàn đồng ý", "Strongly agree"),
)  # fmt: skip


def test_a_balanced_list_passes():
    assert found(agreeing(*FIVE)) == []


@pytest.mark.parametrize("left_out", [0, 1, 3, 4])
def test_a_list_that_leans_is_a_warning(left_out):
    kept = [pair for place, pair in enumerate(FIVE) if place != left_out]
    assert found(agreeing(*kept)) == [("likert.balance", "choice list agree")]


def test_a_list_that_leans_in_one_language_only_is_a_warning():
    pairs = [*FIVE[:3], ("Đồng ý", "Undecided, too"), FIVE[4]]
    assert found(agreeing(*pairs)) == [("likert.balance", "choice list agree")]


@pytest.mark.parametrize(
    ("vi", "en"), [("Bình thường", "Undecided"), ("Phân vân", "No opinion"), ("Không có ý kiến", "Neither")]
)
def test_a_polite_yes_is_no_middle(vi, en):
    assert codes(agreeing(*FIVE[:2], (vi, en), *FIVE[3:])) == {"likert.middle"}


def test_uneven_scores_are_a_warning():
    uneven = [{**choice, "score": choice["score"] ** 2} if "score" in choice else choice for choice in LISTS["agree"]]
    survey = document(likert("Nhà ăn sạch."), choice_lists={"agree": uneven})
    assert found(survey) == [("likert.scores", "choice list agree")]


def test_an_answer_scale_is_never_shuffled():
    assert found(document(likert("Nhà ăn sạch.", randomize=True))) == [
        ("likert.randomized", "section work / question q / randomize")
    ]
    assert found(document(select("q", "agree", randomize=True)), "error") != []
    assert found(document(select("q", randomize=True))) == []


def test_a_scale_keyed_one_way_is_a_warning():
    items = [select(f"q{place}", "agree") for place in range(4)]
    assert found(document(*items, scales=scale("q0", "q1", "q2", "q3"))) == [("scale.one_way", "scale s")]
    assert found(document(*items, scales=scale("q0", "-q1", "q2", "-q3"))) == []


def test_a_quiz_with_one_right_answer_throughout_is_a_warning():
    def quiz(*keys):
        items = [select(f"q{place}", correct=key) for place, key in enumerate(keys)]
        counted = {
            "name": "s",
            "title": both("S"),
            "items": [f"q{place}" for place in range(4)],
            "score": "percent_correct",
        }
        return document(*items, scales=[counted])

    assert found(quiz("yes", "yes", "yes", "yes")) == [("scale.one_key", "scale s")]
    assert found(quiz("yes", "no", "yes", "no")) == []


@pytest.mark.parametrize(
    "words",
    ["Không nên để nữ làm ca đêm.", "Chưa ai hỏi tôi.", "Tôi không thích ca đêm.", "I don't like nights.", "No woman wants that."],
)  # fmt: skip
def test_a_statement_that_opens_with_a_negative_is_a_warning(words):
    assert opens_with_a_negative(words)
    assert "wording.negative" in codes(document(likert(words)))


@pytest.mark.parametrize(
    "words",
    [
        "Nữ làm ca đêm được.",
        "Không chỉ nữ mà cả nam nên nghỉ chăm con.",
        "Women can work at night.",
        "Not only women care.",
    ],
)
def test_a_statement_that_opens_plainly_passes(words):
    assert "wording.negative" not in codes(document(likert(words)))


@pytest.mark.parametrize(
    "words",
    ["Phụ nữ không nên làm việc mà chồng không đồng ý.", "Ở đây chưa ai không được nghỉ.",
     "Nobody should not be paid.", "It isn't right that women never lead."],
)  # fmt: skip
def test_denying_twice_is_a_warning(words):
    assert denies_twice(words)
    assert "wording.double_negative" in codes(document(likert(words)))
    assert "wording.double_negative" in codes(document(select("q", correct="yes", label=both(words))))


@pytest.mark.parametrize(
    "words",
    ["Công ty không được sa thải lao động nữ vì lý do kết hôn.", "Anh/Chị có được nghỉ không?",
     "Không chỉ nữ mà nam cũng không nên làm ca đêm.",
     "Lao động nữ không đóng phí. Nam giới không được nghỉ.", "The company may not dismiss a pregnant worker.",
     "Whether or not she agrees does not count."],
)  # fmt: skip
def test_denying_once_passes(words):
    assert not denies_twice(words)


@pytest.mark.parametrize(
    "words",
    ["Lương được trả đúng hạn và cấp trên có lắng nghe.", "Nam và/hoặc nữ nên nghỉ chăm con.", "Tổ trưởng vừa công bằng vừa có tay nghề.",
     "Pay is on time and the foreman is fair.", "Leaders and/or the union listen.", "The work is both safe and interesting."],
)  # fmt: skip
def test_two_things_in_one_statement_are_a_soft_warning(words):
    assert asks_two_things(words)
    assert ("wording.two_in_one", "section work / question q / label / vi") in found(document(likert(words)), "warning")


@pytest.mark.parametrize(
    "words",
    ["Ở đây, nữ và nam làm việc như nhau được trả lương như nhau.", "Vợ và chồng nên cùng quyết.",
     "Khi có việc và có người, tổ trưởng nên chia đều.",
     "Việc nặng và ngoài trời nên dành cho nam giới.", "Women and men are paid the same here.",
     "Heavy and outdoor work should be left to men.",
     "When orders are few and jobs are cut, men should be kept first."],
)  # fmt: skip
def test_one_thing_passes(words):
    assert asks_two_things(words) is None


@pytest.mark.parametrize(
    ("words", "way"),
    [("Hoàn toàn đồng ý", 1), ("Không đồng ý", -1), ("Phân vân", 0), ("Rất hài lòng", 1), ("Rất không hài lòng", -1),
     ("Strongly agree", 1), ("Disagree", -1),
     ("Very dissatisfied", -1), ("Satisfied", 1), ("Neither", 0), ("Phản đối", -1), ("Unfair", -1), ("Fair", 1)],
)  # fmt: skip
def test_which_way_a_choice_leans(words, way):
    assert leans(words) == way


def test_undecided_is_no_polite_yes():
    assert not is_a_polite_yes("Phân vân")
    assert is_a_polite_yes("Bình thường")
