"""What a survey's author must mend, and should think about, before workers see it."""

from datetime import date

from schemas.expressions.budget import the_page_stays_quick
from schemas.findings import Finding
from schemas.lint_errors import ERRORS
from schemas.lint_reach import everything_can_happen
from schemas.lint_warnings import WARNINGS
from schemas.model import Survey


def lint(survey: Survey, *, today: date | None = None) -> list[Finding]:
    """Every finding, the errors first; a survey without errors may be published. Without `today`, no day is held to be past."""
    found = [finding for rule in (*ERRORS, *WARNINGS) for finding in rule(survey)]
    found += everything_can_happen(survey, today)
    found += the_page_stays_quick(survey)
    return sorted(found, key=lambda finding: finding.severity != "error")
