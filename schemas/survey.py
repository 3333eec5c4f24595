"""A survey: what it is made of, and how one comes out of a document or a file. Start reading the language here."""

from collections.abc import Mapping
from pathlib import Path

from marshmallow import ValidationError

from schemas.coherence import incoherences
from schemas.documents import load_document
from schemas.file_reading import read_file
from schemas.findings import Finding, SurveyInvalid
from schemas.model import (
    Choice,
    Dimension,
    Expression,
    Indicator,
    Question,
    Range,
    Scale,
    ScaleItem,
    Section,
    SupportLine,
    Survey,
    Target,
)
from schemas.shape_findings import shape_findings
from schemas.texts import Text

__all__ = [
    "Choice",
    "Dimension",
    "Expression",
    "Finding",
    "Indicator",
    "Question",
    "Range",
    "Scale",
    "ScaleItem",
    "Section",
    "SupportLine",
    "Survey",
    "SurveyInvalid",
    "Target",
    "Text",
    "load_survey",
    "read_survey",
]


def load_survey(document: Mapping[str, object] | object) -> Survey:
    """The survey behind an author's or a published document; raises SurveyInvalid with every finding.

    First the shape (keys, types, expressions), and only of a sound shape, how its parts fit together.
    """
    try:
        survey = load_document(document)
    except ValidationError as broken:
        raise SurveyInvalid(shape_findings(document, broken.messages)) from None
    if findings := incoherences(survey):
        raise SurveyInvalid(findings)
    return survey


def read_survey(path: Path) -> Survey:
    """The survey in a YAML or JSON file; raises SurveyInvalid for anything that is none."""
    return load_survey(read_file(path))
