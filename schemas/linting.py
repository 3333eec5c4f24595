"""What a survey's author must mend, and should think about, before workers see it."""

from schemas.findings import Finding
from schemas.lint_errors import ERRORS
from schemas.lint_warnings import WARNINGS
from schemas.model import Survey


def lint(survey: Survey) -> list[Finding]:
    """Every finding, the errors first; a survey without errors may be published."""
    return [finding for rule in (*ERRORS, *WARNINGS) for finding in rule(survey)]
