"""Published surveys. A row is written once and never again: an answer can always be read against the words seen."""

from datetime import date
from typing import Any

from sqlalchemy import Date, Integer, String, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from server.database import Base, Document


class SurveyVersion(Base):
    """One published version of a survey. Immutable: a correction is the next version."""

    __tablename__ = "survey_version"

    id: Mapped[str] = mapped_column(
        String(128), primary_key=True, comment="Name of the survey, the same in all versions."
    )
    version: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, comment="Number of this version, as its author gave it."
    )
    fingerprint: Mapped[str] = mapped_column(
        String(64), unique=True, comment="SHA-256 of the published document in canonical form."
    )
    kind: Mapped[str] = mapped_column(String(32), comment="Kind of instrument: survey, quiz, event and so on.")
    title: Mapped[dict[str, str]] = mapped_column(Document, comment="Title by language, copied from the document.")
    document: Mapped[dict[str, Any]] = mapped_column(
        Document, comment="The published document, with the syntax tree of every expression."
    )
    published_on: Mapped[date] = mapped_column(Date, comment="Local day of publication.")


class Immutable(TypeError):
    """Something tried to change or remove what was published."""


@event.listens_for(SurveyVersion, "before_update")
@event.listens_for(SurveyVersion, "before_delete")
def _refuse(_mapper: Mapper[SurveyVersion], _connection: object, row: SurveyVersion) -> None:
    raise Immutable(f"Survey {row.id} version {row.version} is published and cannot change. Publish a new version.")
