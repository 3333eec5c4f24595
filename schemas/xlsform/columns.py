"""Column headers, read with pyxform's own aliases, as the keys of our format and the language that they are in."""

from collections.abc import Mapping
from dataclasses import dataclass

from pyxform import aliases
from pyxform.parsing.sheet_headers import process_header
from pyxform.question import MultipleChoiceQuestion, Option

OURS = "langnghe"
# Keys whose columns come once for each language; the others come once.
TRANSLATED = frozenset(
    "label hint constraint_message explain audio image hint_audio hint_image constraint_audio constraint_image "
    "title consent about closing population note".split()
)
_SURVEY: Mapping[tuple[str, ...], str] = {
    ("type",): "type",
    ("name",): "name",
    ("label",): "label",
    ("hint",): "hint",
    ("bind", "relevant"): "relevant",
    ("bind", "required"): "required",
    ("bind", "constraint"): "constraint",
    ("bind", "jr:constraintMsg"): "constraint_message",
    ("bind", "calculate"): "calculation",
    ("control", "appearance"): "appearance",
    ("choice_filter",): "choice_filter",
    ("parameters",): "parameters",
    ("media", "image"): "image",
    ("media", "audio"): "audio",
    ("bind", "readonly"): "read_only",
    ("trigger",): "trigger",
    ("control", "jr:count"): "repeat_count",
    ("disabled",): "disabled",
    ("default",): "default",
    ("kobo--score-choices",): "score_list",
    ("kobo--rank-items",): "rank_list",
    ("kobo--matrix_list",): "matrix_list",
}
_CHOICES: Mapping[tuple[str, ...], str] = {
    ("list name",): "list",
    ("name",): "name",
    ("label",): "label",
    ("media", "image"): "image",
    ("media", "audio"): "audio",
}
_SETTINGS: Mapping[str, str] = {
    "form_id": "id",
    "id_string": "id",
    "set_form_id": "id",
    "form_title": "title",
    "title": "title",
    "set_form_title": "title",
    "version": "version",
    "default_language": "default_language",
    "allow_choice_duplicates": "choices_twice",
}
_OURS: Mapping[str, frozenset[str]] = {
    "survey": frozenset(
        "dimension sensitive randomize correct explain fact specifies range hint_audio hint_image constraint_audio constraint_image".split()
    ),
    "choices": frozenset("score exclusive off_scale other value column".split()),
    "settings": frozenset(
        "title kind languages minutes consent about closing crossings show_answers quick population min_age min_n modes targets "
        "seed_rows referral_required".split()
    ),
    "langnghe_support": frozenset("label phone note verified checked_on".split()),
    "langnghe_scales": frozenset("name title items score".split()),
    "langnghe_indicators": frozenset(
        "name title share mean top_two average ratio_of ratio_to compare first second as base target_source target_year target_value "
        "target_verified".split()
    ),
}
# Columns of XLSForm that change nothing about what is asked: left out, and told.
DEFAULT = "an answer that stands there before anybody gave it would bend the results"
LEFT_OUT: Mapping[tuple[str, ...], str] = {
    ("bind", "jr:requiredMsg"): "the page has its own sentence for a missing answer",
    ("guidance_hint",): "hints for interviewers are not shown; put what people need into hint",
    ("media", "video"): "videos are not supported; use image or audio",
    ("media", "big-image"): "images have one size",
    ("bind", "entities:saveto"): "answers are anonymous, so nothing is kept about persons or things",
}
_SURVEY_COLUMNS = frozenset(MultipleChoiceQuestion.get_slot_names())
_CHOICE_COLUMNS = frozenset(Option.get_slot_names())


@dataclass(frozen=True, slots=True)
class Heading:
    """What a header means: a key of ours (or a choice's column), the language as written, or why it is left out."""

    key: str = ""
    language: str = ""
    left_out: str = ""
    extra: str = ""


UNKNOWN = Heading()


def heading(sheet: str, header: str, *, double_colon: bool) -> Heading:
    """The meaning of a header on a sheet; UNKNOWN if it has none."""
    sheet = "choices" if sheet == "external_choices" else sheet
    if sheet == "choices" and header.lower().startswith(f"{OURS}_"):
        # With a double colon pyxform would make a translation of it, and could not write the form.
        key, _, name = header[len(OURS) + 1 :].partition("_")
        return _of_ours(sheet, (key, name) if key == "column" else (header[len(OURS) + 1 :],))
    tokens = _tokens(sheet, header, double_colon=double_colon)
    if tokens[0].lower() == OURS:
        return _of_ours(sheet, tokens[1:])
    if sheet.startswith(OURS):
        return _of_ours(sheet, tokens)
    if sheet == "settings":
        return _with_language(_SETTINGS.get("_".join(tokens[0].split()).lower(), ""), tokens[1:])
    return _of_xlsform(sheet, tokens)


def _of_xlsform(sheet: str, tokens: tuple[str, ...]) -> Heading:
    """A header of the survey or choices sheet as XLSForm has it."""
    for length in (2, 1):
        base, rest = tokens[:length], tokens[length:]
        if sheet == "survey" and base in LEFT_OUT:
            return Heading(left_out=LEFT_OUT[base])
        if (key := (_SURVEY if sheet == "survey" else _CHOICES).get(base)) is not None:
            return _with_language(key, rest)
    if sheet == "choices" and len(tokens) == 1:
        return Heading(extra=tokens[0])
    return UNKNOWN


def _tokens(sheet: str, header: str, *, double_colon: bool) -> tuple[str, ...]:
    known = {
        "survey": (aliases.survey_header, _SURVEY_COLUMNS),
        "choices": (aliases.list_header, _CHOICE_COLUMNS),
    }.get(sheet)
    if known is None:
        return tuple(token.strip() for token in header.split("::"))
    try:
        tokens: tuple[str, ...] = process_header(header, double_colon, *known)[1]
    except IndexError:  # pyxform on a header that ends in ":jr"
        return (header,)
    return tokens


def _of_ours(sheet: str, tokens: tuple[str, ...]) -> Heading:
    key = "_".join(tokens[0].split()).lower() if tokens else ""
    if key not in _OURS[sheet]:
        return UNKNOWN
    if key == "column":
        return Heading(extra=tokens[1]) if len(tokens) == 2 else UNKNOWN
    return _with_language(key, tokens[1:])


def _with_language(key: str, rest: tuple[str, ...]) -> Heading:
    if not key or len(rest) > (key in TRANSLATED):
        return UNKNOWN
    return Heading(key, rest[0] if rest else "")
