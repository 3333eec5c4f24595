"""What lint finds in a survey document, as codes with their places."""

from datetime import date

from schemas.linting import lint
from schemas.survey import load_survey
from tests.support.surveys import Document, both


def found(survey: Document, severity: str | None = None, *, today: date | None = None) -> list[tuple[str, str]]:
    return [
        (finding.code, finding.place)
        for finding in lint(load_survey(survey), today=today)
        if severity in (None, finding.severity)
    ]


def codes(survey: Document, severity: str | None = None) -> set[str]:
    return {code for code, _ in found(survey, severity)}


def text(name: str, words: str = "Anh/Chị nghĩ gì?", **more: object) -> Document:
    return {"type": "text", "name": name, "label": both(words), **more}
