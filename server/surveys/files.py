"""A survey as a file: for people to edit (Excel, YAML) or for programs (JSON)."""

import json

from schemas.authoring import as_yaml
from schemas.publishing import published
from schemas.survey import Survey

FORMATS = ("xlsx", "yaml", "json")


def written(survey: Survey, form: str) -> bytes:
    """Give the bytes of a survey's file in one of the formats; pictures and sounds are not in those for people."""
    if form == "xlsx":
        from schemas.xlsform.exporting import export_xlsform  # noqa: PLC0415 - half a second that only Excel needs

        return export_xlsform(survey)
    if form == "yaml":
        return as_yaml(survey).encode()
    return json.dumps(published(survey), ensure_ascii=False, indent=1).encode() + b"\n"
