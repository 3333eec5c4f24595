"""The settings sheet: what the survey is called and says around its questions."""

from typing import Any

from schemas.fields import IDENTIFIER
from schemas.texts import folded
from schemas.xlsform.book import Sheet
from schemas.xlsform.cells import CellUnclear, read_list, read_number
from schemas.xlsform.ledger import Ledger, at, short
from schemas.xlsform.tables import Row, Table, cleaned

_NUMBERS = ("minutes",)
_TEXTS = ("consent", "about", "closing")
_PACK_NUMBERS = ("min_age", "min_n")
_PACK_LISTS = ("modes", "targets", "seed_rows")
_HIGHEST_VERSION = 1_000_000


def peek(sheet: Sheet | None, header: str) -> str:
    """A setting that is needed before the sheet can be read as a whole."""
    if sheet is None:
        return ""
    for number, cell in sheet.rows.get(1, {}).items():
        if cleaned(cell.text).lower().replace(" ", "_") == header and (found := sheet.rows.get(2, {}).get(number)):
            return cleaned(found.text)
    return ""


def is_ours(sheet: Sheet | None) -> bool:
    """Whether the workbook was written here: it says in which order its languages stand, which no other program does."""
    return bool(peek(sheet, "langnghe::languages"))


def read_settings(table: Table | None, ledger: Ledger, languages: list[str]) -> dict[str, Any]:
    """The top of the document."""
    row = table.rows[0] if table and table.rows else None
    if row is None or not (row.word("id") or row.text("title")):
        message = "add a sheet settings with the columns form_id and form_title and one row that says what the survey is called"
        ledger.error("xlsform.no_settings", at("settings"), message)
        return {"id": "form", "version": 1, "title": {languages[0]: "form"}, "languages": languages}
    if table and len(table.rows) > 1:
        ledger.remark("xlsform.settings", table.rows[1].at(), "settings have one row; further ones are not read")
    top: dict[str, Any] = {"id": _identifier(row, ledger), "version": _version(row, ledger), "languages": languages}
    top["title"] = row.text("title") or {languages[0]: top["id"]}
    if row.word("kind"):
        top["kind"] = row.word("kind")
    top |= {key: text for key in _TEXTS if (text := row.text(key))}
    top |= _numbers(row, _NUMBERS, ledger)
    if row.flag("show_answers", ledger):
        top["show_answers"] = True
    if pack := _pack(row, ledger):
        top["pack"] = pack
    return top


def _identifier(row: Row, ledger: Ledger) -> str:
    given = row.word("id")
    if IDENTIFIER.match(given):
        return given
    source = given or next(iter(row.text("title").values()))
    plain = "-".join("".join(letter if letter.isalnum() else " " for letter in folded(source)).split())
    proposal = plain.encode("ascii", "ignore").decode()[:64].strip("-") or "survey"
    if given:
        message = f"«{short(given)}» is no id: it has letters a-z, digits, - and _; write {proposal}"
        ledger.error("name.shape", row.at("id"), message)
    else:
        ledger.remark("xlsform.settings", row.at("id"), f"there is no form_id; the survey is called {proposal}")
    return proposal


def _version(row: Row, ledger: Ledger) -> int:
    given = row.word("version")
    if given.isdecimal() and 1 <= int(given[:12]) <= _HIGHEST_VERSION:
        return int(given)
    if given:
        message = f"«{short(given)}» is not a number from 1 to {_HIGHEST_VERSION:,}; the survey is version 1"
        ledger.remark("xlsform.settings", row.at("version"), message)
    return 1


def _numbers(row: Row, keys: tuple[str, ...], ledger: Ledger) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key in keys:
        if row.word(key):
            try:
                found[key] = read_number(row.word(key))
            except CellUnclear as unclear:
                ledger.error("xlsform.number", row.at(key), str(unclear))
    return found


def _pack(row: Row, ledger: Ledger) -> dict[str, Any]:
    pack: dict[str, Any] = {"population": text} if (text := row.text("population")) else {}
    pack |= _numbers(row, _PACK_NUMBERS, ledger)
    pack |= {key: read_list(row.raw(key)) for key in _PACK_LISTS if row.word(key)}
    return pack | ({"referral_required": True} if row.flag("referral_required", ledger) else {})
