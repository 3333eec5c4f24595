"""Small notations inside cells: ranges, bands, dated keys, lists, numbers; each written here and read here."""

import json
import re
from collections.abc import Mapping, Sequence

from pyxform.errors import PyXFormError
from pyxform.parsing.parameters import parse as parse_parameters

from schemas.words import say

_WHOLE = re.compile(r"-?[0-9]{1,15}\Z")
_THOUSANDS = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?:(?:\.[0-9]{3}){2,}|(?:,[0-9]{3}){2,})(?![0-9.,])")
# 1.000 is a thousand to some and one to others.
_EITHER = re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2}[.,][0-9]{3}(?![0-9.,])")
_BOUNDS = {"min": "start", "max": "end"}
_DECIMAL_COMMA = re.compile(r"(?<=[0-9]),(?=[0-9])")
_BANDS = re.compile(r"bands\s*:?\s*(.+)\Z", re.IGNORECASE)
_KEY = re.compile(
    r"(?P<choice>[A-Za-z_][A-Za-z0-9_]{0,63})(?:\s+from\s+(?P<start>\S+))?(?:\s+until\s+(?P<until>\S+))?\Z"
)


class CellUnclear(ValueError):
    """The cell does not follow its notation; the message says what it should look like."""


def read_number(text: str) -> int | float:
    """A number, whole where it is written so."""
    text = text.strip().replace("\u2212", "-")
    try:
        return int(text) if _WHOLE.match(text) else float(text.replace(",", ".") if text.count(",") == 1 else text)
    except ValueError:
        raise CellUnclear("this is a number, such as 5 or 0.5") from None


def write_number(number: float) -> str:
    """The number so that reading it gives the same again."""
    return repr(number)


def plain_parameters(text: str) -> str:
    """The parameters with their numbers as they are read here: 1000000 for 1.000.000, 0.5 for 0,5."""
    text = _THOUSANDS.sub(lambda found: re.sub("[.,]", "", found[0]), text)
    if found := _EITHER.search(text):
        fraction = float(found[0].replace(",", "."))
        message = say(
            "{number} can be read in two ways: write {large}, or {small} for the fraction",
            number=found[0],
            large=re.sub("[.,]", "", found[0]),
            small=_unmistakable(int(fraction) if fraction.is_integer() else fraction),
        )
        raise CellUnclear(message)
    return _DECIMAL_COMMA.sub(".", text)


def read_parameters(text: str) -> dict[str, str]:
    """The pairs of XLSForm's parameters column, such as start=0 end=10 step=1."""
    text = plain_parameters(text)
    try:
        return {str(key): str(value) for key, value in parse_parameters(text, 0).items()}
    except PyXFormError:
        raise CellUnclear("parameters are written as name=value, such as start=0 end=10 step=1") from None


def read_range(pairs: Mapping[str, str]) -> dict[str, int | float]:
    """The range in the parameters' start, end and step; min and max are start and end."""
    named = {_BOUNDS.get(key, key): value for key, value in pairs.items()}
    found: dict[str, int | float] = {key: read_number(named[key]) for key in ("start", "end", "step") if key in named}
    if not found:
        raise CellUnclear("parameters are written as name=value, such as start=0 end=10 step=1")
    return found


def write_range(bounds: Mapping[str, float]) -> str:
    """start=0 end=10 step=1."""
    return " ".join(f"{key}={_unmistakable(bounds[key])}" for key in ("start", "end", "step") if key in bounds)


def _unmistakable(number: float) -> str:
    written = write_number(number)
    return f"{written}0" if _EITHER.search(written) else written


def read_dimension(text: str) -> object:
    """True for yes, {"bands": […]} for "bands: 18 25 35"."""
    found = _BANDS.match(text)
    if not found:
        if text.casefold() in ("yes", "true", "1", "x", "có"):
            return True
        raise CellUnclear("this is yes, or bands: 18 25 35")
    bands = [read_number(word) for word in found[1].replace(",", " ").replace(";", " ").split()]
    if not all(isinstance(band, int) for band in bands):
        raise CellUnclear("bands are whole numbers: bands: 18 25 35")
    return {"bands": bands}


def write_dimension(dimension: object) -> str:
    """The same, the other way round."""
    return f"bands: {' '.join(map(str, dimension['bands']))}" if isinstance(dimension, Mapping) else "yes"


def read_correct(text: str) -> object:
    """A choice's name, or keys with their days: "m6 until 2026-06-30; m7 from 2026-07-01"."""
    found = [_KEY.match(" ".join(part.split())) for part in text.split(";") if part.strip()]
    keys = []
    for key in found:
        if key is None:
            raise CellUnclear("this is the name of a choice, or: m6 until 2026-06-30; m7 from 2026-07-01")
        days = {"from": key["start"], "until": key["until"]}
        keys.append({"choice": key["choice"], **{word: day for word, day in days.items() if day}})
    return keys[0]["choice"] if len(keys) == 1 and len(keys[0]) == 1 else keys


def write_correct(correct: object) -> str:
    """The same, the other way round."""
    if isinstance(correct, str):
        return correct
    keys: Sequence[Mapping[str, str]] = correct if isinstance(correct, Sequence) else ()
    return "; ".join(
        " ".join([key["choice"], *(f"{word} {key[word]}" for word in ("from", "until") if word in key)]) for key in keys
    )


def read_list(text: str) -> list[str]:
    """Several texts in one cell, between semicolons or as lines; as JSON where they hold such signs themselves."""
    text = text.strip()
    if text.startswith("["):
        try:
            found = json.loads(text)
        except ValueError:
            found = None
        if isinstance(found, list) and all(isinstance(item, str) for item in found):
            return found
    return [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]


def write_list(items: Sequence[str]) -> str:
    """The same, the other way round."""
    plain = "; ".join(items)
    return plain if read_list(plain) == list(items) else json.dumps(list(items), ensure_ascii=False)


def read_quoted(text: str) -> str:
    """A text as it is; in quotes where spaces at its ends matter."""
    if text[:1] == text[-1:] == '"' and len(text) > 1:
        try:
            found = json.loads(text)
        except ValueError:
            return text
        return found if isinstance(found, str) else text
    return text


def write_quoted(text: str) -> str:
    """The same, the other way round."""
    clear = text == text.strip() and text and read_quoted(text) == text
    return text if clear else json.dumps(text)
