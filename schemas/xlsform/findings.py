"""What is wrong or worth knowing, collected over the whole workbook, so that an author mends everything in one go."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from schemas.findings import Finding, SurveyInvalid, error, warning
from schemas.model import Survey
from schemas.words import say

MOST_SHOWN = 100
LONGEST_MESSAGE = 600


def at(sheet: str, row: int | None = None, column: str = "") -> str:
    """A place in a workbook, in the words of every finding: "sheet survey, row 12, column relevant"."""
    parts = [f"sheet {short(sheet)}", f"row {row}" if row else "", f"column {short(column)}" if column else ""]
    return ", ".join(part for part in parts if part)


def short(text: str) -> str:
    """A piece of a hostile text that may stand in a message."""
    plain = " ".join(text.split())
    return plain if len(plain) <= 60 else f"{plain[:60]}…"


class Findings:
    """Errors and remarks in the order in which they were met; of very many only the first are kept, the rest are counted."""

    def __init__(self) -> None:
        self._errors: dict[Finding, None] = {}
        self._remarks: dict[Finding, None] = {}
        self._more = self._untold = 0
        self._stopped = False

    def error(self, code: str, place: str, message: str | Callable[[], str]) -> None:
        """Something that must be mended; a message that is costly to make is a function, called only where it will be told."""
        if isinstance(message, str):
            self.keep(error(code, place, message))
        elif self.full:
            self._more += 1
        else:
            self.keep(error(code, place, message()))

    def remark(self, code: str, place: str, message: str) -> None:
        """Something that was left out or read in a certain way."""
        remark = warning(code, place, message)
        if remark in self._remarks:
            return
        if len(self._remarks) < MOST_SHOWN:
            self._remarks[remark] = None
        else:
            self._untold += 1

    def has(self, codes: Iterable[str]) -> bool:
        """Whether a remark has one of these codes."""
        wanted = frozenset(codes)
        return any(remark.code in wanted for remark in self._remarks)

    def has_finding(self, place: str) -> bool:
        """Whether something is wrong at this place already."""
        return any(finding.place == place for finding in self._errors)

    def keep(self, finding: Finding) -> None:
        """A finding that is already one; each is told once, and none at any length."""
        if len(finding.message) > LONGEST_MESSAGE:
            finding = replace(finding, message=f"{finding.message[:LONGEST_MESSAGE]}…")
        if finding in self._errors:
            return
        if len(self._errors) < MOST_SHOWN:
            self._errors[finding] = None
        else:
            self._more += 1

    def stop(self) -> None:
        """Something is not looked at any more, as nothing further would be told."""
        self._stopped = True

    @property
    def full(self) -> bool:
        """Whether so much is wrong already that further errors are only counted."""
        return len(self._errors) >= MOST_SHOWN

    @property
    def clean(self) -> bool:
        """Whether no error was met."""
        return not self._errors

    @property
    def remarks(self) -> tuple[Finding, ...]:
        """All remarks."""
        more = [warning("xlsform.more", "", say("and {number:,} more", number=self._untold))] if self._untold else []
        return (*self._remarks, *more)

    def settle(self, rest: Survey | None = None, placed: Callable[[Finding], Finding] | None = None) -> None:
        """Raise SurveyInvalid with all errors, if there are any; `rest` is what is left to look through, `placed` where that stands."""
        if self._errors:
            more = [error("xlsform.more", "", say("and {number:,} more", number=self._more))] if self._more else []
            if self._stopped:
                more = [error("xlsform.more", "", "mend these first; more may be wrong in what follows")]
            raise SurveyInvalid([*self._errors, *more], rest, placed)
