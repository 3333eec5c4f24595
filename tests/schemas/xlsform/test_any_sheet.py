"""Whatever people type into a form's sheets, the answer is a document that loads, or problems; never a traceback."""

from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.findings import SurveyInvalid
from schemas.survey import load_survey
from schemas.xlsform.importing import import_with_remarks
from schemas.xlsform.writing import Plan, to_bytes, written
from tests.support.xlsform_files import EN, VI

HEADERS = {
    "survey": [
        "type", "name", "label", VI, EN, "hint", "relevant", "required", "constraint", "constraint_message", "calculation", "appearance",
        "choice_filter", "parameters", "read_only", "trigger", "default", "media::image", "image::en", "langnghe::dimension", "disabled",
        "langnghe::range", "langnghe::correct", "langnghe::explain::vi", "langnghe::specifies", "langnghe::sensitive", "langnghe::nonsense",
        "bind::jr:count", "a:jr", "::", "label::", "label::x::y", "langnghe::", "Caption", "body::accuracyThreshold", "instance::x", "jr:",
    ],
    "choices": [
        "list_name", "list name", "name", "value", "label", VI, EN, "langnghe_score", "langnghe_column_x", "langnghe_", "x", "y z",
        "media::audio",
    ],
    "settings": [
        "form_title", "form_id", "version", "default_language", "langnghe::languages", "langnghe::consent", "form_title::vi", "style",
        "langnghe::min_n",
    ],
    "langnghe_scales": ["name", "title", "title::vi", "items", "score"],
    "langnghe_indicators": ["name", "title::vi", "share", "mean", "ratio_of", "compare", "first", "target_year", "target_source", "as"],
    "langnghe_support": ["label::vi", "phone", "verified", "checked_on"],
}  # fmt: skip
WORDS = (
    "integer decimal text note calculate range rank date start begin_group end_group begin_repeat end_repeat a b c q x l yes no vi en 1 -5 "
    "0.5 true() ${a} ${b}=1 x=1 . (( ' “a” #REF! =1 start=1 end=5 randomize=true bands:1 table-list year likert label minimal =a Tiếng "
    '2026-01-01 _x0000_ survey vi,en $ { } ${ ["a"] mean .csv'
).split()
PHRASES = [
    "select_one l",
    "select_one l or_other",
    "select_multiple l",
    "rank l",
    "select_one_from_file a.csv",
    "select_one ${a}",
    "bands: 1 2",
    "m from x; n",
]
CELLS = (
    st.sampled_from([*WORDS, *PHRASES]) | st.text(max_size=6).filter(str.strip) | st.integers(-3, 3) | st.floats(-2, 2)
)


SOUND = {
    "survey": [
        {"type": "begin_group", "name": "g", VI: "Nhóm"},
        {"type": "integer", "name": "a", VI: "Số?", "relevant": "1 = 1"},
        {"type": "select_one l", "name": "b", VI: "Chọn?", "relevant": "${a} > 1"},
        {"type": "end_group"},
        {"type": "calculate", "name": "c", "calculation": "${a} + 1"},
        {"type": "range", "name": "q", VI: "${c}?", "parameters": "start=1 end=5"},
    ],
    "choices": [
        {"list_name": "l", "name": "x", VI: "X", "langnghe_score": 1},
        {"list_name": "l", "name": "y", VI: "Y", "langnghe_score": 2},
    ],
    "settings": [{"form_title": "Thử", "form_id": "t"}],
    "langnghe_scales": [{"name": "s", "title::vi": "S", "items": "b", "score": "mean"}],
    "langnghe_indicators": [{"name": "i", "title::vi": "I", "mean": "s"}],
    "langnghe_support": [{"label::vi": "Văn phòng", "phone": "0123"}],
}  # fmt: skip


@st.composite
def plans(draw):
    """A sound form in which some cells were overwritten, and rows and sheets are missing."""
    made = []
    for name, rows in SOUND.items():
        if name != "survey" and draw(st.integers(0, 9)) == 0:
            continue
        kept = [dict(row) for row in rows if draw(st.integers(0, 14))]
        headers = list(dict.fromkeys(header for row in rows for header in row))
        extra = draw(st.lists(st.sampled_from(HEADERS[name]), max_size=2, unique=True))
        headers += [header for header in extra if header not in headers]
        spoiled = st.dictionaries(st.sampled_from(headers), CELLS, max_size=1)
        kept = [row | draw(spoiled) if draw(st.integers(0, 3)) == 0 else row for row in kept]
        made.append(Plan(name, headers, kept))
    return made


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans=plans())
def test_anything_in_any_column_is_taken_or_told(plans):
    with suppress(SurveyInvalid):
        load_survey(import_with_remarks(to_bytes(written(plans)), media=lambda _: b"name,label\na,A\n").document)
