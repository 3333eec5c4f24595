"""An XLSForm workbook in, an author's survey document out, or every reason why not. Nothing is imported by half."""

from dataclasses import dataclass
from typing import Any

from schemas.findings import Finding, SurveyInvalid
from schemas.media_files import with_fetched
from schemas.survey import load_survey
from schemas.xlsform.anchors import Anchors
from schemas.xlsform.book import Book
from schemas.xlsform.choice_rows import Choices, read_choices
from schemas.xlsform.file_lists import MediaReader
from schemas.xlsform.form_settings import is_ours, peek, read_settings
from schemas.xlsform.group_rows import Sections
from schemas.xlsform.languages import code_of, shown
from schemas.xlsform.ledger import Ledger, at, short
from schemas.xlsform.measure_rows import read_indicators, read_scales, read_support
from schemas.xlsform.question_rows import Form
from schemas.xlsform.reading import read_book
from schemas.xlsform.reference_check import ask_pyxform
from schemas.xlsform.tables import Table, cleaned, read_table

__all__ = ["Imported", "MediaReader", "import_with_remarks", "import_xlsform"]

_NOT_OURS = {
    "external_choices": "put its lists on the choices sheet",
    "entities": "answers are anonymous, so nothing is kept about persons or things",
    "osm": "maps and places identify",
}
_FOR_PEOPLE = frozenset({"help", "hướng dẫn", "trợ giúp", "readme", "read me", "instructions", "changelog"})
_MEASURES = {"support": read_support, "scales": read_scales, "indicators": read_indicators}
# Findings that may only be there because a row with an error of its own was left out.
_CONSEQUENCES = frozenset(
    "reference.unknown list.unknown item.unknown reference.no_choices scale.unknown indicator.unknown column.unknown text.reference "
    "text.pipe pipe.unknown constraint.missing choice.unknown specifies.unknown key.missing".split()
)


@dataclass(frozen=True, slots=True)
class Imported:
    """The document, and what its author should know about how it was read."""

    document: dict[str, Any]
    remarks: tuple[Finding, ...]


def import_xlsform(data: bytes, *, suffix: str = ".xlsx", media: MediaReader | None = None) -> dict[str, Any]:
    """The survey document in the workbook; raises SurveyInvalid with all findings, placed by sheet, row and column.

    `suffix` is that of the file's name; `media` gives the bytes of a file that lies beside it, or None:
    lists of choices, and the pictures and sounds that the document names (they are not put into it).
    """
    return import_with_remarks(data, suffix=suffix, media=media).document


def import_with_remarks(data: bytes, *, suffix: str = ".xlsx", media: MediaReader | None = None) -> Imported:
    """The same, with what was left out or read in a certain way as warnings."""
    book = read_book(data, suffix)
    ledger, anchors = Ledger(), Anchors()
    _tell_sheets(book, ledger)
    ledger.settle()
    default = _default_language(book, ledger)
    tables = {
        name: read_table(name, sheet, ledger, default) for name, sheet in book.sheets.items() if name not in _NOT_OURS
    }
    if not any(column.key == ("type", "") for column in tables["survey"].columns):
        ledger.error(
            "xlsform.no_header",
            at(tables["survey"].name, 1),
            "the column type is missing; the first row names the columns",
        )
        ledger.settle()
    document, dropped = _document(book, tables, ledger, anchors, default, media)
    _check(document, ledger, anchors, media, dropped=dropped)
    if ledger.clean:
        ask_pyxform(book, ledger, binding=not is_ours(book.sheets.get("settings")))
    ledger.settle()
    return Imported(document, ledger.remarks)


def _tell_sheets(book: Book, ledger: Ledger) -> None:
    if "survey" not in book.sheets:
        names = ", ".join(short(name) for name in book.unread[:10]) or "none"
        ledger.error("xlsform.no_survey", "", f"a sheet named survey is needed; there are: {names}")
        return
    if book.alone:
        ledger.remark("xlsform.sheet", at(book.alone), "the only sheet is read as the survey sheet")
    for name, reason in _NOT_OURS.items():
        if name in book.sheets and len(book.sheets[name].rows) > 1:
            ledger.error(
                "xlsform.sheet", at(book.sheets[name].name), f"this sheet is not supported: {reason}; delete it"
            )
    if unread := [name for name in book.unread if cleaned(name).lower() not in _FOR_PEOPLE]:
        listed = ", ".join(short(name) for name in unread[:10]) + (" …" if len(unread) > 10 else "")
        ledger.remark("xlsform.sheet", "", f"these sheets are not read: {listed}")


def _default_language(book: Book, ledger: Ledger) -> str:
    """The language of columns that name none."""
    settings, survey = book.sheets.get("settings"), book.sheets["survey"]
    said = peek(settings, "default_language")
    if said and (code := code_of(said)):
        return code
    headers = [cleaned(cell.text) for _, cell in sorted(survey.rows.get(1, {}).items())]
    named = [
        code
        for header in headers
        if header.lower().startswith("label:") and (code := code_of(header.rpartition(":")[2]))
    ]
    bare = any(header.lower() in ("label", "caption") for header in headers)
    if not bare:
        return named[0] if named else "vi"
    taken = next(code for code in ("vi", "en", "und") if code not in named)
    message = (
        f"columns without a language are taken as {shown(taken)}; say otherwise as default_language in the settings"
    )
    ledger.remark("xlsform.language", at(survey.name, 1, "label"), message)
    return taken


def _languages(book: Book, tables: dict[str, Table], default: str) -> list[str]:
    said = peek(book.sheets.get("settings"), "langnghe::languages")
    codes = [code for word in said.replace(",", " ").split() if (code := code_of(word))]
    own = [code for name in ("survey", "choices") if name in tables for code in tables[name].languages]
    return codes or list(dict.fromkeys([default, *own]))


def _document(
    book: Book, tables: dict[str, Table], ledger: Ledger, anchors: Anchors, default: str, media: MediaReader | None
) -> tuple[dict[str, Any], bool]:
    """The document, and whether rows had to be left out of it."""
    languages = _languages(book, tables, default)
    settings = tables.get("settings")
    anchors.settings = settings.rows[0] if settings and settings.rows else None
    document = read_settings(settings, ledger, languages)
    lists: dict[str, Choices] = read_choices(tables["choices"], ledger, anchors) if "choices" in tables else {}
    dropped = not ledger.clean
    form = Form(ledger, anchors, lists, languages, is_ours(book.sheets.get("settings")), media)
    sections = Sections(form)
    sections.read(tables["survey"])
    if not sections.sections and ledger.clean:
        ledger.error("xlsform.no_questions", at(tables["survey"].name), "there is no question on this sheet")
    document |= {"choice_lists": form.lists} if form.lists else {}
    document["sections"] = sections.sections
    for key, reader in _MEASURES.items():
        if (table := tables.get(f"langnghe_{key}")) and table.rows:
            document[key] = reader(table, ledger, anchors)
    return document, dropped or form.dropped or not ledger.clean


def _check(
    document: dict[str, Any], ledger: Ledger, anchors: Anchors, media: MediaReader | None, *, dropped: bool
) -> None:
    """What loading the document says, told by sheet, row and column; not what only follows from errors told before."""
    if not document["sections"]:
        return
    try:
        load_survey(with_fetched(document, media) if media else document)
    except SurveyInvalid as invalid:
        for finding in invalid.findings:
            follows = dropped and finding.code in _CONSEQUENCES
            elsewhere = media is None and finding.code == "media.missing"  # the caller has the files
            if not follows and not elsewhere:
                ledger.keep(anchors.told(finding))
