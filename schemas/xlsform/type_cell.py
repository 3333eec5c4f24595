"""The type column: pyxform's names and aliases for questions and groups, as types of ours or as the reason why there is none."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass

from pyxform import aliases
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT
from pyxform.xls2json import RE_BEGIN_CONTROL, RE_END_CONTROL, RE_SELECT

from schemas.questions import IDENTIFYING_TYPES, KINDS, refusal
from schemas.xlsform.ledger import short

_LONGEST = 300
_CHOOSING = {"select one": "select_one", "select all that apply": "select_multiple", "rank": "rank"}
# By pyxform's own table: what the control is and what it binds, for types that go by another name.
_BY_CONTROL = {
    ("input", "string"): "text",
    ("input", "int"): "integer",
    ("input", "decimal"): "decimal",
    ("input", "date"): "date",
    ("trigger", "string"): "acknowledge",
    ("trigger", None): "acknowledge",
}
_BY_BINDING = {
    "geopoint": "geopoint", "geotrace": "geotrace", "geoshape": "geoshape", "binary": "file", "barcode": "barcode",
    "dateTime": "datetime", "time": "time",
}  # fmt: skip
_PRELOADED = {"property": "deviceid", "timestamp": "start", "date": "today"}
_METADATA = frozenset(
    {"text audit", "audio audit", "speed violations count", "speed violations list", "caseid", "comments"}
)
_REPEAT = (
    "ask how many there are, then about all of them together: answers that repeat per child or machine could identify"
)
_INSTEAD = {
    "xml-external": "put the list on the choices sheet, or use select_one_from_file with a small list.csv",
    "csv-external": "put the list on the choices sheet, or use select_one_from_file with a small list.csv",
    "select_one_external": "put the list on the choices sheet and use select_one with a choice_filter",
    "cascading_select": "use select_one with a choice_filter",
    "hidden": "use calculate",
    "osm": "maps and places identify; ask for the kind of place with select_one",
}


@dataclass(frozen=True, slots=True)
class TypeCell:
    """What a row is. `sort` is "question", "begin" or "end"; the reason why it is refused, as code and sentence, if it is."""

    sort: str = "question"
    type: str = ""
    list_name: str = ""
    or_other: bool = False
    from_file: bool = False
    refused: tuple[str, str] | None = None


def read_type(cell: str) -> TypeCell:
    """The meaning of a type cell, whose spaces are already single."""
    if len(cell) > _LONGEST:
        return _no("xlsform.type", "this is too long for a type of question")
    if found := _control(cell.lower()) or _choosing(cell):
        return found
    lower = cell.lower().replace("-", "_") if cell.lower().replace("-", "_") in KINDS else cell.lower()
    if lower in ("select_one", "select_multiple", "rank", "select one", "select multiple"):
        return _no("xlsform.type", f"the name of a list on the choices sheet follows: {lower.replace(' ', '_')} yes_no")
    if lower in KINDS:
        return TypeCell(type=lower)
    return _other_name(cell, lower)


def _control(lower: str) -> TypeCell | None:
    """The begin or end of a group; repeats begin and end too, so that what is inside is looked at."""
    if found := RE_BEGIN_CONTROL.match(lower):
        is_group = aliases.control[found["type"]] == "group"
        return TypeCell("begin", refused=None if is_group else ("type.unknown", f"repeats are refused; {_REPEAT}"))
    return TypeCell("end") if RE_END_CONTROL.match(lower) else None


def _choosing(cell: str) -> TypeCell | None:
    """A select or rank with its list; the command may be written in capitals."""
    found = RE_SELECT.match(cell)
    if not found:
        words = cell.split(" ")
        lowered = (" ".join([*(word.lower() for word in words[:n]), *words[n:]]) for n in range(1, min(len(words), 7)))
        found = next((match for text in lowered if (match := RE_SELECT.match(text))), None)
    if not found:
        return None
    command, name = found["select_command"], found["list_name"]
    kind = _CHOOSING.get(aliases.select[command])
    if kind is None:
        return _no("type.unknown", f"{command} is not supported: {_INSTEAD['select_one_external']}")
    if "${" in name:
        return _no(
            "type.unknown",
            "choices that come out of earlier answers are not supported; put a list on the choices sheet",
        )
    return TypeCell(
        type=kind,
        list_name=name,
        or_other=found["specify_other"] is not None,
        from_file=command in aliases.select_from_file,
    )


def _other_name(cell: str, lower: str) -> TypeCell:
    if lower in _METADATA or lower.startswith("sensor_"):
        return _identifying("audit", cell)
    known = QUESTION_TYPE_DICT.get(cell) or QUESTION_TYPE_DICT.get(lower)
    if (instead := _INSTEAD.get(lower.replace(" ", "_")) or _INSTEAD.get(lower)) is not None:
        return _no("type.unknown", f"{short(cell)} is not supported: {instead}")
    if lower in IDENTIFYING_TYPES:
        return _identifying(lower, cell)
    if known and (meant := _by_pyxform(known, lower)):
        return meant
    near = difflib.get_close_matches(lower, [*KINDS, "begin_group", "end_group"], 1, 0.75)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(KINDS)}, begin_group and end_group"
    return _no("type.unknown", f"there is no type «{short(cell)}»: {hint}")


def _by_pyxform(known: Mapping[str, Mapping[str, str]], lower: str) -> TypeCell | None:
    """What pyxform's table says of a type by another name."""
    control, binding = known.get("control", {}).get("tag"), known.get("bind", {})
    if binding.get("readonly"):
        return TypeCell(type="note")
    if kind := _BY_CONTROL.get((control or "", binding.get("type"))):
        return _identifying("phonenumber", lower) if "phone" in lower else TypeCell(type=kind)
    identifies = _PRELOADED.get(binding.get("jr:preload", "")) or _BY_BINDING.get(binding.get("type", ""))
    if identifies:
        return _identifying(identifies, lower)
    return TypeCell(type="calculate") if control is None and binding.get("type") == "string" else None


def _identifying(kind: str, written: str) -> TypeCell:
    """The refusal of a type that identifies, by the name that its author gave it."""
    code, message = refusal(kind) or ("type.identifies", "")
    return _no(code, message.replace(f"type {kind}", f"type {short(written)}"))


def _no(code: str, message: str) -> TypeCell:
    return TypeCell(refused=(code, message))
