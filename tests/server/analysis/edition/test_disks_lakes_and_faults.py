"""A full disk, a lake that lags behind, a fault in the program: the last whole edition stays, and the pages say what is so."""

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.analysis.edition import making
from server.analysis.edition.making import Report
from server.services import services
from tests.support.edition_pages import Asked, asked
from tests.support.running_campaign import CAMPAIGN
from tests.support.small_disk import fill, small_disk

LAST = "đây là bản số 1, bản đầy đủ gần nhất", "this is edition 1, the last whole one"
LAGGING = "chưa ghi được vào các tệp dùng để tổng hợp", "the files that results are counted from could not be written"
WHOLE = "Bản kết quả số 1 vẫn đầy đủ", "Edition 1 stands whole"
FAULT = "Phần mềm gặp lỗi", "Something in the program failed"


@pytest.fixture
def campaign(tmp_path: Path, sqlite_template: Path) -> Iterator[Asked]:
    with asked(tmp_path, sqlite_template) as made:
        yield made


def come(campaign: Asked, people: int) -> None:
    campaign.come([campaign.world.document(number).answers for number in range(people)])


def test_a_full_disk_under_the_lake(tmp_path: Path, sqlite_template: Path) -> None:
    with small_disk(tmp_path / "lake", 4) as lake, asked(tmp_path, sqlite_template, lake=str(lake)) as campaign:
        come(campaign, 40)
        assert campaign.make().made == {CAMPAIGN: 1}
        before = [release.document() for release in campaign.releases()]
        photos = fill(lake)
        come(campaign, 30)
        assert campaign.make().failed == {CAMPAIGN: "lagging"}
        assert [release.document() for release in campaign.releases()] == before
        campaign.says(*LAST)
        campaign.says(*LAGGING)
        photos.unlink()
        assert campaign.make().made == {CAMPAIGN: 2}
        campaign.says("Bản kết quả số 2, tính trên 70 phiếu", "Edition 2, over 70 responses")


def test_a_lake_that_lags_where_no_edition_is_due_says_so_until_it_is_level_again(
    tmp_path: Path, sqlite_template: Path
) -> None:
    with small_disk(tmp_path / "lake", 4) as lake, asked(tmp_path, sqlite_template, lake=str(lake)) as campaign:
        come(campaign, 40)
        assert campaign.make().made == {CAMPAIGN: 1}
        before = [release.document() for release in campaign.releases()]
        photos = fill(lake)
        come(campaign, 6)
        assert campaign.make() == Report()
        campaign.says(*WHOLE)
        campaign.says(*LAGGING)
        assert [release.document() for release in campaign.releases()] == before
        photos.unlink()
        come(campaign, 0)
        assert campaign.make() == Report()
        assert all(LAGGING[0] not in page for page in campaign.pages().values())


def test_a_lake_that_is_lost_is_built_anew_for_an_edition_that_nobody_joins(campaign: Asked) -> None:
    """Closing brings breakdowns of the same people: they must not be counted from what happens to lie in the folder."""
    come(campaign, 40)
    assert campaign.make().made == {CAMPAIGN: 1}
    with campaign.app.app_context():
        shutil.rmtree(Path(services().settings.lake) / CAMPAIGN)
    campaign.close()
    assert campaign.make().made == {CAMPAIGN: 2}
    campaign.says("Bản kết quả số 2, tính trên 40 phiếu", "Edition 2, over 40 responses")


def test_a_lake_that_lags_behind_the_database_is_built_anew(campaign: Asked, tmp_path: Path) -> None:
    come(campaign, 40)
    assert campaign.make().made == {CAMPAIGN: 1}
    with campaign.app.app_context():
        lake = Path(services().settings.lake) / CAMPAIGN
    older = shutil.copytree(lake, tmp_path / "older")
    come(campaign, 30)
    shutil.rmtree(lake)
    shutil.copytree(older, lake)
    assert campaign.make().made == {CAMPAIGN: 2}
    campaign.says("Bản kết quả số 2, tính trên 70 phiếu", "Edition 2, over 70 responses")


def test_a_fault_in_the_program_keeps_the_last_edition_and_tells_no_number(
    campaign: Asked, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    come(campaign, 40)
    assert campaign.make().made == {CAMPAIGN: 1}
    before = [release.document() for release in campaign.releases()]
    come(campaign, 30)

    def stumble(*_arguments: object) -> None:
        raise ValueError("70 people")

    with monkeypatch.context() as patched, caplog.at_level(logging.INFO):
        patched.setattr(making, "releases_of", stumble)
        assert campaign.make().failed == {CAMPAIGN: "internal"}
    logged = [record.getMessage() for record in caplog.records if record.name.startswith("server")]
    assert any("ValueError" in line for line in logged)
    assert not any("70 people" in line for line in logged)
    assert [release.document() for release in campaign.releases()] == before
    campaign.says(*LAST)
    campaign.says(*FAULT)
    assert campaign.make().made == {CAMPAIGN: 2}
