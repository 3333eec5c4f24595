"""A survey as an XLSForm workbook: what XLSForm knows in its own columns, so that other programs read it, the rest in ours.

What is written here and read by schemas.xlsform.importing is the same survey again, to the last sign.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from schemas import quick
from schemas.model import Survey
from schemas.publishing import published
from schemas.questions import KINDS
from schemas.xlsform.cells import write_correct, write_dimension, write_list, write_quoted, write_range
from schemas.xlsform.columns import heading
from schemas.xlsform.languages import shown
from schemas.xlsform.tables import EVERY
from schemas.xlsform.writing import Plan, Value, to_bytes, written

Part = Mapping[str, Any]
Line = dict[str, Value]
_MEDIA = ("image", "audio")
_OWN_MEDIA = ("hint_image", "hint_audio", "constraint_image", "constraint_audio")


def export_xlsform(survey: Survey) -> bytes:
    """The survey as an .xlsx. Its pictures and sounds are named in it; the files themselves are `survey.media`."""
    return to_bytes(written(plans(quick.unsaid(published(survey)))))


def plans(document: Part) -> Iterator[Plan]:
    """The sheets of a published document."""
    languages: list[str] = list(document["languages"])
    yield survey_plan(document, languages)
    yield choices_plan(document, languages)
    yield settings_plan(document, languages)
    for key, line in (("support", _support), ("scales", _scale), ("indicators", _indicator)):
        if document.get(key):
            yield Plan(f"langnghe_{key}", _OWN_HEADERS[key](languages), [line(part) for part in document[key]])


def _in_all(key: str, languages: list[str]) -> list[str]:
    return [f"{key}::{shown(language)}" for language in languages]


def _with_files(key: str, languages: list[str]) -> list[str]:
    return [key, *_in_all(key, languages)]


def _texts(part: Part, key: str, header: str = "") -> Line:
    """A text, or the names of files, in one column for each language."""
    header = header or key
    return {
        header if language == EVERY else f"{header}::{shown(language)}": words
        for language, words in part.get(key, {}).items()
    }


def _expression(part: Part, key: str, header: str = "") -> Line:
    return {header or key: part[key]["text"]} if key in part else {}


def _flags(part: Part, *keys: str, lead: str = "langnghe::") -> Line:
    return {f"{lead}{key}": "yes" for key in keys if part.get(key) is True}


def survey_plan(document: Part, languages: list[str]) -> Plan:
    """The questions, with a group for each section."""
    headers = ["type", "name", *_in_all("label", languages), *_in_all("hint", languages)]
    headers += ["required", "relevant", "appearance", "parameters", "choice_filter", "calculation", "constraint"]
    headers += _in_all("constraint_message", languages)
    headers += [header for slot in _MEDIA for header in _with_files(f"media::{slot}", languages)]
    headers += [
        f"langnghe::{key}" for key in ("dimension", "range", "sensitive", "randomize", "specifies", "fact", "correct")
    ]
    headers += _in_all("langnghe::explain", languages)
    headers += [header for slot in _OWN_MEDIA for header in _with_files(f"langnghe::{slot}", languages)]
    plan = Plan("survey", headers)
    for section in document["sections"]:
        plan.rows.append(_section(section))
        plan.rows += [_question(question) for question in section["questions"]]
        plan.rows.append({"type": "end_group"})
    return plan


def _section(section: Part) -> Line:
    line: Line = {"type": "begin_group", "name": section["name"], **_texts(section, "title", "label")}
    if "appearance" in section:
        line["appearance"] = section["appearance"]
    return line | _expression(section, "relevant") | _flags(section, "sensitive", "randomize")


def _question(question: Part) -> Line:
    list_name, xlsform = question.get("list"), KINDS[question["type"]].xlsform
    line: Line = {
        "type": f"{xlsform.type} {list_name}" if list_name else xlsform.type,
        "name": question["name"],
    }
    for key in ("label", "hint", "constraint_message"):
        line |= _texts(question, key)
    for key in ("relevant", "constraint", "calculation", "choice_filter"):
        line |= _expression(question, key)
    required = question.get("required")
    line |= {"required": "yes"} if required is True else _expression(question, "required") if required else {}
    for slot in _MEDIA:
        line |= _texts(question, slot, f"media::{slot}")
    for key in (*_OWN_MEDIA, "explain"):
        line |= _texts(question, key, f"langnghe::{key}")
    if appearance := question.get("appearance", xlsform.appearance):
        line["appearance"] = appearance
    return line | _parameters(question) | _notations(question) | _flags(question, "sensitive")


def _parameters(question: Part) -> Line:
    line: Line = {}
    if question.get("randomize"):
        line["parameters"] = "randomize=true"
    if "range" in question:
        in_parameters = KINDS[question["type"]].xlsform.parameters
        line["parameters" if in_parameters else "langnghe::range"] = write_range(question["range"])
    return line


def _notations(question: Part) -> Line:
    line: Line = {}
    if "dimension" in question:
        line["langnghe::dimension"] = write_dimension(question["dimension"])
    if "correct" in question:
        line["langnghe::correct"] = write_correct(question["correct"])
    if "fact" in question:
        line["langnghe::fact"] = write_quoted(question["fact"])
    if "specifies" in question:
        line["langnghe::specifies"] = question["specifies"]
    return line


def choices_plan(document: Part, languages: list[str]) -> Plan:
    """Every list of choices, used or not."""
    headers = ["list_name", "name", *_in_all("label", languages)]
    headers += [header for slot in _MEDIA for header in _with_files(f"media::{slot}", languages)]
    headers += [f"langnghe_{key}" for key in ("score", "exclusive", "off_scale", "other", "value")]
    plan = Plan("choices", headers)
    for list_name, choices in document.get("choice_lists", {}).items():
        for choice in choices:
            plan.rows.append({"list_name": list_name, "name": choice["name"], **_choice(choice)})
    columns = dict.fromkeys(header for row in plan.rows for header in row if header not in headers)
    plan.headers += columns
    return plan


def _choice(choice: Part) -> Line:
    line = _texts(choice, "label")
    for slot in _MEDIA:
        line |= _texts(choice, slot, f"media::{slot}")
    if "score" in choice:
        line["langnghe_score"] = choice["score"]
    if "value" in choice:
        line["langnghe_value"] = write_quoted(choice["value"])
    line |= {_column(name): write_quoted(value) for name, value in choice.get("columns", {}).items()}
    return line | _flags(choice, "exclusive", "off_scale", "other", lead="langnghe_")


def _column(name: str) -> str:
    """The header for a column of choices; with our prefix where the sheet already means something else by it."""
    plain = heading("choices", name, double_colon=True).extra == name and not name.lower().startswith("langnghe")
    return name if plain else f"langnghe_column_{name}"


def settings_plan(document: Part, languages: list[str]) -> Plan:
    """The one row that says what the survey is called and what stands around its questions."""
    title = document["title"]
    line: Line = {"form_title": title[languages[0]], "form_id": document["id"], "version": document["version"]}
    line |= {
        "default_language": shown(languages[0]),
        "langnghe::languages": " ".join(languages),
        "langnghe::kind": document["kind"],
    }
    line |= _texts(
        {"title": {code: words for code, words in title.items() if code != languages[0]}}, "title", "langnghe::title"
    )
    for key in ("about", "consent", "closing"):
        line |= _texts(document, key, f"langnghe::{key}")
    if "minutes" in document:
        line["langnghe::minutes"] = document["minutes"]
    if "crossings" in document:
        line["langnghe::crossings"] = write_list([" ".join(pair) for pair in document["crossings"]])
    pack: Part = document.get("pack", {})
    line |= _flags(document, "show_answers", "quick") | _texts(pack, "population", "langnghe::population")
    line |= {f"langnghe::{key}": pack[key] for key in ("min_age", "min_n") if key in pack}
    line |= {f"langnghe::{key}": write_list(pack[key]) for key in ("modes", "targets", "seed_rows") if key in pack}
    line |= _flags(pack, "referral_required")
    return Plan("settings", list(line), [line])


def _support(part: Part) -> Line:
    line = (
        _texts(part, "label")
        | {"phone": write_quoted(part["phone"])}
        | _texts(part, "note")
        | _flags(part, "verified", lead="")
    )
    return line | ({"checked_on": part["checked_on"]} if "checked_on" in part else {})


def _scale(part: Part) -> Line:
    return {"name": part["name"], **_texts(part, "title"), "items": " ".join(part["items"]), "score": part["score"]}


def _indicator(part: Part) -> Line:
    line: Line = {
        "name": part["name"],
        **_texts(part, "title"),
        **_expression(part, "share"),
        **_expression(part, "base"),
    }
    line |= {key: part[key] for key in ("mean", "average") if key in part}
    if "top_two" in part:
        line["top_two"] = " ".join(part["top_two"])
    if "ratio" in part:
        line |= _expression(part["ratio"], "of", "ratio_of") | _expression(part["ratio"], "to", "ratio_to")
    if "compare" in part:
        compare = part["compare"]
        line |= {"compare": compare["indicator"], "as": compare["as"]}
        line |= _expression(compare, "first") | _expression(compare, "second")
    if "target" in part:
        target = part["target"]
        line |= {"target_source": write_quoted(target["source"])}
        line |= {f"target_{key}": target[key] for key in ("year", "value")} | _flags(target, "verified", lead="target_")
    return line


_OWN_HEADERS = {
    "support": lambda languages: [*_in_all("label", languages), "phone", *_in_all("note", languages), "verified", "checked_on"],
    "scales": lambda languages: ["name", *_in_all("title", languages), "items", "score"],
    "indicators": lambda languages: [
        "name", *_in_all("title", languages), "share", "mean", "top_two", "average", "ratio_of", "ratio_to", "compare", "first", "second",
        "as", "base", "target_source", "target_year", "target_value", "target_verified",
    ],
}  # fmt: skip
