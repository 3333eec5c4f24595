"""The type column: pyxform's names and aliases for questions and groups, as types of ours or as the reason why there is none."""

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain

from pyxform import aliases
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT
from pyxform.xls2json import RE_BEGIN_CONTROL, RE_END_CONTROL, RE_SELECT

from schemas.questions import IDENTIFYING_TYPES, KINDS
from schemas.texts import folded
from schemas.words import say, sentence
from schemas.xlsform.findings import short

_LONGEST = 300
_CHOOSING = {kind.xlsform.select: kind.name for kind in KINDS.values() if kind.xlsform.select}
# By pyxform's own table: what the control is and what it binds, for types that go by another name.
_BY_CONTROL = {control: kind.name for kind in KINDS.values() for control in kind.xlsform.controls}
_LISTED = tuple(kind.name for kind in KINDS.values() if kind.chooses)
_BY_BINDING = {
    "geopoint": "geopoint", "geotrace": "geotrace", "geoshape": "geoshape", "binary": "file", "barcode": "barcode",
    "dateTime": "datetime", "time": "time",
}  # fmt: skip
# What other programs note by themselves: nobody is asked anything.
_NOTED = frozenset({
    "text audit", "audio audit", "speed violations count", "speed violations list", "speed violations audit", "caseid",
    "calculate_here", "audit", "background-audio", "start-geopoint", "start-geotrace", "start-geoshape", "background-geopoint",
    "username", "email", "phonenumber", "deviceid", "subscriberid", "simserial", "imei", "instanceid", "xml-external", "csv-external",
    "simid", "devicephonenum", "duration", "comments", "set form title", "set form id", "set form version", "hidden id",
})  # fmt: skip
_REPEAT = (
    "ask how many there are, then about all of them together: answers that repeat per child or machine could identify"
)
INSTEAD = {
    "cascading_select": "use select_one with a choice_filter",
    "osm": "maps and places identify; ask for the kind of place with select_one",
    "time": "ask with select_one, for instance morning, afternoon, evening, night",
}
_IN_WORDS = {word: kind.name for kind in KINDS.values() for word in kind.xlsform.words} | {"nhom": "begin_group"}
# select-one, selectone, select_one: and begingroup differ from what is meant by their signs only.
_SPELT = re.compile(
    r"\A(select|begin|end)(?:[_-]? ?(?=\w+ ?:)|-|)(one|multiple|group|repeat)\b(?: ?:)?( (?=\S))?", re.IGNORECASE
)
# select multiple, select_all_that_apply, select_many: and «from» before a list, where no file is meant.
_SEVERAL = re.compile(
    r"\Aselect[ _-]?(?:multiple|many|all(?:[ _-]that[ _-]apply)?)(?: ?:)? (?!from file\b)(?:from (?=\S))?",
    re.IGNORECASE,
)
_ONE = re.compile(r"\Aselect[ _-]one(?: ?:)? from (?!file\b)(?=\S)", re.IGNORECASE)
_MACHINES = frozenset("deviceid simserial simid subscriberid instanceid imei username caseid devicephonenum".split())
_KOBO = re.compile(r"(begin|end)[_ ](score|rank|kobomatrix)\Z")
_KOBO_ROW = {"score__row": "score", "rank__level": "rank"}


@dataclass(frozen=True, slots=True)
class TypeCell:
    """What a row is; the reason why it is refused, as code and sentence, if it is.

    The sentence is made when it is asked for: a hostile workbook has thousands of wrong types, and only the first are told.

    `sort` is "question", "begin" or "end", "noted" for what other programs note without asking, or "kobo" for the rows of
    KoboToolbox's matrices and rankings, whose `type` then says which.
    """

    sort: str = "question"
    type: str = ""
    list_name: str = ""
    or_other: bool = False
    from_file: bool = False
    refused: tuple[str, Callable[[], str]] | None = None


def read_type(cell: str) -> TypeCell:
    """The meaning of a type cell, whose spaces are already single."""
    if len(cell) > _LONGEST:
        return _no("xlsform.type", "this is too long for a type of question")
    cell = _ONE.sub("select_one ", _SEVERAL.sub("select_multiple ", cell))
    cell = _SPELT.sub(lambda found: f"{found[1]}_{found[2]}{found[3] or ''}", cell)
    if found := _kobo(cell.lower()) or _control(cell.lower()) or _choosing(cell):
        return found
    lower = cell.lower().replace("-", "_") if cell.lower().replace("-", "_") in KINDS else cell.lower()
    if lower.replace(" ", "_") in _LISTED:
        message = say("the name of a list on the choices sheet follows: {type} yes_no", type=lower.replace(" ", "_"))
        return _no("xlsform.type", message)
    if lower in KINDS:
        return TypeCell(type=lower)
    return _other_name(cell, lower)


def _control(lower: str) -> TypeCell | None:
    """The begin or end of a group; repeats begin and end too, so that what is inside is looked at."""
    if found := RE_BEGIN_CONTROL.match(lower):
        is_group = aliases.control[found["type"]] == "group"
        refused = (
            None
            if is_group
            else ("type.unknown", partial(say, "repeats are refused; {instead}", instead=sentence(_REPEAT)))
        )
        return TypeCell("begin", refused=refused)
    return TypeCell("end") if RE_END_CONTROL.match(lower) else None


def _kobo(lower: str) -> TypeCell | None:
    """A row of a matrix or ranking of KoboToolbox."""
    if found := _KOBO.match(lower):
        return TypeCell("kobo", f"{found[1]}_{found[2].removeprefix('kobo')}")
    return TypeCell("kobo", _KOBO_ROW[lower]) if lower in _KOBO_ROW else None


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
    kind = "select_one" if command == "select_one_external" else _CHOOSING[aliases.select[command]]
    if "${" in name:
        message = "choices that come out of earlier answers are not supported; put a list on the choices sheet"
        return _no("type.unknown", message)
    return TypeCell(
        type=kind,
        list_name=name,
        or_other=found["specify_other"] is not None,
        from_file=command in aliases.select_from_file,
    )


def _other_name(cell: str, lower: str) -> TypeCell:
    known = QUESTION_TYPE_DICT.get(cell) or QUESTION_TYPE_DICT.get(lower)
    machine = re.sub("[ _-]", "", lower) in _MACHINES
    if machine or {lower, lower.replace("_", "-")} & _NOTED or lower.startswith("sensor_") or _is_preloaded(known):
        return TypeCell("noted", "today" if "today" in lower else "start" if _is_time(known) else "")
    first = lower.partition(" ")[0]
    if (instead := INSTEAD.get(first)) is not None:
        return _no(
            "type.unknown", say("{type} is not supported: {instead}", type=short(cell), instead=sentence(instead))
        )
    if lower == "datetime":
        return TypeCell(type="date")
    if lower in IDENTIFYING_TYPES:
        return _identifying(cell)
    if known and (meant := _by_pyxform(known, lower)):
        return meant
    return TypeCell(refused=("type.unknown", partial(_nearest, cell, lower)))


def _is_preloaded(known: Mapping[str, Mapping[str, str]] | None) -> bool:
    return bool(known and not known.get("control") and "jr:preload" in known.get("bind", {}))


def _is_time(known: Mapping[str, Mapping[str, str]] | None) -> bool:
    return bool(known and known.get("bind", {}).get("jr:preload") == "timestamp")


def _nearest(cell: str, lower: str) -> str:
    """What its author may have meant; the type may have a list behind it."""
    if lower.replace(" ", "_").startswith(tuple(f"{name}_" for name in _LISTED)):
        message = (
            "there is no type «{type}»: behind it stands the name of one list on the choices sheet, without blanks"
        )
        return say(message, type=short(cell))
    words, names = lower.split(" "), [*KINDS, "begin_group", "end_group"]
    starts = [" ".join(words[:count]) for count in range(1, len(words) + 1)]
    in_words = ((start, _IN_WORDS.get(folded(start))) for start in reversed(starts))  # «số nguyên» before «số»
    by_letters = ((start, next(iter(difflib.get_close_matches(start, names, 1, 0.75)), None)) for start in starts)
    for start, near in chain(in_words, by_letters):
        if near:
            rest = near + cell[len(start) :]
            return say("there is no type «{type}»: did you mean {near}?", type=short(cell), near=short(rest))
    known = f"{', '.join(KINDS)}, begin_group, end_group"
    return say("there is no type «{type}»: there are {names}", type=short(cell), names=known)


def _by_pyxform(known: Mapping[str, Mapping[str, str]], lower: str) -> TypeCell | None:
    """What pyxform's table says of a type by another name."""
    control, binding = known.get("control", {}).get("tag"), known.get("bind", {})
    if binding.get("readonly"):
        return TypeCell(type="note")
    if kind := _BY_CONTROL.get((control or "", binding.get("type"))):
        return _identifying(lower) if "phone" in lower else TypeCell(type=kind)
    if identifies := _BY_BINDING.get(binding.get("type", "")):
        return TypeCell(type="date") if identifies == "datetime" else _identifying(lower)
    return TypeCell(type="calculate") if control is None and binding.get("type") == "string" else None


def _identifying(written: str) -> TypeCell:
    """The refusal of a type that identifies, by the name that its author gave it."""
    message = say(
        "a question of type {type} is refused: it would tell who answered, where or when, and nothing that identifies is ever collected "
        "here; leave it out",
        type=short(written),
    )
    return _no("type.identifies", message)


def _no(code: str, message: str) -> TypeCell:
    return TypeCell(refused=(code, lambda: message))
