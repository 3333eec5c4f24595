"""Surveys that were brought in and are not published yet: one self-contained file each, in the server's home folder."""

import json
from dataclasses import replace
from pathlib import Path

from schemas.fields import IDENTIFIER
from schemas.findings import SurveyInvalid, error
from schemas.publishing import published
from schemas.survey import Survey, read_survey
from schemas.words import say
from sync.durable_files import replace_file

FOLDER = "surveys"


class Drafts:
    """The folder of imported surveys. Each file was a whole and valid survey when it was written."""

    def __init__(self, home: Path) -> None:
        self.folder = home / FOLDER

    def put(self, survey: Survey, *, version: int | None = None) -> Survey:
        """Keep a survey, in place of an earlier draft of the same name; all of it or nothing."""
        kept = survey if version is None else replace(survey, version=version)
        self.folder.mkdir(parents=True, exist_ok=True)
        document = json.dumps(published(kept), ensure_ascii=False, indent=1)
        replace_file(self.path(kept.id), document.encode())
        return kept

    def find(self, name: str) -> Survey | None:
        """Return the survey of that name; None if there is none. Raises SurveyInvalid if somebody spoilt its file."""
        if not IDENTIFIER.match(name) or not self.path(name).is_file():
            return None
        found = read_survey(self.path(name))
        if found.id != name:
            message = say("this file holds {survey}: import the survey again", survey=found.id)
            raise SurveyInvalid([error("file.altered", "id", message)])
        return found

    def names(self) -> list[str]:
        """List the names of all drafts."""
        return sorted(path.stem for path in self.folder.glob("*.json")) if self.folder.is_dir() else []

    def remove(self, name: str) -> bool:
        """Remove a survey; tell whether there was one."""
        there = bool(IDENTIFIER.match(name)) and self.path(name).is_file()
        if there:
            self.path(name).unlink()
        return there

    def path(self, name: str) -> Path:
        """Where a survey of that name stands, or would stand."""
        return self.folder / f"{name}.json"
