"""A survey that was written into a workbook and read again is the same survey, to the last sign."""

import io

import pytest
from hypothesis import HealthCheck, given, settings
from pyxform.xls2xform import convert

from schemas.canonical import canonical_json
from schemas.documents import (
    ChoiceSchema,
    ComparisonSchema,
    IndicatorSchema,
    PackSchema,
    QuestionSchema,
    RatioSchema,
    ScaleSchema,
    SectionSchema,
    SupportSchema,
    SurveySchema,
    TargetSchema,
)
from schemas.pack_reader import pack_names, read_pack
from schemas.publishing import fingerprint, published
from schemas.survey import load_survey
from schemas.xlsform.exporting import export_xlsform
from schemas.xlsform.importing import import_with_remarks, import_xlsform
from tests.support.xlsform_surveys import survey_documents

SCHEMAS = (
    SurveySchema, SectionSchema, QuestionSchema, ChoiceSchema, ScaleSchema, IndicatorSchema, TargetSchema, RatioSchema, ComparisonSchema,
    SupportSchema, PackSchema,
)  # fmt: skip


def again(survey):
    """The survey out of its own workbook; the files come from elsewhere."""
    return load_survey(import_xlsform(export_xlsform(survey)) | {"media": dict(survey.media)})


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(document=survey_documents())
def test_any_survey_comes_back_the_same(document):
    survey = load_survey(document)
    assert canonical_json(published(again(survey))) == canonical_json(published(survey))


@pytest.mark.parametrize("name", pack_names())
def test_every_pack_comes_back_the_same(name):
    survey = read_pack(name)
    assert fingerprint(published(again(survey))) == fingerprint(published(survey))


@pytest.mark.parametrize("name", pack_names())
def test_pyxform_reads_what_is_written_of_a_pack(name):
    written = export_xlsform(read_pack(name))
    assert convert(io.BytesIO(written), file_type=".xlsx").warnings == []
    assert import_with_remarks(written).remarks == ()


def test_the_made_up_surveys_use_every_key_of_the_format():
    used = set()

    @settings(max_examples=250, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(document=survey_documents())
    def collect(document):
        used.update(keys_in(document))

    collect()
    every = {field.data_key or name for schema in SCHEMAS for name, field in schema().fields.items()}
    assert every - used == set()


def keys_in(part):
    if isinstance(part, dict):
        for key, below in part.items():
            yield key
            yield from keys_in(below)
    if isinstance(part, list):
        for below in part:
            yield from keys_in(below)
