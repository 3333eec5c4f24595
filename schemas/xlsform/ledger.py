"""What is wrong or worth knowing, collected over the whole workbook, so that an author mends everything in one go."""

from dataclasses import replace

from schemas.findings import Finding, SurveyInvalid, error, warning

MOST_TOLD = 100
LONGEST_MESSAGE = 600


def at(sheet: str, row: int | None = None, column: str = "") -> str:
    """A place in a workbook, in the words of every finding: "sheet survey, row 12, column relevant"."""
    parts = [f"sheet {short(sheet)}", f"row {row}" if row else "", f"column {short(column)}" if column else ""]
    return ", ".join(part for part in parts if part)


def short(text: str) -> str:
    """A piece of a hostile text that may stand in a message."""
    plain = " ".join(text.split())
    return plain if len(plain) <= 60 else f"{plain[:60]}…"


class Ledger:
    """Errors and remarks in the order in which they were met; of very many only the first are kept, the rest are counted."""

    def __init__(self) -> None:
        self._errors: dict[Finding, None] = {}
        self._remarks: dict[Finding, None] = {}
        self._more = 0

    def error(self, code: str, place: str, message: str) -> None:
        """Something that must be mended."""
        self.keep(error(code, place, message))

    def remark(self, code: str, place: str, message: str) -> None:
        """Something that was left out or read in a certain way."""
        if len(self._remarks) < MOST_TOLD:
            self._remarks[warning(code, place, message)] = None

    def keep(self, finding: Finding) -> None:
        """A finding that is already one; each is told once, and none at any length."""
        if len(finding.message) > LONGEST_MESSAGE:
            finding = replace(finding, message=f"{finding.message[:LONGEST_MESSAGE]}…")
        if finding in self._errors:
            return
        if len(self._errors) < MOST_TOLD:
            self._errors[finding] = None
        else:
            self._more += 1

    @property
    def clean(self) -> bool:
        """Whether no error was met."""
        return not self._errors

    @property
    def remarks(self) -> tuple[Finding, ...]:
        """All remarks."""
        return tuple(self._remarks)

    def settle(self) -> None:
        """Raise SurveyInvalid with all errors, if there are any."""
        if self._errors:
            more = [error("xlsform.more", "", f"and {self._more:,} more")] if self._more else []
            raise SurveyInvalid([*self._errors, *more])
