"""An XLSForm workbook in, an author's survey document out, or every reason why not. Nothing is imported by half."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from schemas.findings import Finding, SurveyInvalid
from schemas.media_files import with_fetched
from schemas.survey import Survey, load_survey
from schemas.words import say, sentence
from schemas.xlsform import adapting
from schemas.xlsform.book import Book, Sheet
from schemas.xlsform.cell_positions import CellPositions
from schemas.xlsform.choice_rows import Choices, read_choices
from schemas.xlsform.file_lists import MediaReader
from schemas.xlsform.findings import Findings, at, short
from schemas.xlsform.form_settings import is_ours, peek, read_settings, turn_settings
from schemas.xlsform.group_rows import Sections
from schemas.xlsform.headings import header_row, renamed
from schemas.xlsform.languages import code_of, language_of, shown, unnamed
from schemas.xlsform.measure_rows import read_indicators, read_scales, read_support
from schemas.xlsform.missing_files import leave_out
from schemas.xlsform.question_rows import Form
from schemas.xlsform.reading import read_book
from schemas.xlsform.reference_check import ask_pyxform
from schemas.xlsform.tables import SheetTable, cleaned, read_table

__all__ = ["Imported", "MediaReader", "import_with_remarks", "import_xlsform"]

_NOT_OURS = {
    "entities": "answers are anonymous, so nothing is kept about persons or things",
    "osm": "maps and places identify",
}
_ANONYMOUS = frozenset({"survey", "quiz", "event", ""})  # kinds of survey in which nobody is named
# What was mended here pyxform would object to once more.
_MENDED = frozenset(
    "name.changed name.twice_in_groups xlsform.header xlsform.kobo xlsform.typography xlsform.group xlsform.sheet xlsform.cell "
    "xlsform.calculation xlsform.bounds expression.left_out expression.written_out".split()
)
_FOR_PEOPLE = frozenset({"help", "hướng dẫn", "trợ giúp", "readme", "read me", "instructions", "changelog"})
_MEASURES = {"support": read_support, "scales": read_scales, "indicators": read_indicators}
# Findings that may only be there because a row with an error of its own was left out.
_CONSEQUENCES = frozenset(
    "reference.unknown list.unknown item.unknown reference.no_choices scale.unknown indicator.unknown column.unknown text.reference "
    "text.pipe pipe.unknown constraint.missing choice.unknown specifies.unknown key.missing".split()
)


@dataclass(frozen=True, slots=True)
class Imported:
    """The document, what its author should know about how it was read, and where in the workbook a finding about it stands."""

    document: dict[str, Any]
    remarks: tuple[Finding, ...]
    placed: Callable[[Finding], Finding]


def import_xlsform(
    data: bytes, *, suffix: str = ".xlsx", media: MediaReader | None = None, file: str = ""
) -> dict[str, Any]:
    """The survey document in the workbook; raises SurveyInvalid with all findings, placed by sheet, row and column.

    `suffix` is that of the file's name, and `file` the name without it, after which a survey is called that says no other;
    `media` gives the bytes of a file that lies beside it, or None: lists of choices, and the pictures and sounds that the
    document names (they are not put into it).
    """
    return import_with_remarks(data, suffix=suffix, media=media, file=file).document


def import_with_remarks(
    data: bytes, *, suffix: str = ".xlsx", media: MediaReader | None = None, file: str = ""
) -> Imported:
    """The same, with what was left out or read in a certain way as warnings."""
    book = read_book(data, suffix)
    findings, positions = Findings(), CellPositions()
    _tell_sheets(book, findings)
    findings.settle()
    turn_settings(book.sheets.get("settings"), findings)
    default = _default_language(book, findings)
    tables = {
        name: read_table(name, sheet, findings, default) for name, sheet in book.sheets.items() if name not in _NOT_OURS
    }
    if not any(column.key == ("type", "") for column in tables["survey"].columns):
        message = "the column type is missing; the first row names the columns"
        findings.error("xlsform.no_header", at(tables["survey"].name, tables["survey"].top), message)
        findings.settle()
    ours = is_ours(book.sheets.get("settings"))
    kind = peek(book.sheets.get("settings"), "langnghe::kind")
    adapting.adapt(tables, adapting.Form(default, kind.lower() in _ANONYMOUS, ours, media), findings)
    document, dropped = _document(book, tables, findings, positions, default, file)
    if media and not ours:
        leave_out(document, media, positions, findings)
    rest = _check(document, findings, positions, media, dropped=dropped)
    if findings.clean and not findings.has(_MENDED):
        ask_pyxform(book, findings)
    findings.settle(rest, positions.with_cell)
    return Imported(document, findings.remarks, positions.with_cell)


def _tell_sheets(book: Book, findings: Findings) -> None:
    if "survey" not in book.sheets:
        names = ", ".join(short(name) for name in book.unread[:10]) or "none"
        findings.error("xlsform.no_survey", "", say("a sheet named survey is needed; there are: {names}", names=names))
        return
    if book.alone:
        findings.remark("xlsform.sheet", at(book.alone), "the only sheet is read as the survey sheet")
    for name, reason in _NOT_OURS.items():
        if name in book.sheets and len(book.sheets[name].rows) > 1:
            findings.remark(
                "xlsform.sheet",
                at(book.sheets[name].name),
                say("this sheet is left out: {reason}", reason=sentence(reason)),
            )
    if unread := [name for name in book.unread if cleaned(name).lower() not in _FOR_PEOPLE]:
        listed = ", ".join(short(name) for name in unread[:10]) + (" …" if len(unread) > 10 else "")
        findings.remark("xlsform.sheet", "", say("these sheets are not read: {names}", names=listed))
    for name, sheet in book.sheets.items():
        if sheet.name.strip().lower() != name and not book.alone:
            findings.remark("xlsform.sheet", at(sheet.name), say("this sheet is read as the sheet {name}", name=name))


def _default_language(book: Book, findings: Findings) -> str:
    """The language of columns that name none."""
    settings, survey = book.sheets.get("settings"), book.sheets["survey"]
    said = peek(settings, "default_language")
    code = code_of(said) if said else None
    top = header_row("survey", survey)
    headers = renamed("survey", [cleaned(cell.text) for _, cell in sorted(survey.rows.get(top, {}).items())])
    labels = [header for header in headers if header.lower().startswith(("label:", "caption:"))]
    named = [code_of(header.rpartition(":")[2]) or unnamed(header.rpartition(":")[2]) for header in labels]
    bare = any(header.lower() in ("label", "caption") for header in headers)
    if code and not (bare and code in named and not is_ours(settings) and _differ(survey, top, code)):
        return code
    if not bare:
        return named[0] if named else "vi"
    spoken = language_of(cell.text for row in survey.rows.values() for cell in row.values())
    taken = next(code for code in (spoken, "vi", "en", "und") if code not in named)
    message = say(
        "columns without a language are taken as {language}; say otherwise as default_language in the settings",
        language=shown(taken),
    )
    findings.remark("xlsform.language", at(survey.name, top, "label"), message)
    return taken


def _differ(survey: Sheet, top: int, code: str) -> bool:
    """Whether a label without a language says something else than the one in this language."""
    columns: dict[bool, int] = {}
    for number, cell in survey.rows[top].items():
        key, _, language = cleaned(cell.text).partition(":")
        if key.strip().lower() in ("label", "caption") and (not language or code_of(language.strip(": ")) == code):
            columns[bool(language)] = number
    return any(
        columns[False] in row
        and columns[True] in row
        and row[columns[False]].text.strip() != row[columns[True]].text.strip()
        for number, row in survey.rows.items()
        if number > top and len(columns) > 1
    )


def _languages(book: Book, tables: dict[str, SheetTable], default: str) -> list[str]:
    said = peek(book.sheets.get("settings"), "langnghe::languages")
    codes = [code for word in said.replace(",", " ").split() if (code := code_of(word))]
    own = [code for name in ("survey", "choices") if name in tables for code in tables[name].languages]
    return codes or list(dict.fromkeys([default, *own]))


def _document(
    book: Book, tables: dict[str, SheetTable], findings: Findings, positions: CellPositions, default: str, file: str
) -> tuple[dict[str, Any], bool]:
    """The document, and whether rows had to be left out of it."""
    languages = _languages(book, tables, default)
    settings = tables.get("settings")
    positions.settings = settings.rows[0] if settings and settings.rows else None
    document = read_settings(settings, findings, languages, file)
    lists: dict[str, Choices] = {}
    for name, table in tables.items():
        if name == "choices" or name.startswith("file "):
            lists |= read_choices(table, findings, positions, languages)
    dropped = not findings.clean
    form = Form(findings, positions, lists, languages, is_ours(book.sheets.get("settings")))
    sections = Sections(form)
    sections.read(tables["survey"])
    if not sections.sections and findings.clean:
        findings.error("xlsform.no_questions", at(tables["survey"].name), "there is no question on this sheet")
    document |= {"choice_lists": form.lists} if form.lists else {}
    document["sections"] = sections.sections
    for key, reader in _MEASURES.items():
        if (sheet := tables.get(f"langnghe_{key}")) and sheet.rows:
            document[key] = reader(sheet, findings, positions)
    return document, dropped or form.dropped or not findings.clean


def _check(
    document: dict[str, Any], findings: Findings, positions: CellPositions, media: MediaReader | None, *, dropped: bool
) -> Survey | None:
    """What loading the document says, told by sheet, row and column; not what only follows from errors told before.

    Gives the survey, or what is left of it without what cannot be read, for lint to look through.
    """
    if not document["sections"]:
        return None
    try:
        return load_survey(with_fetched(document, media) if media else document)
    except SurveyInvalid as invalid:
        for finding in invalid.findings:
            follows = dropped and finding.code in _CONSEQUENCES
            elsewhere = media is None and finding.code == "media.missing"  # the caller has the files
            if not follows and not elsewhere:
                findings.keep(positions.with_cell(finding))
        return invalid.rest
