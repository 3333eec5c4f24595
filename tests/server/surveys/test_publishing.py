"""What is published never changes; a correction is the next version."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import update

from schemas.pack_reader import pack_names, read_pack
from server.database import session, transaction
from server.services import services
from server.surveys.publishing import (
    CannotPublish,
    UnknownSurvey,
    find_survey,
    find_version,
    next_version,
    publish_survey,
    versions,
)
from server.surveys.tables import Immutable, SurveyVersion
from tests.support.people import PACK, lan_publishes

SHIPPED = read_pack(PACK).version
NEXT = SHIPPED + 1


@pytest.mark.parametrize("pack", pack_names())
def test_every_pack_can_be_published_and_comes_back_the_same(app: Flask, pack: str) -> None:
    name = lan_publishes(app, pack)
    with app.app_context():
        assert find_survey(session(), name, read_pack(pack).version) == read_pack(pack)


def test_publishing_the_very_same_again_changes_nothing(app: Flask) -> None:
    lan_publishes(app)
    lan_publishes(app)
    with app.app_context():
        assert len(versions(session())) == 1


def test_other_words_under_a_published_number_are_refused(app: Flask) -> None:
    name = lan_publishes(app)
    changed = replace(read_pack(PACK), title={"vi": "Khác", "en": "Other"})
    with app.app_context():
        with transaction() as writing, pytest.raises(CannotPublish, match=f"number {NEXT}"):
            publish_survey(writing, changed, services().today())
        with transaction() as writing:
            publish_survey(writing, replace(changed, version=NEXT), services().today())
        assert find_version(session(), name).version == NEXT
        assert find_survey(session(), name, SHIPPED).title != find_survey(session(), name, NEXT).title


def test_after_the_last_number_nothing_follows_that_could_not_be_read_again(app: Flask) -> None:
    last = replace(read_pack(PACK), version=1_000_000)
    changed = replace(last, title={"vi": "Khác", "en": "Other"})
    with app.app_context():
        with transaction() as writing:
            publish_survey(writing, last, services().today())
        with pytest.raises(CannotPublish, match="give it another id"):
            next_version(session(), changed)
        with transaction() as writing, pytest.raises(CannotPublish, match="give it another id"):
            publish_survey(writing, changed, services().today())


def test_a_published_row_cannot_be_changed_or_removed(app: Flask) -> None:
    name = lan_publishes(app)
    with app.app_context():
        with pytest.raises(Immutable), transaction() as writing:
            find_version(writing, name, SHIPPED).title = {"vi": "Khác"}
        with pytest.raises(Immutable), transaction() as writing:
            writing.delete(find_version(writing, name, SHIPPED))
        assert find_version(session(), name, SHIPPED).title == dict(read_pack(PACK).title)


def test_a_document_that_somebody_altered_in_the_database_is_noticed(app: Flask) -> None:
    name = lan_publishes(app)
    with app.app_context():
        with transaction() as writing:
            altered = {**find_version(writing, name, SHIPPED).document, "minutes": 59}
            row = SurveyVersion.__table__
            writing.execute(update(row).where(row.c.id == name).values(document=altered, fingerprint="0" * 64))
        with pytest.raises(UnknownSurvey, match="altered"):
            find_survey(session(), name, SHIPPED)


def test_what_was_never_published_is_one_sentence(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(UnknownSurvey, match="no published survey nothing"):
            find_version(session(), "nothing")
        with pytest.raises(UnknownSurvey, match="version 7"):
            find_version(session(), "nothing", 7)
