"""Where a sheet's table begins, and its columns by the other names that people give them."""

import re
from collections.abc import Iterable, Mapping, Sequence

from schemas.xlsform.book import Cell, Sheet
from schemas.xlsform.sheet_names import letters_of

_FIRST_ROWS = 12
_LONGEST = 300
_COLONS = re.compile(r"\s*(::?)\s*")
_BRACKETS = re.compile(r"(label|hint|caption|constraint[ _]message)\s*\(([^()]{2,40})\)\Z", re.IGNORECASE)
_SURVEY_COLUMNS: Mapping[str, str] = {
    **dict.fromkeys("loai loaicauhoi kieu kieucauhoi questiontype fieldtype".split(), "type"),
    **dict.fromkeys("ten tenbien macauhoi ma bien variable variablename fieldname questionname".split(), "name"),
    **dict.fromkeys("cauhoi noidung noidungcauhoi nhan question questiontext text questionlabel".split(), "label"),
    **dict.fromkeys("goiy huongdan chuthich hints".split(), "hint"),
    **dict.fromkeys("batbuoc mandatory".split(), "required"),
    **dict.fromkeys("dieukien dieukienhien relevants skiplogic skip".split(), "relevant"),
    **dict.fromkeys("rangbuoc constraints validation".split(), "constraint"),
    **dict.fromkeys("thongbaoloi thongbaorangbuoc".split(), "constraint_message"),
    **dict.fromkeys("hienthi cachhienthi".split(), "appearance"),
    **dict.fromkeys("congthuc tinhtoan calculations".split(), "calculation"),
}  # fmt: skip
_CHOICE_COLUMNS: Mapping[str, str] = {
    **dict.fromkeys("danhsach tendanhsach list listnames choicelist".split(), "list_name"),
    **dict.fromkeys("ten ma giatri code choicename".split(), "name"),
    **dict.fromkeys("nhan luachon noidung phuongan choicelabel".split(), "label"),
}  # fmt: skip
_SETTINGS_COLUMNS: Mapping[str, str] = {
    **dict.fromkeys("tieude tenphieu tenkhaosat formtitle".split(), "form_title"),
    **dict.fromkeys("maphieu makhaosat formid".split(), "form_id"),
    **dict.fromkeys("ngonngu ngonngumacdinh".split(), "default_language"),
}  # fmt: skip
_COLUMNS = {"survey": _SURVEY_COLUMNS, "choices": _CHOICE_COLUMNS, "settings": _SETTINGS_COLUMNS}
_NEEDED: Mapping[str, tuple[frozenset[str], ...]] = {
    "survey": (frozenset({"type"}), frozenset({"name", "label", "caption", "calculation"})),
    "choices": (frozenset({"list_name"}), frozenset({"name", "value", "label", "caption"})),
}


def joined_up(header: str) -> str:
    """The header as XLSForm writes it: without blanks around its colons, a language in brackets behind two of them."""
    header = _COLONS.sub(lambda found: found[1], header)
    found = _BRACKETS.match(header)
    return f"{found[1]}::{found[2]}" if found else header


def renamed(kind: str, headers: Sequence[str]) -> list[str]:
    """The headers by their own names: «Câu hỏi» is label, unless another column is that already."""
    known, taken = _COLUMNS.get(kind, {}), {_base(joined_up(header)) for header in headers}
    found = []
    for header in map(joined_up, headers):
        base, colons, rest = header.partition("::")
        meant = known.get(letters_of(base))
        found.append(f"{meant}{colons}{rest}" if meant and meant not in taken else header)
    return found


def header_row(kind: str, sheet: Sheet) -> int:
    """The row that names the columns: the first one, unless a title or a note stands above it."""
    if kind not in _NEEDED:
        return min(sheet.rows, default=1) if kind == "settings" else 1
    filled = sorted(sheet.rows)[:_FIRST_ROWS]
    return next((number for number in filled if _names_columns(kind, sheet.rows[number].values())), 1)


def _names_columns(kind: str, cells: Iterable[Cell]) -> bool:
    headers = [" ".join(cell.text[:_LONGEST].split()) for cell in cells]
    named = {_base(header) for header in renamed(kind, headers)}
    return all(named & needed for needed in _NEEDED[kind])


def _base(header: str) -> str:
    return header.partition(":")[0].strip().lower().replace(" ", "_")
