"""The settings sheet: what the survey is called and says around its questions."""

from typing import Any

from schemas.fields import IDENTIFIER
from schemas.texts import folded
from schemas.words import say
from schemas.xlsform.book import Cell, Sheet
from schemas.xlsform.cells import CellUnclear, read_list, read_number
from schemas.xlsform.columns import heading
from schemas.xlsform.findings import Findings, at, short
from schemas.xlsform.headings import renamed
from schemas.xlsform.tables import SheetRow, SheetTable, cleaned

_NUMBERS = ("minutes",)
_TEXTS = ("consent", "about", "closing")
_FLAGS = ("show_answers", "quick")
_PACK_NUMBERS = ("min_age", "min_n")
_PACK_LISTS = ("modes", "targets", "seed_rows")
_HIGHEST_VERSION = 1_000_000


def peek(sheet: Sheet | None, header: str) -> str:
    """A setting that is needed before the sheet can be read as a whole."""
    if sheet is None or not sheet.rows:
        return ""
    top, *below = sorted(sheet.rows)
    for number, cell in sheet.rows[top].items():
        if (
            cleaned(cell.text).lower().replace(" ", "_") == header
            and below
            and (found := sheet.rows[below[0]].get(number))
        ):
            return cleaned(found.text)
    return ""


def turn_settings(sheet: Sheet | None, findings: Findings) -> None:
    """Settings that stand one below the other, each beside its name, are turned to stand in one row; told."""
    if sheet is None or len(sheet.rows) < 2:
        return
    left = min(number for row in sheet.rows.values() for number in row)
    pairs = [(row.get(left), row.get(left + 1)) for _, row in sorted(sheet.rows.items())]
    names = [_is_setting(key) for key, _ in pairs]
    if (
        not all(names[:2])
        or _is_setting(pairs[0][1])
        or any(number > left + 1 for row in sheet.rows.values() for number in row)
    ):
        return
    rows = ({number: pair[part] for number, pair in enumerate(pairs, 1)} for part in (0, 1))
    turned = [{number: cell for number, cell in row.items() if cell is not None} for row in rows]
    sheet.rows.clear()
    sheet.rows.update(enumerate(turned, 1))
    message = "the settings stand below one another here; they are read as if they stood in one row"
    findings.remark("xlsform.settings", at(sheet.name), message)


def _is_setting(cell: Cell | None) -> bool:
    return cell is not None and bool(
        heading("settings", renamed("settings", [cleaned(cell.text)])[0], double_colon=False).key
    )


def is_true(said: str) -> bool:
    """Whether a cell says yes."""
    return said.casefold() in ("yes", "y", "true", "true()", "1", "x", "có")


def is_ours(sheet: Sheet | None) -> bool:
    """Whether the workbook was written here: it says in which order its languages stand, which no other program does."""
    return bool(peek(sheet, "langnghe::languages"))


def read_settings(table: SheetTable | None, findings: Findings, languages: list[str], file: str = "") -> dict[str, Any]:
    """The top of the document; what nobody said is taken from the name of the `file`, and told."""
    row = table.rows[0] if table and table.rows else None
    if row is None:
        name = " ".join(file.replace("_", " ").split()) or "Survey"
        top: dict[str, Any] = {
            "id": _slug(file or name),
            "version": 1,
            "title": {languages[0]: name},
            "languages": languages,
        }
        message = say(
            "there are no settings; after the file the survey is called «{title}», with the id {id}",
            title=short(name),
            id=top["id"],
        )
        findings.remark("xlsform.settings", at("settings"), message)
        return top
    if table and len(table.rows) > 1:
        findings.remark("xlsform.settings", table.rows[1].at(), "settings have one row; further ones are not read")
    top = {"id": _identifier(row, findings, file), "version": _version(row, findings), "languages": languages}
    top["title"] = row.text("title") or _title(row, findings, languages, file, top["id"])
    if row.word("kind"):
        top["kind"] = row.word("kind")
    top |= {key: text for key in _TEXTS if (text := row.text(key))}
    top |= _numbers(row, _NUMBERS, findings)
    top |= {key: True for key in _FLAGS if row.flag(key, findings)}
    if row.word("crossings"):
        top["crossings"] = [pair.split() for pair in read_list(row.raw("crossings"))]
    if pack := _pack(row, findings):
        top["pack"] = pack
    return top


def _title(row: SheetRow, findings: Findings, languages: list[str], file: str, identifier: str) -> dict[str, str]:
    title = row.word("id") or " ".join(file.replace("_", " ").split()) or identifier
    message = say("there is no form_title; the survey is called «{title}»", title=short(title))
    findings.remark("xlsform.settings", row.at("title"), message)
    return {languages[0]: title}


def _slug(text: str) -> str:
    plain = "-".join("".join(letter if letter.isalnum() else " " for letter in folded(text)).split())
    return plain.encode("ascii", "ignore").decode()[:64].strip("-") or "survey"


def _identifier(row: SheetRow, findings: Findings, file: str) -> str:
    given = row.word("id")
    if IDENTIFIER.match(given):
        return given
    proposal = _slug(given or next(iter(row.text("title").values()), "") or file)
    if given:
        message = say("«{given}» has signs that no id has; the survey has the id {id}", given=short(given), id=proposal)
    else:
        message = say("there is no form_id; the survey has the id {id}", id=proposal)
    findings.remark("xlsform.settings", row.at("id"), message)
    return proposal


def _version(row: SheetRow, findings: Findings) -> int:
    given = row.word("version")
    if given.isdecimal() and 1 <= int(given[:12]) <= _HIGHEST_VERSION:
        return int(given)
    if given:
        message = say(
            "«{given}» is not a number from 1 to {highest:,}; the survey is version 1",
            given=short(given),
            highest=_HIGHEST_VERSION,
        )
        findings.remark("xlsform.settings", row.at("version"), message)
    return 1


def _numbers(row: SheetRow, keys: tuple[str, ...], findings: Findings) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key in keys:
        if row.word(key):
            try:
                found[key] = read_number(row.word(key))
            except CellUnclear as unclear:
                findings.error("xlsform.number", row.at(key), str(unclear))
    return found


def _pack(row: SheetRow, findings: Findings) -> dict[str, Any]:
    pack: dict[str, Any] = {"population": text} if (text := row.text("population")) else {}
    pack |= _numbers(row, _PACK_NUMBERS, findings)
    pack |= {key: read_list(row.raw(key)) for key in _PACK_LISTS if row.word(key)}
    return pack | ({"referral_required": True} if row.flag("referral_required", findings) else {})
