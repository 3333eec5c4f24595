"""The sheets of a form by the other names that people give them: «Khảo sát», "Choices1"."""

import re
from collections.abc import Mapping

from schemas.texts import folded

# By the letters alone, so that «Khảo sát», «KHAO SAT» and "khao_sat" are one.
_SHEETS: Mapping[str, str] = {
    **dict.fromkeys("khaosat phieukhaosat phieuhoi banghoi bangcauhoi cauhoi questions questionnaire surveys".split(), "survey"),
    **dict.fromkeys("choice options luachon cacluachon phuongan dapan danhsach danhsachluachon answers".split(), "choices"),
    **dict.fromkeys("setting caidat thietlap cauhinh formsettings".split(), "settings"),
    **dict.fromkeys("externalchoice external".split(), "external_choices"),
}  # fmt: skip


def letters_of(text: str) -> str:
    """The letters and digits of a name, without case, accents and signs."""
    return re.sub(r"[^a-z0-9]+", "", folded(text))


def sheet_of(name: str) -> str | None:
    """Which sheet of a form goes by this name, if it is another name for one."""
    letters = letters_of(name)
    stem = letters.rstrip("0123456789")
    return _SHEETS.get(letters) or _SHEETS.get(stem) or (stem if stem in ("survey", "choices", "settings") else None)
