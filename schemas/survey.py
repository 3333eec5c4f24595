"""A survey: what it is made of, and how one comes out of a document or a file. Start reading the language here."""

from collections.abc import Mapping
from pathlib import Path

from marshmallow import ValidationError

from schemas.building import load_document
from schemas.coherence import incoherences
from schemas.file_reading import read_file
from schemas.findings import Finding, SurveyInvalid
from schemas.including import with_modules
from schemas.media_files import MEDIA_FOLDER, with_media
from schemas.model import (
    Choice,
    DatedKey,
    Dimension,
    Expression,
    Indicator,
    IndicatorComparison,
    IndicatorTarget,
    PackFacts,
    Question,
    Range,
    Ratio,
    Scale,
    ScaleItem,
    Section,
    SupportLine,
    Survey,
)
from schemas.readable_part import readable_part
from schemas.shape_findings import shape_findings
from schemas.texts import Text

__all__ = [
    "Choice",
    "DatedKey",
    "Dimension",
    "Expression",
    "Finding",
    "Indicator",
    "IndicatorComparison",
    "IndicatorTarget",
    "PackFacts",
    "Question",
    "Range",
    "Ratio",
    "Scale",
    "ScaleItem",
    "Section",
    "SupportLine",
    "Survey",
    "SurveyInvalid",
    "Text",
    "load_survey",
    "read_survey",
]


def load_survey(document: Mapping[str, object] | object) -> Survey:
    """The survey behind an author's or a published document; raises SurveyInvalid with every finding.

    First the modules that it includes, then the shape (keys, types, expressions), then how its parts fit together: of a shape
    that is not sound, of what is left without the expressions and other keys that cannot be read.
    """
    whole = with_modules(document)
    try:
        survey = load_document(whole)
    except ValidationError as broken:
        findings = shape_findings(whole, broken.messages)
        rest, more = readable_part(whole, findings)
        raise SurveyInvalid([*findings, *more], rest) from None
    if findings := incoherences(survey):
        raise SurveyInvalid(findings, readable_part(whole, findings)[0])
    return survey


def read_survey(path: Path) -> Survey:
    """The survey in a YAML or JSON file, with the pictures and sounds beside it; raises SurveyInvalid for anything that is none."""
    return load_survey(with_media(read_file(path), path.parent / MEDIA_FOLDER))
