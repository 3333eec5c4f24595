"""What is wrong with a survey, in sentences for the person who must mend it: a code, the place and the message."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from schemas.model import Survey

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend, or to think about, and where it stands ("section attitudes / question q_lead / relevant")."""

    severity: Severity
    code: str
    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class SurveyInvalid(ValueError):
    """The document is no survey. Carries every finding, not only the first.

    `rest` is what the document is without what cannot be read, where that is a survey: there is more to find in it; `placed`
    says where in the document's file such a finding stands.
    """

    def __init__(
        self,
        findings: Iterable[Finding],
        rest: Survey | None = None,
        placed: Callable[[Finding], Finding] | None = None,
    ) -> None:
        self.findings, self.rest = tuple(findings), rest
        self.placed: Callable[[Finding], Finding] = placed or (lambda finding: finding)
        super().__init__("\n".join(str(finding) for finding in self.findings))


def error(code: str, place: str, message: str) -> Finding:
    """A finding that must be mended before the survey can be used."""
    return Finding("error", code, place, message)


def warning(code: str, place: str, message: str) -> Finding:
    """A finding to think about; the survey works all the same."""
    return Finding("warning", code, place, message)


def place(*parts: str) -> str:
    """The parts that are not empty, from the outermost inwards."""
    return " / ".join(part for part in parts if part)
